import { apiLifecycle } from "../domain/api-lifecycle";
import type { Cluster, Model } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { customResources } from "./custom-resources";
import { currentRendering, placedObjects } from "./placed-objects";
import type { Scanned } from "./rule";

/** What a model holds and how much of it could be judged. */
export function scanned(model: Model): Scanned {
  const { clusters } = model;
  const count = (of: (cluster: Cluster) => number) => clusters.reduce((sum, cluster) => sum + of(cluster), 0);
  const notJudged = customResources(model).filter(({ verdict }) => verdict.is === "not-judged").length;
  return {
    pairs: model.pairs.length,
    clusters: clusters.length,
    nodeGroups: count(({ nodeGroups }) => nodeGroups.length),
    addons: count(({ addons }) => addons.length),
    releases: count(({ releases }) => releases.length),
    objects: count(judgeable) - notJudged,
    unreadable: count(unreadable),
    notJudged,
  };
}

/** A cluster whose version is not known judges no object of a built-in API. */
function judgeable(cluster: Cluster): number {
  const objects = placedObjects(cluster);
  if (knownVersion(cluster.version)) return objects.length;
  return objects.filter(({ object: { apiVersion, kind } }) => !apiLifecycle(apiVersion, kind)).length;
}

function unreadable({ manifests, releases }: Cluster): number {
  const read = [...manifests, ...releases.flatMap((release) => currentRendering(release) ?? [])];
  return read.reduce((sum, each) => sum + each.unreadable.length, 0);
}
