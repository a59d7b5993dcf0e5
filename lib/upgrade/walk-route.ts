import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Lock } from "../domain/lock";
import type { Cluster } from "../domain/model";
import { shelfOf } from "./chart-turn";
import { hopOfCluster } from "./hop-steps";
import type { Itinerary } from "./itinerary";
import { nodesBefore } from "./node-steps";
import { objectsAtStake } from "./objects-at-stake";
import type { Hop, NodeStrategy, Route } from "./plan";
import { firstPosition } from "./position";
import { provenNodes } from "./proven-nodes";
import { rollSchedule } from "./roll-schedule";
import { routeNotes } from "./route-notes";
import type { Section } from "./sections";
import { daysToSoak } from "./soak";
import type { StartingPoint } from "./starting-point";
import { Walk } from "./walk";

/** What a way is looked for by. */
export interface Wish {
  readonly lock?: Lock | undefined;
  readonly target: KubernetesVersion;
  readonly nodes: NodeStrategy;
}

/**
 * Goes all the way with the clusters of a section, also past what is in the way, as if that were out of it. So the hops from the first
 * blocked one on tell what is known, and are no way to go.
 */
export function walkRoute(section: Section, points: readonly StartingPoint[], { lock, target, nodes }: Wish): Route {
  const hops = hopsTo(target, points);
  const oldest = hops[0]?.previous() ?? target;
  const clusters = objectsAtStake(
    points.map(({ cluster }) => cluster),
    [oldest, ...hops],
  );
  const position = firstPosition({ ...section.model, clusters });
  const walk = new Walk(position);
  const proven = provenNodes(section.model, clusters, section.soakDays ?? 0);
  const schedule = rollSchedule({ clusters, hops, target, nodes, proven });
  const itinerary: Itinerary = { walk, shelf: shelfOf(lock, clusters), nodes, schedule, target, settled: new Set() };
  const walked = hops.map((hop) => walkHop(hop, section, itinerary));
  const blockers = [...walk.blockers].sort((a, b) => versionOf(a.hop).compare(versionOf(b.hop)));
  return {
    ...(section.pair !== undefined && { pair: section.pair }),
    ...(section.soakDays !== undefined && { soakDays: section.soakDays }),
    starts: points.map(({ start }) => start),
    hops: walked,
    blockers,
    notes: routeNotes(section, points, itinerary),
  };
}

/** The minor versions on the way of the cluster that is furthest behind. One that is there already may have nodes that are not. */
function hopsTo(target: KubernetesVersion, points: readonly StartingPoint[]): KubernetesVersion[] {
  const behind = Math.max(...points.map(({ start }) => target.minorsAhead(versionOf(start.version))));
  return Array.from({ length: Math.max(1, behind) }, (_, index) => target.previous(Math.max(1, behind) - 1 - index));
}

function walkHop(to: KubernetesVersion, { clusters, soakDays }: Section, itinerary: Itinerary): Hop {
  const { walk } = itinerary;
  const from = to.previous();
  const hop = { from: from.toString(), to: to.toString() };
  const begun = walk.steps.length;
  walk.enter(hop);
  for (const { name } of clusters.filter((each) => walk.cluster(each.name).version === hop.from)) {
    if (soakDays !== undefined) walk.beforeNextStep(() => soak(name, clusters, soakDays, itinerary));
    nodesBefore({ name, from, to }, itinerary);
  }
  for (const { name } of clusters) {
    if (soakDays !== undefined) walk.beforeNextStep(() => soak(name, clusters, soakDays, itinerary));
    if (walk.cluster(name).version === hop.from) walk.nowBeforeNextStep();
    hopOfCluster({ name, from, to }, itinerary);
  }
  return { ...hop, steps: walk.steps.slice(begun) };
}

/** Production waits for what it does not run yet. */
function soak(name: string, clusters: readonly Cluster[], soakDays: number, { walk }: Itinerary): void {
  const [staging, production] = clusters.map((cluster) => walk.cluster(cluster.name));
  if (!staging || !production || production.name !== name) return;
  const days = daysToSoak(staging, production, soakDays, walk.position, walk.began);
  const why = `Production may run what staging has run for ${soakDays} days.`;
  if (days > 0) walk.wait(staging, days, why);
}

function versionOf(text: string): KubernetesVersion {
  return KubernetesVersion.parse(text);
}
