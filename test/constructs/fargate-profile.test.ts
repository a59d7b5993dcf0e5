import { TerraformStack } from "cdktf";
import { EksCluster, type FargateProfileOptions, Network } from "eks-tandem";
import { findings } from "eks-tandem/testing";
import { modelOf } from "../../lib/constructs/gate";
import { AS_OF, anApp, aPair, GROUP, removeApps, resourceOf, resourcesOf, terraformOf } from "./build-app";

beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  removeApps();
});

const BATCH: FargateProfileOptions = { selectors: [{ namespace: "batch", labels: { runs: "nightly" } }] };

function profileOf(options: Partial<FargateProfileOptions> = {}, id = "batch") {
  const { staging } = aPair();
  staging.addFargateProfile(id, { ...BATCH, ...options });
  return terraformOf(staging.stack);
}

function nameOf(options: Partial<FargateProfileOptions>): unknown {
  return resourceOf(profileOf(options), "aws_eks_fargate_profile").fargate_profile_name;
}

describe("FargateProfile", () => {
  it("takes the pods of its selectors, in the subnets of the cluster", () => {
    expect(resourceOf(profileOf(), "aws_eks_fargate_profile")).toMatchObject({
      cluster_name: expect.stringMatching(/^\$\{aws_eks_cluster\.cluster_\w+\.name\}$/),
      pod_execution_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.cluster_fargate-role_\w+\.arn\}$/),
      selector: [{ namespace: "batch", labels: { runs: "nightly" } }],
      subnet_ids: [1, 2, 3].map((number) =>
        expect.stringMatching(new RegExp(`^\\$\\{aws_subnet\\.cluster_network_private-${number}_\\w+\\.id\\}$`)),
      ),
    });
  });

  it("is made anew under another name before the old one goes, since EKS changes none", () => {
    expect(resourceOf(profileOf(), "aws_eks_fargate_profile").lifecycle).toEqual({ create_before_destroy: true });
    const names = [{}, { selectors: [{ namespace: "other" }] }, { subnetIds: ["subnet-1"] }].map(nameOf);
    expect(names).toEqual(names.map(() => expect.stringMatching(/^batch-[0-9a-f]{8}$/)));
    expect(new Set(names).size).toBe(3);
    expect(nameOf({})).toBe(names[0]);
  });

  it("gives all profiles of a cluster one role that only they may take", () => {
    const { staging } = aPair();
    staging.addFargateProfile("batch", BATCH);
    staging.addFargateProfile("web", { selectors: [{ namespace: "web-*" }] });
    const terraform = terraformOf(staging.stack);
    const role = resourcesOf(terraform, "aws_iam_role")["stage-aws1/cluster/fargate-role/Resource"];
    expect(role?.name).toBe("stage-aws1-fargate");
    expect(JSON.parse(String(role?.assume_role_policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Principal: { Service: "eks-fargate-pods.amazonaws.com" },
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:eks:us-east-1:111111111111:fargateprofile/stage-aws1/*" },
          },
        },
      ],
    });
    const attached = Object.entries(resourcesOf(terraform, "aws_iam_role_policy_attachment"));
    expect(
      attached.filter(([path]) => path.includes("/fargate-role/")).map(([, { policy_arn }]) => policy_arn),
    ).toEqual(["arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"]);
  });

  it("stands before the add-ons that need somewhere to run, as node groups do", () => {
    const { staging } = aPair();
    staging.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
    staging.addFargateProfile("dns", { selectors: [{ namespace: "kube-system" }] });
    staging.addNodeGroup("general", GROUP);
    expect(resourceOf(terraformOf(staging.stack), "aws_eks_addon").depends_on).toEqual([
      expect.stringMatching(/^aws_eks_fargate_profile\.cluster_dns_\w+$/),
      expect.stringMatching(/^aws_eks_node_group\.cluster_general_\w+$/),
    ]);
  });

  it("is told to the model, which has no list of them without one", () => {
    const app = anApp();
    const pair = aPair(app);
    expect(modelOf(app).clusters.map((cluster) => "fargateProfiles" in cluster)).toEqual([false, false]);
    pair.addFargateProfile("batch", BATCH);
    pair.addFargateProfile("admin", { selectors: [{ namespace: "admin" }] });
    expect(modelOf(app).clusters[0]?.fargateProfiles).toEqual([
      expect.objectContaining({ name: "admin", selectors: [{ namespace: "admin", labels: {} }] }),
      {
        name: "batch",
        path: "prod-aws1/cluster/batch",
        location: expect.objectContaining({ file: "test/constructs/fargate-profile.test.ts" }),
        selectors: [{ namespace: "batch", labels: { runs: "nightly" } }],
      },
    ]);
  });

  it("may not be in one cluster of a pair only", () => {
    const app = anApp();
    aPair(app).staging.addFargateProfile("batch", BATCH);
    expect(findings(app).map(({ rule, message }) => [rule, message])).toEqual([
      ["undeclared-difference", "Fargate profile batch is in stage-aws1 and not in its twin prod-aws1."],
    ]);
  });

  it.each<[string, string, Partial<Record<keyof FargateProfileOptions, unknown>>, string]>([
    [
      "a name that EKS keeps for itself",
      "eks-batch",
      {},
      'a Fargate profile\'s name has 1 to 54 letters, digits, hyphens and underscores, starts with a letter or digit and not with "eks-", got "eks-batch"',
    ],
    ["no selectors", "batch", { selectors: [] }, 'selectors: expected 1 to 5, such as [{ namespace: "batch" }], got 0'],
    [
      "six selectors",
      "batch",
      { selectors: Array.from({ length: 6 }, () => ({ namespace: "batch" })) },
      'selectors: expected 1 to 5, such as [{ namespace: "batch" }], got 6',
    ],
    [
      "a selector without a namespace",
      "batch",
      { selectors: [{ labels: { a: "b" } }] },
      'selectors: expected a namespace such as "batch", got undefined',
    ],
    [
      "six labels",
      "batch",
      { selectors: [{ namespace: "batch", labels: { a: "", b: "", c: "", d: "", e: "", f: "" } }] },
      "selectors: the one of batch has more than 5 labels, which EKS refuses",
    ],
    ["no subnets", "batch", { subnetIds: [] }, "subnetIds is empty; name private subnets, or leave it out"],
  ])("refuses %s", (_what, id, options, message) => {
    expect(() => profileOf(options as Partial<FargateProfileOptions>, id)).toThrow(
      `stage-aws1/cluster/${id}: ${message}\n  at test/constructs/fargate-profile.test.ts:`,
    );
  });

  it("refuses a name that the cluster has already", () => {
    const { staging } = aPair();
    staging.addNodeGroup("batch", GROUP);
    expect(() => staging.addFargateProfile("batch", BATCH)).toThrow('the cluster has something named "batch" already');
  });

  it("runs in the partition of its region", () => {
    const cluster = new EksCluster(new TerraformStack(anApp(), "solo"), "cluster", {
      aws: { region: "cn-north-1", accountId: "111111111111" },
      versions: { controlPlane: "1.36", nodes: "1.36" },
      supportType: "STANDARD",
      network: Network.existing({ vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] }),
    });
    cluster.addFargateProfile("batch", BATCH);
    expect(
      resourcesOf(terraformOf(cluster.stack), "aws_iam_role")["solo/cluster/fargate-role/Resource"]?.assume_role_policy,
    ).toContain("arn:aws-cn:eks:cn-north-1:111111111111:fargateprofile/solo/*");
  });
});
