import { removalsBetween, serving } from "../domain/api-lifecycle";
import { daysBetween } from "../domain/calendar-date";
import { type EksPrices, eksPrices, eksRelease, eksSupport } from "../domain/eks-calendar";
import { fieldChange, fieldStatus } from "../domain/field-change";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Environment, ObjectFacts, SupportType } from "../domain/model";
import { identityOf } from "../domain/twin-differences";
import { formatSubject, placedObjects } from "../rules/placed-objects";
import { endedAmi } from "./node-turn";
import type { Blocker, Hop, NodeStrategy, Route, Start } from "./plan";
import type { PlanRequest } from "./plan-upgrade";
import { routeSize } from "./route-size";
import { walkRoute } from "./walk-route";
import { type WantedRoute, wantedRoutes } from "./wanted-routes";

/** How hard the way to a version will be. Plain JSON. */
export interface Forecast {
  readonly to: string;
  readonly asOf: string;
  readonly prices: EksPrices;
  readonly routes: readonly ForecastRoute[];
}

export interface ForecastRoute {
  /** Absent for a cluster without a twin. */
  readonly pair?: string;
  readonly starts: readonly Start[];
  readonly support: readonly ClusterSupport[];
  readonly hops: readonly ForecastHop[];
}

/** How long EKS supports what a cluster runs, and what that costs. */
export interface ClusterSupport {
  readonly cluster: string;
  readonly environment?: Environment;
  readonly version: string;
  readonly supportType: SupportType;
  readonly status: ReturnType<typeof eksSupport>["status"];
  /** Days until standard support ends; negative once it has. Absent where the calendar does not have the version. */
  readonly daysOfStandardSupport?: number;
  /** Days until EKS upgrades the cluster by itself; absent where the calendar does not say. */
  readonly daysOfExtendedSupport?: number;
  /** What the control plane costs in a month in standard support, and what in extended support; in the prices' currency. */
  readonly standardPerMonth: number;
  readonly extendedPerMonth: number;
}

/**
 * `routine`: nothing has to be done ahead. `preparation`: charts or add-ons have to move first, or EKS ends something that a cluster uses.
 * `hard`: Kubernetes removes something that a cluster uses, or there is no way yet.
 */
export type Difficulty = "routine" | "preparation" | "hard";

export interface ForecastHop {
  readonly from: string;
  readonly to: string;
  readonly difficulty: Difficulty;
  /** Why it is that hard; parts of a sentence. Empty for `routine`. */
  readonly because: readonly string[];
  /** APIs that Kubernetes removes in this version, actual and planned. */
  readonly removedUpstream: number;
  /** Objects of these clusters that use what the version removes, an API or a field: `Ingress "web/storefront" (extensions/v1beta1)`. */
  readonly removedOfOurs: readonly string[];
  /** Names of releases whose charts have to move first, or have nothing to move to. */
  readonly chartsFirst: readonly string[];
  /** Names of add-ons that have to move first. */
  readonly addonsFirst: readonly string[];
  /** Node groups rolled in this hop, by strategy. */
  readonly nodeRolls: Readonly<Record<NodeStrategy, number>>;
  readonly blockers: readonly Blocker[];
  /** Days until the version's own standard and extended support end; absent where the calendar does not say. */
  readonly daysOfStandardSupport?: number;
  readonly daysOfExtendedSupport?: number;
}

/** Hours of a month, as AWS's own calculator counts them. */
const HOURS_PER_MONTH = 730;

/**
 * Tells how hard the way to a Kubernetes version will be. From the first blocked hop on it tells what is known.
 * @throws TandemError as `planUpgrade`
 */
export function forecastUpgrade({ model, lock, to, pair }: Omit<PlanRequest, "nodes">): Forecast {
  const { target, routes } = wantedRoutes(model, to, pair);
  const forecastOf = (wanted: WantedRoute): ForecastRoute => {
    const { section, points } = wanted;
    const walked = (nodes: NodeStrategy) => walkRoute(section, points, { lock, target, nodes });
    const byStrategy = { "each-hop": walked("each-hop"), fewest: walked("fewest") };
    const clusters = points.map(({ cluster }) => cluster);
    return {
      ...(section.pair !== undefined && { pair: section.pair }),
      starts: points.map(({ start }) => start),
      support: clusters.map((cluster) => supportOf(cluster, model.asOf)),
      hops: byStrategy["each-hop"].hops.map((hop) => forecastHop(hop, byStrategy, clusters, model.asOf)),
    };
  };
  return { to: target.toString(), asOf: model.asOf, prices: eksPrices(), routes: routes.map(forecastOf) };
}

