import { enumerated, formatChart, helmShow, ofReleases, releaseSubject } from "../../lib/rules/release-subject";
import { aCluster } from "../../lib/testing/build-model";
import { aModelOfRelease, CHARTS, webRelease } from "./charts";

describe("what messages say of a release", () => {
  it("is its name, its cluster and its environment", () => {
    const release = webRelease();
    expect(releaseSubject(release, aCluster({ environment: "staging" }))).toBe(
      "Release web of cluster stage-aws1 (staging)",
    );
    expect(releaseSubject(release, aCluster())).toBe("Release web of cluster stage-aws1");
  });

  it.each([
    [CHARTS.repository, "chart web 1.2.0 of https://charts.example.com"],
    [CHARTS.oci, "chart web 1.2.0 of oci://registry.example.com/charts/web"],
    [CHARTS.local, "chart web in charts/web"],
  ])("names the chart %j", (chart, text) => {
    expect(formatChart(chart)).toBe(text);
  });

  it.each([
    [CHARTS.repository, "helm show crds web --repo https://charts.example.com --version 1.2.0"],
    [CHARTS.oci, "helm show crds oci://registry.example.com/charts/web --version 1.2.0"],
    [CHARTS.local, "helm show crds charts/web"],
    [{ ...CHARTS.local, folder: "our charts/bob's" }, "helm show crds 'our charts/bob'\\''s'"],
  ])("gives the command that prints a part of %j", (chart, command) => {
    expect(helmShow("crds", chart)).toBe(command);
  });

  it("is told at the release", () => {
    expect(
      ofReleases(aModelOfRelease(), ({ name }, { environment }) => [{ message: `${name} ${environment}` }]),
    ).toEqual([
      {
        path: "stage-aws1-releases/web",
        location: { file: "main.ts", line: 7, column: 6 },
        message: "web staging",
      },
    ]);
  });

  it.each([
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"],
  ])("enumerates %j", (words, text) => {
    expect(enumerated(words)).toBe(text);
  });
});
