import { clusterState } from "../domain/cluster-state";
import { clusterHistories, type HistoryEntry } from "../domain/history";
import { patchBetween } from "../domain/merge-patch";
import type { Cluster, Json, Model } from "../domain/model";

type JsonObject = { readonly [key: string]: Json };

/**
 * What a history says after each of these was recorded at noon of a day, the oldest first: `["2026-01-10", aCluster()]`.
 * @throws TandemError when a version of a cluster is not known
 */
export function aHistory(
  ...recorded: readonly (readonly [day: string, cluster: Cluster])[]
): NonNullable<Model["history"]> {
  const last = new Map<string, { readonly id: string; readonly state: JsonObject }>();
  const entries = recorded.map(([day, cluster], index): HistoryEntry => {
    const before = last.get(cluster.name);
    const state = clusterState(cluster, (value) => JSON.stringify(value)) as unknown as JsonObject;
    const id = `sha256:${index}`;
    last.set(cluster.name, { id, state });
    return {
      id,
      follows: before ? [before.id] : [],
      cluster: cluster.name,
      at: `${day}T12:00:00.000Z`,
      by: "ada",
      modelHash: "sha256:0",
      changes: patchBetween(before?.state ?? {}, state),
    };
  });
  return clusterHistories(entries);
}