function supportOf({ name, environment, version, supportType }: Cluster, asOf: string): ClusterSupport {
  const { standardPerHour, extendedPerHour } = eksPrices();
  const stated = String(version);
  return {
    cluster: name,
    ...(environment && { environment }),
    version: stated,
    supportType,
    status: eksSupport(stated, asOf).status,
    ...daysLeft(stated, asOf),
    standardPerMonth: dollars(standardPerHour),
    extendedPerMonth: dollars(extendedPerHour),
  };
}

function dollars(perHour: number): number {
  return Math.round(perHour * HOURS_PER_MONTH * 100) / 100;
}

function daysLeft(version: string, asOf: string): Pick<ForecastHop, "daysOfStandardSupport" | "daysOfExtendedSupport"> {
  const release = eksRelease(version);
  if (!release) return {};
  const { endOfStandardSupport, endOfExtendedSupport } = release;
  return {
    daysOfStandardSupport: daysBetween(asOf, endOfStandardSupport),
    ...(endOfExtendedSupport !== undefined && { daysOfExtendedSupport: daysBetween(asOf, endOfExtendedSupport) }),
  };
}

function forecastHop(
  { from, to, steps }: Hop,
  byStrategy: Readonly<Record<NodeStrategy, Route>>,
  clusters: readonly Cluster[],
  asOf: string,
): ForecastHop {
  const ofHop = (strategy: NodeStrategy) => byStrategy[strategy].hops.filter((hop) => hop.to === to);
  const blockers = byStrategy["each-hop"].blockers.filter(({ hop }) => hop === to);
  const first = steps
    .filter(({ phase }) => phase === "before" || phase === "control-plane")
    .flatMap(({ moves }) => moves);
  const names = (kind: string) => first.filter((move) => move.kind === kind).map(({ name }) => name);
  const stuck = blockers.filter(({ kind }) => kind === "chart").map(({ name }) => name);
  const found = {
    removedOfOurs: removedOfOurs(clusters, KubernetesVersion.parse(from), KubernetesVersion.parse(to)),
    chartsFirst: [...new Set([...names("chart"), ...stuck])].sort(),
    addonsFirst: [...new Set(names("add-on"))].sort(),
    blockers,
  };
  const because = reasons(found, endedAmis(clusters, to));
  const isHard = found.removedOfOurs.length > 0 || blockers.length > 0;
  return {
    from,
    to,
    difficulty: isHard ? "hard" : because.length > 0 ? "preparation" : "routine",
    because,
    removedUpstream: removalsBetween(from, to).filter(({ category }) => category === "served").length,
    ...found,
    nodeRolls: {
      "each-hop": routeSize(ofHop("each-hop")).nodeRolls,
      fewest: routeSize(ofHop("fewest")).nodeRolls,
    },
    ...daysLeft(to, asOf),
  };
}

type Found = Pick<ForecastHop, "removedOfOurs" | "chartsFirst" | "addonsFirst" | "blockers">;

function reasons({ removedOfOurs, chartsFirst, addonsFirst, blockers }: Found, amis: readonly string[]): string[] {
  const some = (count: number, what: string, then = "") =>
    count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"}${then}`];
  return [
    ...some(blockers.length, "blocker"),
    ...some(removedOfOurs.length, "object", " of removed APIs or with removed fields"),
    ...some(chartsFirst.length, "chart", " first"),
    ...some(addonsFirst.length, "add-on", " first"),
    ...amis.map((ami) => `the end of AMI type ${ami}`),
  ];
}

/** Objects that break by what `to` removes and `from` still has. Of charts, what they render today. */
function removedOfOurs(clusters: readonly Cluster[], from: KubernetesVersion, to: KubernetesVersion): string[] {
  const removed = new Map<string, string>();
  for (const { object } of clusters.flatMap(placedObjects)) {
    if (losesApi(object, from, to) || losesField(object, from, to))
      removed.set(identityOf(object), `${formatSubject(object)} (${object.apiVersion})`);
  }
  return [...removed.values()].sort();
}

function losesApi({ apiVersion, kind }: ObjectFacts, from: KubernetesVersion, to: KubernetesVersion): boolean {
  return serving(apiVersion, kind, from) === "served" && serving(apiVersion, kind, to) === "removed";
}

function losesField({ fields = [] }: ObjectFacts, from: KubernetesVersion, to: KubernetesVersion): boolean {
  return fields.some((id) => {
    const change = fieldChange(id);
    if (change?.severity !== "error") return false;
    return fieldStatus(change, to) === "removed" && fieldStatus(change, from) !== "removed";
  });
}

/** AMI types of the clusters' own that EKS has for the version before and no longer for this one. */
function endedAmis(clusters: readonly Cluster[], to: string): string[] {
  const version = KubernetesVersion.parse(to);
  const ended = clusters
    .flatMap(({ nodeGroups }) => nodeGroups)
    .filter((group) => endedAmi(group, version)?.last === version.previous().toString());
  return [...new Set(ended.map(({ amiType }) => String(amiType)))].sort();
}
