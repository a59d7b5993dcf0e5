import { chartKubeVersion } from "../../lib/rules/chart-kube-version";
import { aModelOf, aRelease, chartContents } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const asking = (kubeVersion: string | undefined, stated: Parameters<typeof aRelease>[0] = {}) =>
  aRelease({ contents: chartContents(kubeVersion === undefined ? {} : { kubeVersion }), ...stated });
const on = (version: string | null, kubeVersion: string | undefined, stated?: Parameters<typeof aRelease>[0]) =>
  aModelOf({ version, releases: [asking(kubeVersion, stated)] });
const WEB = { chart: { source: "local", folder: "charts/web", name: "web" } } as const;

describe("chart-kube-version", () => {
  it.each([
    ["a chart that allows the version", "1.36", ">=1.25.0-0"],
    ["a chart that asks for none", "1.36", undefined],
    ["a cluster of unknown version", null, "<1.20.0-0"],
  ])("passes %s", (_case, version, kubeVersion) => {
    expect(placesOf(chartKubeVersion, on(version, kubeVersion))).toEqual([]);
  });

  it("leaves a release that nobody could look into to the rules of the lock", () => {
    const { contents: _, ...release } = aRelease();
    expect(placesOf(chartKubeVersion, aModelOf({ version: "1.36", releases: [release] }))).toEqual([]);
  });

  it("reports a chart that excludes the version", () => {
    expect(placesOf(chartKubeVersion, on("1.36", "<1.36.0-0"))).toEqual([
      ["chart-kube-version", "stage-aws1-releases/metrics-server"],
    ]);
    expect(textsOf(chartKubeVersion, on("1.36", "<1.36.0-0"))).toEqual([
      [
        "Helm will refuse chart metrics-server 3.13.1 of release metrics-server in cluster stage-aws1, which runs 1.36: " +
          'its kubeVersion "<1.36.0-0" excludes EKS\'s v1.36.0-eks-0000000.',
        "Choose a version that does: tandem charts choose metrics-server --kubernetes 1.36.",
      ],
    ]);
  });

  it("tells the trap of EKS's suffix", () => {
    expect(textsOf(chartKubeVersion, on("1.36", ">=1.25.0"))).toEqual([
      [
        "Helm will refuse chart metrics-server 3.13.1 of release metrics-server in cluster stage-aws1, which runs 1.36: " +
          'its kubeVersion ">=1.25.0" excludes EKS\'s v1.36.0-eks-0000000: the suffix makes it a pre-release, which only a constraint ' +
          'with a pre-release of its own, such as ">=1.25.0-0", allows.',
        'Choose a version that does: tandem charts choose metrics-server --kubernetes 1.36. If none does, ask the chart\'s maintainers for the "-0".',
      ],
    ]);
  });

  it.each([
    [">=1.25.0", 'In charts/web/Chart.yaml, give each version in it a "-0", if the chart does work on 1.36.'],
    ["<1.36.0-0", "In charts/web/Chart.yaml, correct it, if the chart does work on 1.36."],
  ])("sends the reader to the project's own chart for %s", (kubeVersion, remedy) => {
    expect(textsOf(chartKubeVersion, on("1.36", kubeVersion, WEB)).map(([, each]) => each)).toEqual([remedy]);
  });

  it("warns of a constraint that cannot be understood", () => {
    expect(findingsOf(chartKubeVersion, on("1.36", "newest"))).toMatchObject([
      {
        severity: "warning",
        message:
          "Whether Helm takes chart metrics-server 3.13.1 of release metrics-server in cluster stage-aws1, which runs 1.36, is not known: " +
          'its kubeVersion "newest" is no constraint that Helm understands.',
      },
    ]);
  });
});
