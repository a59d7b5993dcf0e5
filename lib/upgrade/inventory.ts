import type { Cluster, Location, Model, Release } from "../domain/model";
import type { Ownership } from "../domain/ownership";
import { pairedClusters } from "../domain/twins";
import { doubtsOf, type Part, usedKinds } from "./doubts";
import { costScore, largerCost, type UpgradeCost, upgradeCost } from "./upgrade-cost";

/** Something that is deployed to a pair, or to a cluster without a twin. */
export interface InventoryItem extends Ownership {
  readonly kind: Part["kind"];
  readonly name: string;
  /** The pair, or the cluster without a twin. */
  readonly home: string;
  /** Where it runs and in which version, staging first. */
  readonly runs: readonly InventoryRun[];
  readonly cost: UpgradeCost;
  readonly score: number;
  /** False for a release that was not rendered in one of the clusters: what it brings is not known. */
  readonly isCostKnown: boolean;
  /** Whether its review date has passed on the day that is judged on. */
  readonly isReviewDue: boolean;
  /** Why it may be superfluous, or is nobody's any more; sentences. */
  readonly doubts: readonly string[];
  readonly location?: Location;
}

export interface InventoryRun {
  readonly cluster: string;
  /** The add-on's build or the chart's version; absent for manifests and for what only Terraform knows. */
  readonly version?: string;
}

export interface Inventory {
  readonly asOf: string;
  /** The dearest first, then by name. */
  readonly items: readonly InventoryItem[];
}

interface PlacedPart {
  readonly part: Part;
  readonly cluster: Cluster;
}

/**
 * What runs, whose it is, and what it costs at every upgrade.
 * @param only the pair or the cluster that is looked at; all without one
 */
export function inventory(
  model: Model,
  only: { readonly pair?: string | undefined; readonly cluster?: string | undefined } = {},
): Inventory {
  const items = homesOf(model)
    .filter(({ pair }) => only.pair === undefined || pair === only.pair)
    .flatMap(({ name, clusters }) => {
      const chosen = clusters.filter((cluster) => only.cluster === undefined || cluster.name === only.cluster);
      return itemsOf(name, chosen, model.asOf);
    });
  return { asOf: model.asOf, items: items.sort((a, b) => b.score - a.score || compare(a.name, b.name)) };
}

interface Home {
  readonly name: string;
  /** Absent for a cluster without a twin. */
  readonly pair?: string;
  readonly clusters: readonly Cluster[];
}

function homesOf(model: Model): Home[] {
  const pairs = pairedClusters(model).map(({ pair, staging, production }) => ({
    name: pair.name,
    pair: pair.name,
    clusters: [staging, production],
  }));
  const paired = new Set(pairs.flatMap(({ clusters }) => clusters));
  const alone = model.clusters.filter((cluster) => !paired.has(cluster));
  return [...pairs, ...alone.map((cluster) => ({ name: cluster.name, clusters: [cluster] }))];
}

function itemsOf(home: string, clusters: readonly Cluster[], asOf: string): InventoryItem[] {
  const placed = clusters.flatMap((cluster) => partsOf(cluster).map((part) => ({ part, cluster })));
  const groups = new Map<string, PlacedPart[]>();
  for (const each of placed) {
    const key = `${each.part.kind} ${each.part.name}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const used = usedKinds(placed.flatMap(({ part }) => part.objects ?? []));
  return [...groups.values()].map((group) => itemOf(home, group, used, asOf));
}

/** The same part of a pair's clusters. What one of them says of its owner is said of both. */
function itemOf(home: string, group: readonly PlacedPart[], used: ReadonlySet<string>, asOf: string): InventoryItem {
  const parts = group.map(({ part }) => part);
  const cost = group.map(({ part, cluster }) => upgradeCost(part.objects ?? [], cluster)).reduce(largerCost);
  const { kind, name } = parts[0] as Part;
  const stated = <K extends "owner" | "why" | "reviewBy" | "location">(key: K): Pick<Part, K> | undefined =>
    parts.find((part) => part[key] !== undefined);
  const { reviewBy } = stated("reviewBy") ?? {};
  return {
    kind,
    name,
    home,
    runs: group.map(({ part: { version }, cluster }) => ({
      cluster: cluster.name,
      ...(version !== undefined && { version }),
    })),
    ...pick("owner", stated("owner")),
    ...pick("why", stated("why")),
    ...pick("reviewBy", stated("reviewBy")),
    ...pick("location", stated("location")),
    cost,
    score: costScore(cost),
    isCostKnown: kind === "add-on" || parts.every(({ objects }) => objects !== undefined),
    isReviewDue: reviewBy !== undefined && reviewBy < asOf,
    doubts: doubtsOf(parts, used),
  };
}

function pick<K extends keyof Part>(key: K, part: Pick<Part, K> | undefined): Partial<Pick<Part, K>> {
  return part?.[key] === undefined ? {} : ({ [key]: part[key] } as Pick<Part, K>);
}

function partsOf(cluster: Cluster): Part[] {
  return [
    ...cluster.addons.map(
      ({ version, ...addon }): Part => ({
        ...addon,
        kind: "add-on",
        ...(version !== null && { version }),
      }),
    ),
    ...cluster.releases.map(releasePart),
    ...cluster.manifests.map((manifests): Part => ({ ...manifests, kind: "manifests" })),
  ];
}

function releasePart({ chart, contents, renderings, ...release }: Release): Part {
  const rendering = renderings?.find(({ at }) => at === "current");
  const objects = rendering && !rendering.failure ? rendering.objects : undefined;
  return {
    ...release,
    kind: "release",
    chart,
    ...(contents && { contents }),
    ...(objects && { objects }),
    version: chart.source === "local" ? (contents?.version ?? chart.folder) : chart.version,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
