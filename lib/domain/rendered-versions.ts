import { kubernetesApisHorizon } from "./api-lifecycle";
import type { ClusterHistory } from "./history";
import { KubernetesVersion } from "./kubernetes-version";
import type { Rendering } from "./model";
import { knownVersion } from "./stated-version";
import type { ClusterWithTwin } from "./twins";

/** A Kubernetes version that a cluster's releases are rendered for. */
export interface RenderedVersion {
  readonly at: Rendering["at"];
  readonly kubernetes: KubernetesVersion;
}

/**
 * The versions that a cluster's releases are rendered for: its own first, then the next one as far as the API table reaches, then the
 * one before an upgrade: what is recorded, else what the twin still runs. None for a cluster whose version is not known.
 */
export function renderedVersions({ cluster, twin }: ClusterWithTwin, history?: ClusterHistory): RenderedVersion[] {
  const current = knownVersion(cluster.version);
  if (!current) return [];
  const newest = KubernetesVersion.parse(kubernetesApisHorizon().covers?.to);
  const next = current.next();
  const before = knownVersion(history ? history.state.version : twin?.version);
  return [
    { at: "current", kubernetes: current },
    ...(next.isAfter(newest) ? [] : [{ at: "next" as const, kubernetes: next }]),
    ...(before?.isBefore(current) ? [{ at: "before" as const, kubernetes: before }] : []),
  ];
}
