import { TerraformStack } from "cdktf";
import { EksCluster, type ExistingParts, Network } from "eks-tandem";
import { anApp, aPair, removeApps, terraformOf } from "./build-app";

afterEach(removeApps);

const ADMIN = "arn:aws:iam::111111111111:role/admin";

function aCluster(): EksCluster {
  const cluster = new EksCluster(new TerraformStack(anApp(), "shop"), "cluster", {
    aws: { region: "us-east-1", accountId: "111111111111" },
    versions: { controlPlane: "1.36", nodes: "1.36" },
    supportType: "STANDARD",
    network: Network.existing({ vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] }),
    access: { admins: [ADMIN] },
  });
  cluster.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
  cluster.addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3" });
  return cluster;
}

/** The import blocks of a stack, by the resources' types: each `to` names a resource that is there. */
function importsOf(stack: TerraformStack): [string, string][] {
  const terraform = terraformOf(stack);
  const { import: blocks = [] } = terraform as unknown as { import?: { to: string; id: string }[] };
  return blocks.map(({ to, id }) => {
    const [type = "", name = ""] = to.split(".");
    expect(Object.keys(terraform.resource[type] ?? {})).toContain(name);
    return [type, id];
  });
}

describe("importExisting", () => {
  it("takes over the cluster and what is named, by what the provider knows each by", () => {
    const cluster = aCluster().importExisting({ addons: ["coredns"], logGroup: true, admins: [ADMIN] });
    expect(importsOf(cluster.stack).sort()).toEqual([
      ["aws_cloudwatch_log_group", "/aws/eks/shop/cluster"],
      ["aws_eks_access_entry", `shop:${ADMIN}`],
      [
        "aws_eks_access_policy_association",
        `shop#${ADMIN}#arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
      ],
      ["aws_eks_addon", "shop:coredns"],
      ["aws_eks_cluster", "shop"],
    ]);
  });

  it("takes over one cluster of a pair, and asks no Terraform for its version", () => {
    const pair = aPair();
    pair.production.importExisting();
    expect(importsOf(pair.production.stack)).toEqual([["aws_eks_cluster", "prod-aws1"]]);
    expect(importsOf(pair.staging.stack)).toEqual([]);
    const { resource } = pair.production;
    expect(resource.node.findAll().flatMap((construct) => construct.node.validate())).toEqual([]);
  });

  it.each<[string, ExistingParts, string]>([
    [
      "an add-on that is not described",
      { addons: ["kube-proxy"] },
      'importExisting names the add-on "kube-proxy", which is not described; add it before, with the version that the cluster has',
    ],
    [
      "an administrator who is not described",
      { admins: ["arn:aws:iam::111111111111:role/other"] },
      "importExisting names the administrator arn:aws:iam::111111111111:role/other, which access.admins does not; add it",
    ],
  ])("refuses %s", (_what, parts, message) => {
    expect(() => aCluster().importExisting(parts)).toThrow(
      `shop/cluster: ${message}\n  at test/constructs/import-existing.test.ts:`,
    );
  });

  it("refuses a second call", () => {
    expect(() => aCluster().importExisting().importExisting()).toThrow(
      "shop/cluster: the cluster is imported already; name all that exists in one call",
    );
  });
});
