import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Token } from "cdktf";
import { HelmChart, type HelmReleaseOptions } from "eks-tandem";
import { aPair, removeApps, resourceOf, terraformOf } from "./build-app";

afterEach(removeApps);

const CHART = HelmChart.repository("https://charts.example.com", "web", "1.2.3");

function releaseOf(options: Partial<HelmReleaseOptions> = {}) {
  const { staging } = aPair();
  staging.addHelmRelease("web", { chart: CHART, namespace: "apps", ...options });
  return resourceOf(terraformOf(staging.releasesStack), "helm_release");
}

describe("HelmRelease", () => {
  it("deploys an exact chart with whole values, all or nothing", () => {
    expect(releaseOf({ values: { replicas: 2 } })).toMatchObject({
      name: "web",
      namespace: "apps",
      repository: "https://charts.example.com",
      chart: "web",
      version: "1.2.3",
      values: ['{\n  "replicas": 2\n}'],
      create_namespace: true,
      reuse_values: false,
      reset_values: true,
      atomic: true,
      cleanup_on_fail: true,
      wait: true,
      timeout: 300,
      max_history: 10,
      take_ownership: false,
      upgrade_install: false,
    });
  });

  it("is deployed as its options say", () => {
    const options = {
      takeOwnership: true,
      upgradeInstall: true,
      atomic: false,
      wait: false,
      timeoutSeconds: 60,
      maxHistory: 3,
    };
    expect(releaseOf(options)).toMatchObject({
      take_ownership: true,
      upgrade_install: true,
      atomic: false,
      wait: false,
      timeout: 60,
      max_history: 3,
    });
  });

  it("takes a chart from an OCI registry and from a folder of the project", () => {
    expect(releaseOf({ chart: HelmChart.oci("oci://registry.example.com/charts/web", "1.2.3") })).toMatchObject({
      chart: "oci://registry.example.com/charts/web",
      version: "1.2.3",
    });
    const local = releaseOf({ chart: HelmChart.local("test/fixtures/web-chart") });
    expect(local.chart).toMatch(/^\.\/assets\/web_chart_[0-9A-F]{8}\/[0-9A-F]{32}$/);
    expect(local.version).toBeUndefined();
  });

  it("hands what looks like a Terraform or Helm expression on letter for letter", () => {
    const values = { a: "${x} %{if y} {{ .Values.z }} $${already} $", nested: ["%{ for }"] };
    const [written] = releaseOf({ values }).values as string[];
    expect(JSON.parse(asTerraformReads(written ?? ""))).toEqual(values);
  });

  it("keeps a Terraform value in the values an expression", () => {
    const { staging } = aPair();
    const role = new IamRole(staging.releasesStack, "role", { assumeRolePolicy: "{}" });
    staging.addHelmRelease("web", { chart: CHART, namespace: "apps", values: { role: role.arn, text: "${x}" } });
    const { values } = resourceOf(terraformOf(staging.releasesStack), "helm_release");
    expect(values).toEqual(['{\n  "role": "${aws_iam_role.role.arn}",\n  "text": "$${x}"\n}']);
  });

  it.each<[string, () => unknown, string]>([
    [
      "a range for a version",
      () => HelmChart.repository("https://charts.example.com", "web", "^1.2.0"),
      'expected an exact chart version such as "3.13.1", got "^1.2.0": a range or "latest" would deploy another chart tomorrow than the one that was checked today; write the version out',
    ],
    [
      "latest",
      () => HelmChart.oci("oci://registry.example.com/charts/web", "latest"),
      'expected an exact chart version such as "3.13.1", got "latest"',
    ],
    [
      "a repository that is no URL",
      () => HelmChart.repository("charts.example.com", "web", "1.2.3"),
      'expected a chart\'s address such as "https://charts.example.com", got "charts.example.com"',
    ],
    [
      "an OCI reference with a tag",
      () => HelmChart.oci("oci://registry.example.com/charts/web:", "1.2.3"),
      'expected a chart\'s address such as "oci://registry.example.com/charts/web"',
    ],
    [
      "an address with a password",
      () => HelmChart.repository("https://alice:rabbit@charts.example.com", "web", "1.2.3"),
      "a chart's address holds a user name or password, which would stand in the code, the lock file and Terraform's JSON; leave it out and log in with helm repo add --username or helm registry login",
    ],
    [
      "another place to deploy from",
      () => releaseOf({ deployFrom: "cache" as "lock" }),
      'stage-aws1-releases/web: deployFrom: expected "source" or "lock", got "cache"',
    ],
    [
      "an empty namespace",
      () => releaseOf({ namespace: "" }),
      'stage-aws1-releases/web: namespace: expected a Kubernetes namespace such as "kube-system", got ""',
    ],
    [
      "a folder that is not there",
      () => releaseOf({ chart: HelmChart.local("charts/none") }),
      "stage-aws1-releases/web: the chart's folder charts/none does not exist; HelmChart.local takes a path from the folder that holds cdktf.json",
    ],
    [
      "a number that only Terraform knows",
      () => releaseOf({ values: { a: { b: Token.asNumber({ resolve: () => 1 }) } } }),
      "stage-aws1-releases/web: values.a.b is a Terraform value that is not text; write it as text with Token.asString(…)",
    ],
  ])("refuses %s at the user's line", (_what, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(/\n {2}at test\/constructs\/helm-release\.test\.ts:\d+:\d+$/);
  });

  it("refuses a name that is taken or that Helm would not accept", () => {
    const pair = aPair();
    pair.addHelmRelease("web", { chart: CHART, namespace: "apps" });
    expect(() => pair.addHelmRelease("web", { chart: CHART, namespace: "apps" })).toThrow(
      'stage-aws1-releases/web: the cluster has a Helm release or manifests named "web" already; names of releases are unique in a cluster',
    );
    expect(() => pair.addHelmRelease("", { chart: CHART, namespace: "apps" })).toThrow(
      'stage-aws1-releases: a Helm release\'s name has 1 to 53 lower-case letters, digits and hyphens, got ""',
    );
  });
});

/** Terraform's own reading of a template without expressions. */
function asTerraformReads(text: string): string {
  return text.replace(/([$%])\1\{/g, "$1{");
}
