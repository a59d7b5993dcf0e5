import type { Cluster, Model } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { pairedClusters } from "../domain/twins";
import { enumerated } from "../rules/release-subject";

/** A part of a fleet that is upgraded by itself: a pair, or a cluster without a twin. */
export interface Section {
  /** Name of the pair; absent for a cluster without a twin. */
  readonly pair?: string;
  readonly soakDays?: number;
  /** In the order in which they are upgraded. */
  readonly clusters: readonly Cluster[];
  /** The model of these clusters alone. */
  readonly model: Model;
}

/**
 * The sections of a fleet, in the model's order, pairs first.
 * @param named where given, the only one that is wanted: a pair, or a cluster without a twin
 * @throws TandemError when there is none of that name, or no cluster at all
 */
export function sectionsOf(model: Model, named?: string): Section[] {
  const pairs = pairedClusters(model).map(({ pair, staging, production }) => ({
    pair: pair.name,
    ...(pair.promotion && { soakDays: pair.promotion.soakDays }),
    clusters: [staging, production],
    model: partOf(model, [staging, production]),
  }));
  const paired = new Set(pairs.flatMap(({ clusters }) => clusters));
  const alone = model.clusters
    .filter((cluster) => !paired.has(cluster))
    .map((cluster): Section => ({ clusters: [cluster], model: partOf(model, [cluster]) }));
  const all: Section[] = [...pairs, ...alone];
  if (all.length === 0) throw new TandemError("the model has no cluster, so that there is nothing to plan");
  const wanted = named === undefined ? all : all.filter((section) => nameOf(section) === named);
  if (wanted.length > 0) return wanted;
  throw new TandemError(
    `there is no pair and no cluster without a twin named ${JSON.stringify(named)}; there ${all.length === 1 ? "is" : "are"} ${enumerated(all.map(nameOf))}`,
  );
}

/** The name of the pair, or of the cluster. */
export function nameOf({ pair, clusters }: Section): string {
  return pair ?? clusters.map(({ name }) => name).join(" and ");
}

function partOf(model: Model, clusters: readonly Cluster[]): Model {
  const names = new Set(clusters.map(({ name }) => name));
  return {
    ...model,
    clusters,
    pairs: model.pairs.filter(({ staging }) => names.has(staging)),
    ...(model.history && { history: model.history.filter(({ cluster }) => names.has(cluster)) }),
  };
}
