import { chartOfImage, type KnownChart, namesOf } from "../domain/known-chart";
import type { Cluster, KubernetesObject, Manifests } from "../domain/model";
import { formatSubject } from "./placed-objects";
import { defineRule, type Violation } from "./rule";

/** Objects that a message names; the others are counted. */
const NAMED = 3;

/** Known by the images of the workloads. */
export const chartAvailable = defineRule({
  id: "chart-available",
  title: "Static manifests deploy a project that has a chart",
  severity: "note",
  remedy: "Deploy the project by its chart.",
  source: "https://helm.sh/docs/intro/using_helm/",
  check: (model) =>
    model.clusters.flatMap((cluster) => cluster.manifests.flatMap((manifests) => charted(manifests, cluster))),
});

function charted(manifests: Manifests, cluster: Cluster): Violation[] {
  const byChart = new Map<KnownChart, KubernetesObject[]>();
  for (const object of manifests.objects) {
    for (const chart of new Set(object.images?.map(chartOfImage))) {
      if (chart) byChart.set(chart, [...(byChart.get(chart) ?? []), object]);
    }
  }
  return [...byChart].map(([chart, objects]) => ({
    path: manifests.path,
    message: `Manifests ${manifests.name} of cluster ${cluster.name} deploy ${chart.name} by hand, which has a chart: ${listed(objects)}.`,
    remedy: remedyOf(chart, cluster),
    location: manifests.location,
  }));
}

function listed(objects: readonly KubernetesObject[]): string {
  const named = objects.slice(0, NAMED).map(formatSubject).join(", ");
  return objects.length > NAMED ? `${named} and ${objects.length - NAMED} more` : named;
}

/** A retired project's chart is no way out; one that only moved is to be had at its new address, which comes first. */
function remedyOf(chart: KnownChart, { pair }: Cluster): string {
  const { retired } = chart;
  if (retired && retired.from === undefined) {
    return `The chart is no way out, for it is retired since ${retired.since}: ${retired.why}. Move to ${retired.replacement}.`;
  }
  const owner = pair === undefined ? "cluster" : "pair";
  const release = `${owner}.addHelmRelease(${JSON.stringify(chart.name)}, { chart: ${pinned(chart)}, … })`;
  return `Take them out and add the release instead: ${release}. Its maintainers then tell with each version what changes, and Helm removes what a new version no longer has.`;
}

function pinned(chart: KnownChart): string {
  const [repository = ""] = chart.repositories;
  const [name = chart.name] = namesOf(chart);
  return repository.startsWith("oci://")
    ? `HelmChart.oci(${JSON.stringify(`${repository}/${name}`)}, version)`
    : `HelmChart.repository(${JSON.stringify(repository)}, ${JSON.stringify(name)}, version)`;
}
