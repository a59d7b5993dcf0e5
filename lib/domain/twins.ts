import type { Cluster, Model, Pair } from "./model";
import { TandemError } from "./tandem-error";

/** A pair with its two clusters looked up. */
export interface PairedClusters {
  readonly pair: Pair;
  readonly staging: Cluster;
  readonly production: Cluster;
}

/**
 * The pairs of a model, each with its clusters.
 * @throws TandemError when a pair names a cluster that the model does not have: such a model was not written by synth
 */
export function pairedClusters(model: Model): PairedClusters[] {
  const byName = new Map(model.clusters.map((cluster) => [cluster.name, cluster]));
  const find = (pair: Pair, name: string): Cluster => {
    const cluster = byName.get(name);
    if (cluster) return cluster;
    throw new TandemError(
      `pair ${pair.name} names the cluster "${name}", which the model does not have; synthesise again`,
    );
  };
  return model.pairs.map((pair) => ({
    pair,
    staging: find(pair, pair.staging),
    production: find(pair, pair.production),
  }));
}

/** A cluster and its twin; the twin is absent for a cluster that belongs to no pair. */
export interface ClusterWithTwin {
  readonly cluster: Cluster;
  readonly twin?: Cluster;
}

/** Every cluster of a model, in the model's order, with its twin. */
export function clustersWithTwins(model: Model): ClusterWithTwin[] {
  const twins = new Map<Cluster, Cluster>();
  for (const { staging, production } of pairedClusters(model)) {
    twins.set(staging, production);
    twins.set(production, staging);
  }
  return model.clusters.map((cluster) => {
    const twin = twins.get(cluster);
    return twin ? { cluster, twin } : { cluster };
  });
}
