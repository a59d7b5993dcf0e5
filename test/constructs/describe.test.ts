import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Token } from "cdktf";
import { type ClusterEndpoint, HelmChart } from "eks-tandem";
import { findings } from "eks-tandem/testing";
import { modelOf } from "../../lib/constructs/gate";
import { AS_OF, anApp, aPair, GROUP, removeApps } from "./build-app";

beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  removeApps();
});

describe("the model of an app", () => {
  it("says what Terraform gets, also after an escape hatch", () => {
    const app = anApp();
    const pair = aPair(app);
    const { staging } = pair.addNodeGroup("general", GROUP);
    pair.staging.resource.addOverride("version", "1.31");
    staging.resource.version = "1.30";
    const cluster = modelOf(app).clusters.find(({ name }) => name === "stage-aws1");
    expect([cluster?.version, cluster?.nodeGroups[0]?.version]).toEqual(["1.31", "1.30"]);
  });

  it("says what Terraform gets of a chart's version and of instance types too", () => {
    const app = anApp();
    const pair = aPair(app);
    const chart = HelmChart.repository("https://charts.example.com", "web", "1.2.3");
    pair.addHelmRelease("web", { chart, namespace: "apps" }).staging.resource.addOverride("version", "9.9.9");
    pair.addNodeGroup("general", GROUP).staging.resource.addOverride("instance_types", ["m8g.large"]);
    pair.addNodeGroup("unknown", { ...GROUP, instanceTypes: Token.asList({ resolve: () => ["m7g.large"] }) });
    const cluster = modelOf(app).clusters.find(({ name }) => name === "stage-aws1");
    expect(cluster?.releases[0]?.chart).toMatchObject({ name: "web", version: "9.9.9" });
    expect(cluster?.nodeGroups.map(({ instanceTypes }) => instanceTypes)).toEqual([
      ["m8g.large"],
      ["${a value that only Terraform knows}"],
    ]);
    expect(findings(app).filter(({ path }) => path === "stage-aws1/cluster/unknown")).toEqual([
      expect.objectContaining({ rule: "instance-architecture", severity: "warning" }),
    ]);
  });

  it.each<[string, unknown, string]>([
    ["a range", "~> 1.0", "~> 1.0"],
    ["no version at all", undefined, ""],
    ["a version that is null", null, ""],
    ["a version that only Terraform knows", "${var.web_version}", "${a value that only Terraform knows}"],
  ])("says it of %s that an escape hatch gives a chart", (_what, override, version) => {
    const app = anApp();
    const chart = HelmChart.repository("https://charts.example.com", "web", "1.2.3");
    const { staging, production } = aPair(app).addHelmRelease("web", { chart, namespace: "apps" });
    for (const { resource } of [staging, production]) resource.addOverride("version", override);
    const charts = modelOf(app).clusters.map(({ releases }) => releases[0]?.chart);
    expect(charts).toEqual([
      { ...chart.chart, version },
      { ...chart.chart, version },
    ]);
    expect(findings(app).map(({ rule, severity }) => `${severity} ${rule}`)).toContain("error chart-not-pinned");
  });

  it("says where an escape hatch has Terraform take a chart from", () => {
    const app = anApp();
    const chart = HelmChart.repository("https://charts.example.com", "web", "1.2.3");
    const { staging } = aPair(app).addHelmRelease("web", { chart, namespace: "apps" });
    staging.resource.addOverride("repository", "https://mirror.example.com");
    staging.resource.addOverride("chart", "www");
    expect(modelOf(app).clusters.find(({ environment }) => environment === "staging")?.releases[0]?.chart).toEqual({
      source: "repository",
      url: "https://mirror.example.com",
      name: "www",
      version: "1.2.3",
    });
  });

  it("does not hold a chart for rendered whose values an escape hatch changes", () => {
    const app = anApp();
    const chart = HelmChart.local("docs/rules/charts/web");
    const { staging } = aPair(app).addHelmRelease("web", { chart, namespace: "apps" });
    staging.resource.addOverride("values", ["replicas: 3"]);
    staging.resource.addOverride("chart", "./elsewhere");
    expect(findings(app).map(({ rule, path, message, remedy }) => [rule, path, message, remedy])).toEqual([
      [
        "chart-not-rendered",
        "stage-aws1-releases/web",
        "Release web of cluster stage-aws1 (staging): chart web in docs/rules/charts/web was not rendered for Kubernetes 1.36: an escape " +
          "hatch sets values and chart of its helm_release, so that nobody knows here what is deployed.",
        "State the chart as chart, and the values as values, valuesFiles or sensitiveValues of the release.",
      ],
    ]);
  });

  it("gives values that only Terraform knows a hash that does not change with unrelated code", () => {
    const hashOf = (unrelated: number) => {
      const app = anApp();
      for (let index = 0; index < unrelated; index++) Token.asString({ resolve: () => "x" });
      const { staging } = aPair(app);
      const role = new IamRole(staging.releasesStack, "role", { assumeRolePolicy: "{}" });
      const chart = HelmChart.oci("oci://registry.example.com/web", "1.0.0");
      staging.addHelmRelease("web", { chart, namespace: "apps", values: { role: role.arn } });
      return modelOf(app).clusters.find(({ name }) => name === "stage-aws1")?.releases[0]?.valuesHash;
    };
    expect(hashOf(0)).toBe(hashOf(7));
  });

  it("says null where only Terraform knows", () => {
    const app = anApp();
    const unknown = Token.asString({ resolve: () => "1.36" });
    const pair = aPair(app, { versions: { controlPlane: unknown, nodes: unknown }, clients: { kubectl: unknown } });
    pair.addNodeGroup("general", { ...GROUP, amiType: unknown, releaseVersion: unknown });
    pair.addAddon("coredns", { version: unknown });
    expect(modelOf(app).clusters[0]).toMatchObject({
      version: null,
      clients: { kubectl: null },
      nodeGroups: [{ version: null, amiType: null, releaseVersion: null }],
      addons: [{ version: null }],
    });
  });

  it("tells who may reach the public endpoint as Terraform gets it, escape hatches included", () => {
    const accessOf = (endpoint: ClusterEndpoint | undefined, overrides: Record<string, unknown> = {}) => {
      const app = anApp();
      const { staging } = aPair(app, endpoint && { endpoint });
      for (const [argument, value] of Object.entries(overrides)) staging.resource.addOverride(argument, value);
      return modelOf(app).clusters.find(({ name }) => name === "stage-aws1")?.publicAccess;
    };
    const narrow = { publicAccessCidrs: ["198.51.100.0/24"] };
    const unknown = Token.asString({ resolve: () => "198.51.100.0/24" });
    expect(accessOf(undefined)).toBeUndefined();
    expect(accessOf(narrow)).toEqual(["198.51.100.0/24"]);
    expect(accessOf({ publicAccessCidrs: [unknown] })).toEqual([null]);
    expect(accessOf(undefined, { "vpc_config.endpoint_public_access": true })).toEqual(["0.0.0.0/0"]);
    expect(accessOf(narrow, { "vpc_config.public_access_cidrs": ["0.0.0.0/0"] })).toEqual(["0.0.0.0/0"]);
    expect(accessOf(narrow, { "vpc_config.public_access_cidrs": Token.asList({ resolve: () => [] }) })).toEqual([null]);
    expect(accessOf(narrow, { "vpc_config.endpoint_public_access": false })).toBeUndefined();
  });

  it("is sorted by name, whatever the order of the code", () => {
    const app = anApp();
    aPair(app, {}, "zeta").addNodeGroup("z", GROUP);
    const alpha = aPair(app, {}, "alpha");
    for (const name of ["c", "a", "b"]) alpha.addNodeGroup(name, GROUP);
    const { pairs, clusters } = modelOf(app);
    expect(pairs.map(({ name }) => name)).toEqual(["alpha", "zeta"]);
    expect(clusters.map(({ name }) => name)).toEqual(["prod-alpha", "prod-zeta", "stage-alpha", "stage-zeta"]);
    expect(clusters[0]?.nodeGroups.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  it("holds the hash of a release's values and never the values", () => {
    const app = anApp();
    const chart = HelmChart.repository("https://charts.example.com", "web", "1.2.3");
    aPair(app).addHelmRelease("web", {
      chart,
      namespace: "apps",
      appVersion: "2.0.0",
      values: { password: "hunter2" },
    });
    const text = JSON.stringify(modelOf(app));
    expect(text).not.toContain("hunter2");
    expect(modelOf(app).clusters[0]?.releases).toEqual([
      expect.objectContaining({
        name: "web",
        path: "prod-aws1-releases/web",
        namespace: "apps",
        appVersion: "2.0.0",
        chart: { source: "repository", url: "https://charts.example.com", name: "web", version: "1.2.3" },
        valuesHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      }),
    ]);
  });

  it("gives each part the user's line", () => {
    const app = anApp();
    const pair = aPair(app);
    pair.addNodeGroup("general", GROUP);
    const [cluster] = modelOf(app).clusters;
    expect(cluster?.nodeGroups[0]?.location?.file).toBe("test/constructs/describe.test.ts");
  });
});
