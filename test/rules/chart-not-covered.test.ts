import { chartNotCovered } from "../../lib/rules/chart-not-covered";
import { aModelOf, aRelease, chartContents } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

type Stated = Parameters<typeof aRelease>[0];

/** A release that nobody has looked into: only what the user states of it. */
function unlocked(url: string, name: string, version: string, stated: Stated = {}) {
  const { contents: _, lock: __, renderings: ___, appVersion: ____, ...release } = aRelease();
  return { ...release, name, path: name, chart: { source: "repository", url, name, version } as const, ...stated };
}
const JETSTACK = "https://charts.jetstack.io";
const INGRESS_NGINX = "https://kubernetes.github.io/ingress-nginx";
const AUTOSCALER = "https://kubernetes.github.io/autoscaler";
const on = (version: string | null, ...releases: ReturnType<typeof unlocked>[]) => aModelOf({ version, releases });

describe("chart-not-covered", () => {
  it("passes a chart that its maintainers cover", () => {
    expect(placesOf(chartNotCovered, on("1.36", unlocked(JETSTACK, "cert-manager", "v1.21.0")))).toEqual([]);
    expect(placesOf(chartNotCovered, aModelOf({ version: "1.36", releases: [aRelease()] }))).toEqual([]);
  });

  it("passes a chart of the project's own", () => {
    const chart = { source: "local", folder: "charts/ingress-nginx", name: "ingress-nginx" } as const;
    expect(placesOf(chartNotCovered, aModelOf({ version: "1.36", releases: [aRelease({ chart })] }))).toEqual([]);
  });

  it("leaves a cluster of unknown version to version-unknown", () => {
    expect(placesOf(chartNotCovered, on(null, unlocked(JETSTACK, "cert-manager", "v1.18.2")))).toEqual([]);
  });

  it("reports a chart that its maintainers do not cover", () => {
    const model = on("1.36", unlocked(JETSTACK, "cert-manager", "v1.18.2"));
    expect(placesOf(chartNotCovered, model)).toEqual([["chart-not-covered", "stage-aws1-releases/cert-manager"]]);
    expect(findingsOf(chartNotCovered, model).map(({ severity }) => severity)).toEqual(["warning"]);
    expect(textsOf(chartNotCovered, model)).toEqual([
      [
        "Chart cert-manager v1.18.2 of release cert-manager does not cover Kubernetes 1.36, which cluster stage-aws1 runs: " +
          "its maintainers support chart version v1.18.2 on Kubernetes 1.29 to 1.33 (https://cert-manager.io/docs/releases/, read on 2026-08-22).",
        "Choose a chart version whose maintainers cover it, or acknowledge that you have tried it yourself.",
      ],
    ]);
  });

  it.each<[string, Stated, string[]]>([
    [
      "the chart's version alone",
      {},
      ["its maintainers ask for the minor version of the cluster, and the app version is 1.35.0"],
    ],
    ["the app version that the user states", { appVersion: "1.36.1" }, []],
    ["what the chart says", { contents: chartContents({ appVersion: "1.36.1" }) }, []],
    [
      "the image tag in the values before all",
      {
        appVersion: "1.36.1",
        contents: chartContents({ appVersion: "1.36.1", imageTags: [{ key: "image.tag", tag: "v1.34.5" }] }),
      },
      ["its maintainers ask for the minor version of the cluster, and the app version is v1.34.5"],
    ],
    [
      "the app version where the values name several tags",
      {
        contents: chartContents({
          appVersion: "1.36.1",
          imageTags: [
            { key: "image.tag", tag: "v1.34.5" },
            { key: "other.image.tag", tag: "v1.35.0" },
          ],
        }),
      },
      [],
    ],
  ])("goes by %s", (_case, stated, reasons) => {
    const model = on("1.36", unlocked(AUTOSCALER, "cluster-autoscaler", "9.59.0", stated));
    const texts = textsOf(chartNotCovered, model).map(([message]) => message);
    expect(texts).toEqual(reasons.map((reason) => expect.stringContaining(reason)));
  });

  it("reports a retired chart with what to move to, also where the version is covered or not known", () => {
    const retired = [
      "Chart ingress-nginx 4.15.1 of release ingress-nginx in cluster stage-aws1 is retired since 2026-03: " +
        "its maintainers release nothing any more, not even fixes of vulnerabilities.",
      "Move to another ingress controller, such as the AWS Load Balancer Controller, or one of the Gateway API.",
    ];
    const release = unlocked(INGRESS_NGINX, "ingress-nginx", "4.15.1");
    expect(textsOf(chartNotCovered, on("1.35", release))).toEqual([retired]);
    expect(textsOf(chartNotCovered, on(null, release))).toEqual([retired]);
    expect(textsOf(chartNotCovered, on("1.36", release))).toHaveLength(2);
  });

  it("says once for each chart of a cluster that nobody knows", () => {
    const model = on(
      "1.36",
      unlocked("https://helm.datadoghq.com", "datadog", "3.240.0"),
      unlocked("https://charts.example.com", "web", "1.0.0", { name: "web-a", path: "web-a" }),
      unlocked("https://charts.example.com", "web", "2.0.0", { name: "web-b", path: "web-b" }),
    );
    expect(findingsOf(chartNotCovered, model).map(({ severity, path, message }) => [severity, path, message])).toEqual([
      [
        "note",
        "stage-aws1-releases/datadog",
        "Whether chart datadog covers Kubernetes 1.36, which cluster stage-aws1 runs, is not known: " +
          "its maintainers publish no Kubernetes versions for it (https://github.com/DataDog/helm-charts, read on 2026-08-21).",
      ],
      [
        "note",
        "stage-aws1-releases/web-a",
        "Whether chart web covers Kubernetes 1.36, which cluster stage-aws1 runs, is not known: " +
          "no table knows the chart web of https://charts.example.com.",
      ],
    ]);
  });
});
