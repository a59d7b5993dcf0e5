import type { Cluster, Environment, Model, Release } from "./model";

/** A release in a cluster. */
export interface PlacedRelease {
  readonly cluster: Cluster;
  readonly release: Release;
}

/** A cluster as reports name it. */
export interface ClusterName {
  readonly cluster: string;
  /** Absent for a cluster without a twin. */
  readonly environment?: Environment;
}

/** The releases of a model, by name, each in the order in which its clusters are upgraded: staging, production, those without a twin. */
export function placedReleases({ clusters }: Model): Map<string, PlacedRelease[]> {
  const ordered = [...clusters].sort((a, b) => rank(a) - rank(b));
  const placed = ordered.flatMap((cluster) => cluster.releases.map((release) => ({ cluster, release })));
  const names = [...new Set(placed.map(({ release }) => release.name))].sort();
  return new Map(names.map((name) => [name, placed.filter(({ release }) => release.name === name)]));
}

/** A cluster's name, and the environment that it stands for. */
export function clusterName({ name, environment }: Cluster): ClusterName {
  return { cluster: name, ...(environment && { environment }) };
}

const ORDER: readonly (Environment | undefined)[] = ["staging", "production", undefined];

function rank({ environment }: Cluster): number {
  return ORDER.indexOf(environment);
}
