import { eksRelease, eksVersionsHorizon } from "../domain/eks-calendar";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Lock } from "../domain/lock";
import type { Cluster, Model } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { parseTarget } from "../domain/target-version";
import { enumerated } from "../rules/release-subject";
import { shelfOf } from "./chart-turn";
import { hopOfCluster } from "./hop-steps";
import type { Itinerary } from "./itinerary";
import { groupsBehind } from "./node-turn";
import type { Hop, NodeStrategy, Plan, Route } from "./plan";
import { firstPosition } from "./position";
import { routeNotes } from "./route-notes";
import { type Section, sectionsOf } from "./sections";
import { daysToSoak } from "./soak";
import { type StartingPoint, startingPoint } from "./starting-point";
import { Walk } from "./walk";

/** What is to be planned. */
export interface PlanRequest {
  /** What the code describes, with what the history says of it. */
  readonly model: Model;
  /** The charts there are to choose from; without it, no chart can be moved. */
  readonly lock?: Lock | undefined;
  /** The Kubernetes minor version at the end. */
  readonly to: string;
  /** @default "each-hop" */
  readonly nodes?: NodeStrategy;
  /** The one pair, or cluster without a twin, that is wanted; absent: all of them. */
  readonly pair?: string | undefined;
}

/**
 * Plans the way to a Kubernetes minor version: from what runs, by hops of one minor version, staging before production. Every state on
 * the way is judged by the rules; none that they refuse is passed, unless the first one has the same error already.
 * @throws TandemError when the target is no version that is known, or is below what a cluster runs; when everything is there already; when
 * there is no such pair; when what a cluster runs is not known
 */
export function planUpgrade({ model, lock, to, nodes = "each-hop", pair }: PlanRequest): Plan {
  const target = knownTarget(to);
  const sections = sectionsOf(model, pair).map((section) => ({ section, points: pointsOf(section) }));
  for (const { points } of sections) refuseLower(points, target);
  const all = sections.flatMap(({ points }) => points);
  if (all.every((point) => isThere(point, target))) {
    const names = enumerated(all.map(({ cluster }) => cluster.name));
    throw new TandemError(
      `${names} ${all.length === 1 ? "runs" : "run"} ${target} already, the nodes too: there is nothing to plan; choose a newer version`,
    );
  }
  const routes = sections.map(({ section, points }) => route(section, points, { lock, target, nodes }));
  return { to: target.toString(), asOf: model.asOf, nodes, routes };
}

/** Known to the tables of APIs and to EKS's calendar. */
function knownTarget(text: string): KubernetesVersion {
  const target = parseTarget(text);
  if (eksRelease(target.toString())) return target;
  const { covers } = eksVersionsHorizon();
  throw new TandemError(
    `EKS's calendar does not have Kubernetes ${target}: it covers ${covers?.from} to ${covers?.to}; choose a target within it, or update eks-tandem`,
  );
}

function pointsOf({ clusters, model }: Section): StartingPoint[] {
  return clusters.map((cluster) =>
    startingPoint(
      cluster,
      model.history?.find((each) => each.cluster === cluster.name),
    ),
  );
}

function refuseLower(points: readonly StartingPoint[], target: KubernetesVersion): void {
  const higher = points.find(({ start }) => KubernetesVersion.parse(start.version).isAfter(target));
  if (!higher) return;
  const { cluster, version } = higher.start;
  throw new TandemError(
    `cluster ${cluster} runs ${version}, and ${target} is below: a plan only goes up. EKS takes a control plane back by one minor version ` +
      "within days of its upgrade; declare it with rollback({ to, because }). For another pair, say which with --pair",
  );
}

function isThere({ cluster, start }: StartingPoint, target: KubernetesVersion): boolean {
  return start.version === target.toString() && groupsBehind(cluster, target).length === 0;
}

type Wish = Pick<PlanRequest, "lock"> & { readonly target: KubernetesVersion; readonly nodes: NodeStrategy };

function route(section: Section, points: readonly StartingPoint[], { lock, target, nodes }: Wish): Route {
  const clusters = points.map(({ cluster }) => cluster);
  const hops = hopsTo(target, points);
  const position = firstPosition({ ...section.model, clusters });
  const walk = new Walk(position);
  const itinerary: Itinerary = { walk, shelf: shelfOf(lock, clusters), nodes, target, settled: new Set() };
  const walked = hops.map((hop) => walkHop(hop, section, itinerary));
  const blockers = [...walk.blockers].sort((a, b) => versionOf(a.hop).compare(versionOf(b.hop)));
  const [first] = blockers;
  return {
    ...(section.pair !== undefined && { pair: section.pair }),
    ...(section.soakDays !== undefined && { soakDays: section.soakDays }),
    starts: points.map(({ start }) => start),
    hops: walked.filter(
      ({ to, steps }) => steps.length > 0 && (!first || versionOf(to).isBefore(versionOf(first.hop))),
    ),
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
