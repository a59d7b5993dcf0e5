import { chartBump, newestChart, outdatedChart } from "../../lib/domain/chart-bump";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

describe("newestChart", () => {
  it.each([
    [["1.9.0", "v1.10.0", "1.2.0"], false, "v1.10.0"],
    [["1.0.0", "2.0.0-rc.1"], false, "1.0.0"],
    [["1.0.0", "2.0.0-rc.1"], true, "2.0.0-rc.1"],
    [["latest"], false, undefined],
  ])("of %j, pre-releases %s, is %s", (versions, preReleases, expected) => {
    const listed = versions.map((version) => ({ version }));
    expect(newestChart(listed, preReleases)?.version).toBe(expected);
  });
});

describe("chartBump", () => {
  it.each([
    ["1.0.0/1.0.0", "1.0.0/1.0.0", "none"],
    ["2.0.0-rc.1/1.0.0", "1.0.0/0.9.0", "none"],
    ["1.0.0/v1.6", "1.1.0/1.6.0", "chart-only"],
    ["1.0.0/RELEASE.1", "1.1.0/RELEASE.1", "chart-only"],
    ["1.0.0/RELEASE.1", "1.1.0/RELEASE.2", "application"],
    ["1.0.0/1.6.4", "1.1.0/1.7.0", "application"],
    ["1.0.0/1.7.0", "1.1.0/1.6.4", "application"],
    ["1.0.0/", "1.1.0/1.6.4", "unknown"],
    ["1.0.0/1.6.4", "1.1.0/", "unknown"],
    ["main/1.6.4", "1.1.0/1.6.4", "unknown"],
  ])("from %s to %s is %s", (from, to, bump) => {
    const [current, newest] = [from, to].map((each) => {
      const [version = "", appVersion] = each.split("/");
      return { version, ...(appVersion && { appVersion }) };
    });
    expect(current && chartBump(current, newest)).toBe(bump);
  });

  it("is unknown where no version is listed", () => {
    expect(chartBump({ version: "1.0.0" }, undefined)).toBe("unknown");
  });
});

describe("outdatedChart", () => {
  const kubernetes = KubernetesVersion.parse("1.35");

  it("says whether both versions are covered now and after the next upgrade", () => {
    const id = { source: "https://charts.jetstack.io", name: "cert-manager" };
    const [current, newest] = ["v1.20.0", "v1.21.0"].map((version) => ({ version, appVersion: version }));
    if (!current || !newest) throw new Error("two versions");
    const { outlook, ...rest } = outdatedChart(id, current, [newest, current], kubernetes);
    expect(rest).toEqual({ newest, bump: "application" });
    expect(outlook.map((each) => [each.kubernetes, each.current.status, each.newest?.status])).toEqual([
      ["1.35", "covered", "covered"],
      ["1.36", "not-covered", "covered"],
    ]);
  });

  it("holds a chart that Helm refuses for not covered", () => {
    const id = { source: "oci://registry.example.com/charts/web", name: "web" };
    const current = { version: "1.0.0", kubeVersion: "<1.36.0-0" };
    expect(outdatedChart(id, current, [], kubernetes)).toEqual({
      bump: "unknown",
      outlook: [
        {
          kubernetes: "1.35",
          current: {
            status: "unknown",
            reason: "no table knows the chart web of oci://registry.example.com/charts/web",
          },
        },
        {
          kubernetes: "1.36",
          current: { status: "not-covered", reason: 'its kubeVersion "<1.36.0-0" excludes EKS\'s v1.36.0-eks-0000000' },
        },
      ],
    });
  });
});
