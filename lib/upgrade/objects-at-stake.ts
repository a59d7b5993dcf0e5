import { serving } from "../domain/api-lifecycle";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, ObjectFacts, Rendering } from "../domain/model";

/**
 * Clusters with only those of their objects that an upgrade may make a difference to: whose API is not served alike by every version on
 * the way, or that have a field which a version may have taken away. What the rules say of the others is the same in every state.
 * @param versions every minor version on the way, the first included
 */
export function objectsAtStake(clusters: readonly Cluster[], versions: readonly KubernetesVersion[]): Cluster[] {
  const known = new Map<string, boolean>();
  const isAtStake = ({ apiVersion, kind, fields = [] }: ObjectFacts): boolean => {
    if (fields.length > 0) return true;
    const key = `${apiVersion} ${kind}`;
    const changes = known.get(key) ?? new Set(versions.map((version) => serving(apiVersion, kind, version))).size > 1;
    known.set(key, changes);
    return changes;
  };
  const ofRendering = (rendering: Rendering): Rendering => ({
    ...rendering,
    objects: rendering.objects.filter(isAtStake),
  });
  return clusters.map((cluster) => ({
    ...cluster,
    manifests: cluster.manifests.map((each) => ({ ...each, objects: each.objects.filter(isAtStake) })),
    releases: cluster.releases.map((release) =>
      release.renderings ? { ...release, renderings: release.renderings.map(ofRendering) } : release,
    ),
  }));
}
