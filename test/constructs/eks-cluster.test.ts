import { TerraformStack, Token } from "cdktf";
import { EksCluster, type EksClusterProps, Network } from "eks-tandem";
import { anApp, aPair, GROUP, removeApps, resourceOf, resourcesOf, terraformOf } from "./build-app";

afterEach(removeApps);

const PROPS: EksClusterProps = {
  aws: { region: "us-east-1", accountId: "111111111111" },
  versions: { controlPlane: "1.36", nodes: "1.35" },
  supportType: "STANDARD",
  network: Network.existing({ vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] }),
};

function aCluster(props: Partial<EksClusterProps> = {}): EksCluster {
  return new EksCluster(new TerraformStack(anApp(), "solo"), "cluster", { ...PROPS, ...props });
}

describe("EksCluster", () => {
  it("takes the secure and sensible settings", () => {
    expect(resourceOf(terraformOf(aCluster().stack), "aws_eks_cluster")).toMatchObject({
      name: "solo",
      version: "1.36",
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      bootstrap_self_managed_addons: false,
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryption_config: {
        resources: ["secrets"],
        provider: { key_arn: expect.stringContaining("aws_kms_key.cluster_key") },
      },
      lifecycle: { prevent_destroy: true },
      upgrade_policy: { support_type: "STANDARD" },
      vpc_config: {
        endpoint_private_access: true,
        endpoint_public_access: false,
        subnet_ids: ["subnet-1", "subnet-2"],
      },
    });
  });

  it.each([
    ["production", true],
    ["staging", false],
  ] as const)("protects %s from deletion and lets traffic shift: %s", (environment, expected) => {
    const cluster = resourceOf(terraformOf(aPair()[environment].stack), "aws_eks_cluster");
    expect(cluster).toMatchObject({ deletion_protection: expected, zonal_shift_config: { enabled: expected } });
  });

  it("rotates the key of the secrets and keeps the logs for 90 days", () => {
    const terraform = terraformOf(aCluster().stack);
    expect(resourceOf(terraform, "aws_kms_key")).toMatchObject({ enable_key_rotation: true });
    expect(resourceOf(terraform, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/eks/solo/cluster",
      retention_in_days: 90,
    });
  });

  it("opens the public endpoint to the networks that are named, and to nobody else", () => {
    const cluster = aCluster({ endpoint: { publicAccessCidrs: ["198.51.100.0/24"] } });
    expect(resourceOf(terraformOf(cluster.stack), "aws_eks_cluster").vpc_config).toMatchObject({
      endpoint_public_access: true,
      public_access_cidrs: ["198.51.100.0/24"],
    });
  });

  it("touches no other account than the one that is stated", () => {
    expect(terraformOf(aCluster().stack).provider.aws).toEqual([
      expect.objectContaining({ region: "us-east-1", allowed_account_ids: ["111111111111"] }),
    ]);
  });

  it("gives the deployer and the named administrators an access entry", () => {
    const admin = "arn:aws:iam::111111111111:role/admin";
    const terraform = terraformOf(aCluster({ access: { admins: [admin] } }).stack);
    const principals = Object.values(resourcesOf(terraform, "aws_eks_access_entry")).map(
      (entry) => entry.principal_arn,
    );
    expect(principals.sort()).toEqual([expect.stringContaining("issuer_arn"), admin]);
  });

  it.each([
    [{}, []],
    [{ sessionManager: true }, ["AmazonSSMManagedInstanceCore"]],
  ])("gives nodes the policies that they need, and with %j also %j", (props, policies) => {
    const attachments = resourcesOf(terraformOf(aCluster(props).stack), "aws_iam_role_policy_attachment");
    const ofNodes = Object.entries(attachments).filter(([path]) => path.startsWith("solo/cluster/node-role/"));
    expect(ofNodes.map(([, { policy_arn }]) => policy_arn)).toEqual(
      ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy", ...policies].map(
        (policy) => `arn:aws:iam::aws:policy/${policy}`,
      ),
    );
  });

  it("creates the add-ons that nodes need before the nodes, and the others after", () => {
    const cluster = aCluster();
    cluster.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
    cluster.addNodeGroup("general", GROUP);
    cluster.addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3" });
    const terraform = terraformOf(cluster.stack);
    const addons = resourcesOf(terraform, "aws_eks_addon");
    expect(resourceOf(terraform, "aws_eks_node_group").depends_on).toContainEqual(
      expect.stringMatching(/^aws_eks_addon\.cluster_vpc-cni_[0-9A-F]{8}$/),
    );
    expect(addons["solo/cluster/coredns/Resource"]?.depends_on).toEqual([
      expect.stringMatching(/^aws_eks_node_group\.cluster_general_[0-9A-F]{8}$/),
    ]);
    expect(addons["solo/cluster/vpc-cni/Resource"]?.depends_on).toBeUndefined();
  });

  it.each<[string, Partial<Record<keyof EksClusterProps, unknown>>, string]>([
    [
      "a patch version",
      { versions: { controlPlane: "1.33.2", nodes: "1.33" } },
      'versions.controlPlane: expected a Kubernetes minor version such as "1.33", got "1.33.2": EKS manages patch releases; write "1.33"',
    ],
    [
      "a word for a version",
      { versions: { controlPlane: "1.36", nodes: "banana" } },
      'versions.nodes: expected a Kubernetes minor version such as "1.33", got "banana"',
    ],
    [
      "a number for a version",
      { versions: { controlPlane: 1.33, nodes: "1.33" } },
      'versions.controlPlane: expected a Kubernetes minor version such as "1.33", got 1.33: a number loses trailing zeros (1.30 becomes 1.3); write it in quotes',
    ],
    [
      "no versions",
      { versions: undefined },
      'versions.controlPlane is missing; state the Kubernetes minor version, such as versions.controlPlane: "1.33"',
    ],
    [
      "an empty name",
      { name: "" },
      'a cluster\'s name has 1 to 100 letters, digits, hyphens and underscores and starts with a letter or digit, got ""',
    ],
    [
      "a name too long for its roles",
      { name: "a".repeat(60) },
      `the IAM role would be named "${"a".repeat(60)}-cluster", 4 characters more than IAM's 64; shorten the cluster's name`,
    ],
    [
      "no support type",
      { supportType: undefined },
      'supportType: expected "STANDARD" (EKS upgrades the cluster itself when standard support ends) or "EXTENDED" (extended support is billed), got undefined',
    ],
    [
      "an account that is a number",
      { aws: { region: "us-east-1", accountId: 111111111111 } },
      'aws.accountId: expected the twelve digits of an AWS account in quotes, such as "111111111111", got 111111111111',
    ],
    [
      "a region that is none",
      { aws: { region: "virginia", accountId: "111111111111" } },
      'aws.region: expected an AWS region such as "us-east-1", got "virginia"',
    ],
    [
      "no network",
      { network: undefined },
      'network is missing; write Network.create({ cidr: "10.0.0.0/16" }) or Network.existing({ vpcId, subnetIds })',
    ],
    [
      "a kubectl with a patch",
      { clients: { kubectl: "v1.36.1" } },
      'clients.kubectl: expected a Kubernetes minor version such as "1.33", got "v1.36.1": EKS manages patch releases; write "1.36"',
    ],
  ])("refuses %s, naming the construct and the user's line", (_what, props, message) => {
    expect(() => aCluster(props as Partial<EksClusterProps>)).toThrow(
      new RegExp(
        `^solo/cluster(/role)?: ${escaped(message)}\n {2}at test/constructs/eks-cluster\\.test\\.ts:\\d+:\\d+$`,
      ),
    );
  });

  it("takes a Terraform value for a version; that nobody knows it is a finding, not an error here", () => {
    const version = Token.asString({ resolve: () => "1.36" });
    expect(() => aCluster({ versions: { controlPlane: version, nodes: "1.36" } })).not.toThrow();
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
