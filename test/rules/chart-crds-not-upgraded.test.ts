import type { Chart, ChartCrd, Release } from "../../lib/domain/model";
import { chartCrdsNotUpgraded } from "../../lib/rules/chart-crds-not-upgraded";
import { aModelOf, aModelOfTwins, chartContents } from "../../lib/testing/build-model";
import { CHARTS, webRelease } from "./charts";
import { findingsOf, placesOf, textsOf } from "./judged";

const crd = (name: string, hash = "sha256:0"): ChartCrd => ({ name: `${name}.example.com`, hash });

function release(
  version: string,
  crds: readonly ChartCrd[],
  chart: Chart = { ...CHARTS.repository, version },
): Release {
  return webRelease({ chart, contents: chartContents({ version, crds }) });
}

const twins = (staging: Release, production: Release) =>
  aModelOfTwins({ staging: { releases: [staging] }, production: { releases: [production] } });

const OLD = [crd("backups"), crd("restores")];
const NEW = [crd("backups", "sha256:1"), crd("restores")];

describe("chart-crds-not-upgraded", () => {
  it.each<[string, Release, Release]>([
    ["twins with the same CRDs", release("2.0.0", OLD), release("1.0.0", OLD)],
    ["a newer chart that took one out", release("2.0.0", [crd("backups")]), release("1.0.0", OLD)],
    ["releases of different names", release("2.0.0", NEW), { ...release("1.0.0", OLD), name: "other" }],
    ["charts without CRDs", release("2.0.0", []), release("1.0.0", [])],
  ])("passes %s", (_what, staging, production) => {
    expect(placesOf(chartCrdsNotUpgraded, twins(staging, production))).toEqual([]);
  });

  it("passes a cluster without a twin, and a chart that nobody looked into", () => {
    expect(placesOf(chartCrdsNotUpgraded, aModelOf({ releases: [release("2.0.0", NEW)] }))).toEqual([]);
    const { contents: _contents, ...unseen } = release("1.0.0", OLD);
    expect(placesOf(chartCrdsNotUpgraded, twins(release("2.0.0", NEW), unseen))).toEqual([]);
    expect(placesOf(chartCrdsNotUpgraded, twins(unseen, release("2.0.0", NEW)))).toEqual([]);
  });

  it("warns at the twin with the newer chart", () => {
    expect(findingsOf(chartCrdsNotUpgraded, twins(release("2.0.0", NEW), release("1.0.0", OLD)))).toEqual([
      {
        rule: "chart-crds-not-upgraded",
        severity: "warning",
        path: "stage-aws1-releases/web",
        location: { file: "main.ts", line: 7, column: 6 },
        message:
          "Release web of cluster stage-aws1 (staging) deploys chart web 2.0.0 of https://charts.example.com, whose crds/ are not those " +
          "of chart web 1.0.0 of https://charts.example.com in its twin, cluster prod-aws1 (production): backups.example.com. " +
          "Helm leaves a cluster that had the older chart with the older ones.",
        remedy:
          "Run helm show crds web --repo https://charts.example.com --version 2.0.0 | kubectl apply --server-side --force-conflicts -f - " +
          "in each of the two clusters before it is upgraded to this chart.",
        docsUrl: expect.stringMatching(/chart-crds-not-upgraded\.md$/),
      },
    ]);
  });

  it.each<[string, string, string]>([
    ["1.9.0", "1.10.0", "prod-aws1-releases/web"],
    ["1.10.0", "1.9.0", "stage-aws1-releases/web"],
    ["1.10.0-rc.1", "1.10.0", "prod-aws1-releases/web"],
    ["1.0.0", "1.0.0", "stage-aws1-releases/web"],
    ["newest", "2.0.0", "stage-aws1-releases/web"],
  ])("takes %s in staging and %s in production for newer at %s", (staging, production, path) => {
    const model = twins(release(staging, [crd("a", "sha256:1")]), release(production, [crd("a", "sha256:2")]));
    expect(placesOf(chartCrdsNotUpgraded, model)).toEqual([["chart-crds-not-upgraded", path]]);
  });

  it("names a CRD that only the newer chart has: an upgrade does not install it either", () => {
    const model = twins(release("2.0.0", [...OLD, crd("schedules")]), release("1.0.0", OLD));
    expect(textsOf(chartCrdsNotUpgraded, model)[0]?.[0]).toContain(": schedules.example.com. Helm leaves");
  });

  it.each([
    [2, ": a1.example.com and a2.example.com. Helm"],
    [5, ": a1.example.com, a2.example.com, a3.example.com, a4.example.com and a5.example.com. Helm"],
    [7, ": a1.example.com, a2.example.com, a3.example.com, a4.example.com, a5.example.com and 2 more. Helm"],
  ])("names at most five of %i", (count, named) => {
    const crds = Array.from({ length: count }, (_, index) => crd(`a${index + 1}`));
    const model = twins(release("2.0.0", crds), release("1.0.0", []));
    expect(textsOf(chartCrdsNotUpgraded, model)[0]?.[0]).toContain(named);
  });

  it.each<[Chart, Chart, string, string, string]>([
    [
      { ...CHARTS.oci, version: "2.0.0" },
      { ...CHARTS.oci, version: "1.0.0" },
      "chart web 2.0.0 of oci://registry.example.com/charts/web",
      "chart web 1.0.0 of oci://registry.example.com/charts/web",
      "helm show crds oci://registry.example.com/charts/web --version 2.0.0",
    ],
    [
      { ...CHARTS.local, folder: "charts/new" },
      { ...CHARTS.local, folder: "charts/old" },
      "chart web in charts/new",
      "chart web in charts/old",
      "helm show crds charts/new",
    ],
  ])("gives the command for %j", (newer, older, what, than, command) => {
    expect(textsOf(chartCrdsNotUpgraded, twins(release("2.0.0", NEW, newer), release("1.0.0", OLD, older)))).toEqual([
      [
        `Release web of cluster stage-aws1 (staging) deploys ${what}, whose crds/ are not those of ${than} in its twin, ` +
          "cluster prod-aws1 (production): backups.example.com. Helm leaves a cluster that had the older chart with the older ones.",
        `Run ${command} | kubectl apply --server-side --force-conflicts -f - in each of the two clusters before it is upgraded to this chart.`,
      ],
    ]);
  });
});
