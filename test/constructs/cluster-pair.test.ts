import { TerraformStack } from "cdktf";
import { ClusterPair, differs, HelmChart } from "eks-tandem";
import { anApp, aPair, GROUP, PAIR, removeApps, resourceOf, resourcesOf, terraformOf } from "./build-app";

afterEach(removeApps);

const CHART = HelmChart.repository("https://charts.example.com", "web", "1.2.3");

describe("ClusterPair", () => {
  it("is two stacks per cluster, and production follows staging", () => {
    const app = anApp();
    const pair = aPair(app);
    pair.addHelmRelease("web", { chart: CHART, namespace: "apps" });
    const stacks = app.node.children.filter(TerraformStack.isStack);
    expect(
      Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id).sort()])),
    ).toEqual({
      "stage-aws1": [],
      "prod-aws1": ["stage-aws1", "stage-aws1-releases"],
      "stage-aws1-releases": ["stage-aws1"],
      "prod-aws1-releases": ["prod-aws1"],
    });
  });

  it("makes production follow a release that only staging has", () => {
    const pair = aPair();
    pair.staging.addHelmRelease("web", { chart: CHART, namespace: "apps" });
    expect(pair.production.stack.dependencies.map(({ node }) => node.id)).toEqual([
      "stage-aws1",
      "stage-aws1-releases",
    ]);
  });

  it("reaches the cluster by its name and never through the other stack's state", () => {
    const pair = aPair();
    pair.addHelmRelease("web", { chart: CHART, namespace: "apps" });
    const terraform = terraformOf(pair.production.releasesStack);
    expect(Object.keys(terraform.data ?? {})).toEqual(["aws_eks_cluster"]);
    expect(Object.values(terraform.data?.aws_eks_cluster ?? {})[0]).toMatchObject({ name: "prod-aws1" });
    expect(terraform.provider.helm?.[0]).toMatchObject({
      kubernetes: {
        exec: { command: "aws", args: ["eks", "get-token", "--cluster-name", "prod-aws1", "--region", "us-east-1"] },
      },
    });
  });

  it("gives both clusters the same, and each its side of a difference", () => {
    const pair = aPair();
    pair.addNodeGroup("general", {
      ...GROUP,
      size: differs({ staging: { min: 1, max: 2 }, production: { min: 3, max: 30 }, because: "cost" }),
    });
    const [staging, production] = [pair.staging, pair.production].map((cluster) =>
      resourceOf(terraformOf(cluster.stack), "aws_eks_node_group"),
    );
    expect(staging?.scaling_config).toMatchObject({ min_size: 1, max_size: 2 });
    expect(production?.scaling_config).toMatchObject({ min_size: 3, max_size: 30 });
    expect(staging?.ami_type).toBe(production?.ami_type);
  });

  it("names the clusters after a pattern", () => {
    const pair = aPair(undefined, { names: { staging: "{pair}-preview", production: "{pair}-live" } });
    expect([pair.staging.clusterName, pair.production.stack.node.id]).toEqual(["aws1-preview", "aws1-live"]);
  });

  it("gives each main resource the id Resource, which keeps it out of the Terraform address", () => {
    const { staging } = aPair();
    staging.addNodeGroup("general", GROUP);
    const terraform = terraformOf(staging.stack);
    expect(Object.keys(resourcesOf(terraform, "aws_eks_cluster"))).toEqual(["stage-aws1/cluster/Resource"]);
    expect(Object.keys(terraform.resource.aws_eks_node_group ?? {})).toEqual([
      expect.stringMatching(/^cluster_general_[0-9A-F]{8}$/),
    ]);
  });

  it.each<[string, () => unknown, string]>([
    [
      "an empty name",
      () => aPair(undefined, {}, ""),
      'a pair\'s name has letters, digits and hyphens and starts with a letter or digit, got ""',
    ],
    [
      "a pattern that gives both one name",
      () => aPair(undefined, { names: { staging: "{pair}", production: "{pair}" } }),
      'aws1: names gives both clusters the name "aws1"; give each its own',
    ],
    [
      "a version on one side that is none",
      () =>
        aPair(undefined, {
          versions: differs({
            staging: { controlPlane: "1.36", nodes: "1.36" },
            production: { controlPlane: "v1.35", nodes: "1.35" },
            because: "soak",
          }),
        }),
      'prod-aws1/cluster: versions.controlPlane: expected a Kubernetes minor version such as "1.33", got "v1.35": EKS manages patch releases; write "1.35"',
    ],
  ])("refuses %s at the user's line", (_what, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(/\n {2}at test\/constructs\/(cluster-pair\.test|build-app)\.ts:\d+:\d+$/);
  });

  it("refuses a second pair whose stacks would have the names of the first's", () => {
    const app = anApp();
    aPair(app);
    expect(
      () => new ClusterPair(app, "aws2", { ...PAIR, names: { staging: "stage-aws1", production: "prod-{pair}" } }),
    ).toThrow('aws2: there is a stack named "stage-aws1" already; give the pair another name, or set `names`');
  });
});
