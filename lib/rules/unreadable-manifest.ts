import type { Cluster, Manifests, Release } from "../domain/model";
import { inCluster } from "./cluster-name";
import { currentRendering } from "./placed-objects";
import { formatChart } from "./release-subject";
import { defineRule, type Violation } from "./rule";

export const unreadableManifest = defineRule({
  id: "unreadable-manifest",
  title: "A manifest could not be read, so that nothing in it has been judged",
  severity: "error",
  remedy: "Correct the document; `kubectl apply --dry-run=client -f FILE` shows what Kubernetes makes of it.",
  source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/#describing-a-kubernetes-object",
  check: (model) =>
    model.clusters.flatMap((cluster) => [
      ...cluster.manifests.flatMap((manifests) => inManifests(manifests, cluster)),
      ...cluster.releases.flatMap((release) => inRelease(release, cluster)),
    ]),
});

function inManifests({ name, path, location, unreadable }: Manifests, cluster: Cluster): Violation[] {
  const document =
    cluster.name === "" ? `A document of ${name}` : `A document of manifests ${name}${inCluster(cluster)}`;
  return unreadable.map(({ message, location: own = location, what = document, remedy, severity }) => ({
    path,
    message: `${what} could not be read: ${withoutStop(message)}.`,
    remedy,
    location: own,
    severity,
  }));
}

function inRelease(release: Release, cluster: Cluster): Violation[] {
  const { name, path, location } = release;
  return (currentRendering(release)?.unreadable ?? []).map(({ message }) => ({
    path,
    message: `A document that ${formatChart(release.chart)} renders for release ${name} in cluster ${cluster.name} could not be read: ${withoutStop(message)}.`,
    remedy: "Correct the values or the chart; helm template with both shows the document.",
    location,
  }));
}

function withoutStop(message: string): string {
  return message.replace(/\.$/, "");
}
