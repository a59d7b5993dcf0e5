import { taggedAppVersion } from "../domain/app-version";
import { type ChartCoverage, type ChartInUse, chartCoverage } from "../domain/chart-coverage";
import { isExactChartVersion } from "../domain/chart-version";
import { chartRetirement } from "../domain/known-chart";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Release } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { defineRule, type Violation } from "./rule";

/**
 * By the maintainers' own matrices. What they do not say is a note, once for each chart of a cluster. A chart of the project's own has no
 * other maintainers, and is not judged.
 */
export const chartNotCovered = defineRule({
  id: "chart-not-covered",
  title: "A chart's maintainers do not cover the cluster's Kubernetes version",
  severity: "warning",
  remedy: "Choose a chart version whose maintainers cover it, or acknowledge that you have tried it yourself.",
  source: "https://helm.sh/docs/topics/charts/",
  check: (model) => model.clusters.flatMap(uncovered),
});

function uncovered(cluster: Cluster): Violation[] {
  const violations = cluster.releases.flatMap((release) => judged(release, cluster));
  const messages = violations.map(({ message }) => message);
  return violations.filter(({ message }, index) => messages.indexOf(message) === index);
}

function judged(release: Release, cluster: Cluster): Violation[] {
  const chart = chartInUse(release);
  if (!chart) return [];
  const version = knownVersion(cluster.version);
  return [...retired(chart, release, cluster), ...(version ? byMatrix(chart, version, release, cluster) : [])];
}

function retired(chart: ChartInUse, { name, path, location }: Release, cluster: Cluster): Violation[] {
  const retirement = chartRetirement(chart);
  if (!retirement) return [];
  const { since, why, replacement } = retirement;
  const message = `Chart ${chart.name} ${chart.version} of release ${name} in cluster ${cluster.name} is retired since ${since}: ${why}.`;
  return [{ path, message, remedy: `Move to ${replacement}.`, location }];
}

function byMatrix(chart: ChartInUse, version: KubernetesVersion, release: Release, cluster: Cluster): Violation[] {
  const coverage = chartCoverage(chart, version);
  const { path, location } = release;
  if (coverage.status === "covered") return [];
  if (coverage.status === "unknown") {
    const message = `Whether chart ${chart.name} covers Kubernetes ${version}, which cluster ${cluster.name} runs, is not known: ${because(coverage)}.`;
    const remedy =
      "Look for it in the maintainers' release notes, try it in staging, and acknowledge chart-not-covered here.";
    return [{ path, message, remedy, location, severity: "note" }];
  }
  return [
    {
      path,
      message: `Chart ${chart.name} ${chart.version} of release ${release.name} does not cover Kubernetes ${version}, which cluster ${cluster.name} runs: ${because(coverage)}.`,
      location,
    },
  ];
}

function because({ reason, source }: ChartCoverage): string {
  return source ? `${reason} (${source.page}, read on ${source.read})` : reason;
}

/** Undefined for a chart of the project's own, and for one in no exact version, of which `chart-not-pinned` speaks. */
function chartInUse({ chart, appVersion, contents }: Release): ChartInUse | undefined {
  if (chart.source === "local" || !isExactChartVersion(chart.version)) return undefined;
  const source = chart.source === "oci" ? chart.reference : chart.url;
  const app = taggedAppVersion(contents) ?? appVersion ?? contents?.appVersion;
  return { source, name: chart.name, version: chart.version, appVersion: app };
}
