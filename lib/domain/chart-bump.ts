import compareBuild from "semver/functions/compare-build";
import parse from "semver/functions/parse";
import { type ChartCoverage, chartCoverage } from "./chart-coverage";
import { chooseChart } from "./choose-chart";
import { looseVersion } from "./helm-constraint";
import { kubeVersionFit } from "./kube-version-fit";
import type { KubernetesVersion } from "./kubernetes-version";
import type { ChartId, ChartVersion } from "./lock";

/**
 * What an update of a chart brings. `none`: there is nothing newer. `chart-only`: the same app in another chart. `application`: another
 * app version. `unknown`: a chart does not say which app it ships, or its version has no place in the order.
 */
export type ChartBump = "none" | "chart-only" | "application" | "unknown";

/** Whether a version of a chart may run on a Kubernetes version. */
export interface ChartOutlook {
  readonly kubernetes: string;
  readonly current: ChartCoverage;
  /** Of the newest version; absent where there is none. */
  readonly newest?: ChartCoverage;
}

/** A chart in use, beside the newest there is. */
export interface OutdatedChart {
  /** Absent where no version is listed that will do. */
  readonly newest?: ChartVersion;
  readonly bump: ChartBump;
  /** On the cluster's version, then on the next; empty where the cluster's is not known. */
  readonly outlook: readonly ChartOutlook[];
}

/**
 * The newest version of a chart that is listed, whatever its app and its kubeVersion.
 * @param preReleases whether a pre-release will do
 * @default false
 */
export function newestChart(versions: readonly ChartVersion[], preReleases = false): ChartVersion | undefined {
  return chooseChart(versions, { preReleases }).chosen;
}

/** What the update from one version of a chart to the newest brings. */
export function chartBump(current: ChartVersion, newest: ChartVersion | undefined): ChartBump {
  const [from, to] = [parse(current.version), parse(newest?.version)];
  if (!newest || !from || !to) return "unknown";
  if (compareBuild(from, to) >= 0) return "none";
  if (current.appVersion === undefined || newest.appVersion === undefined) return "unknown";
  return isSameApp(current.appVersion, newest.appVersion) ? "chart-only" : "application";
}

/**
 * A chart in use beside the newest that its index lists, and whether both may run on the cluster's Kubernetes version and on the next.
 * @param versions what the index lists
 */
export function outdatedChart(
  id: ChartId,
  current: ChartVersion,
  versions: readonly ChartVersion[],
  kubernetes: KubernetesVersion | undefined,
): OutdatedChart {
  const newest = newestChart(versions);
  const outlook = (kubernetes ? [kubernetes, kubernetes.next()] : []).map((version) => ({
    kubernetes: version.toString(),
    current: coverageOf(id, current, version),
    ...(newest && { newest: coverageOf(id, newest, version) }),
  }));
  return { ...(newest && { newest }), bump: chartBump(current, newest), outlook };
}

/** Whether a version of a chart may run on a Kubernetes version. A chart that Helm refuses may not, whatever its maintainers say. */
export function coverageOf(id: ChartId, version: ChartVersion, kubernetes: KubernetesVersion): ChartCoverage {
  const fit = version.kubeVersion === undefined ? undefined : kubeVersionFit(version.kubeVersion, kubernetes);
  if (fit && fit.status !== "fits") return { status: "not-covered", reason: fit.reason };
  return chartCoverage(
    { source: id.source, name: id.name, version: version.version, appVersion: version.appVersion },
    kubernetes,
  );
}

/** `v1.6` and `1.6.0` are the same; what are no versions are the same when they read the same. */
function isSameApp(a: string, b: string): boolean {
  const [one, other] = [looseVersion(a), looseVersion(b)];
  return one && other ? compareBuild(one, other) === 0 : a === b;
}
