import { dayOf } from "../domain/calendar-date";
import { type ClusterState, chartPin, clusterState } from "../domain/cluster-state";
import { type ClusterHistory, type Held, partsOf, pinOf } from "../domain/history";
import type { Addon, Cluster, Model, NodeGroup, Pair, Release } from "../domain/model";
import { type PairedClusters, pairedClusters } from "../domain/twins";

/**
 * Where a plan is on its way: the clusters of one route as they run by then, their history as if every step had been recorded, and the
 * day. A value; each step gives another.
 */
export interface Position {
  readonly model: Model;
  /** Since when each part runs what it runs, where that is known: by cluster and part, as `partKey` writes them. */
  readonly since: ReadonlyMap<string, string>;
}

/** A part of a cluster, as the history names it: `version`, `addons.coredns`. */
export function partKey(cluster: string, part: string): string {
  return `${cluster} ${part}`;
}

/** The position before the first step. */
export function firstPosition(model: Model): Position {
  const since = (model.history ?? []).flatMap(({ cluster, held }) =>
    Object.entries(held).flatMap(([part, spans]): [string, string][] => {
      const last = spans.at(-1);
      return last && last.until === undefined ? [[partKey(cluster, part), dayOf(last.from)]] : [];
    }),
  );
  return { model, since: new Map(since) };
}

/** The cluster of this name; a position has all those of its route. */
export function clusterOf({ model }: Position, name: string): Cluster {
  return model.clusters.find((cluster) => cluster.name === name) as Cluster;
}

/** The pair of a route; undefined for a cluster without a twin. */
function pairOf({ model }: Position): PairedClusters | undefined {
  return pairedClusters(model)[0];
}

/** The other cluster of the pair. */
export function twinOf(position: Position, { name }: Cluster): Cluster | undefined {
  const paired = pairOf(position);
  if (!paired) return undefined;
  return paired.staging.name === name ? paired.production : paired.staging;
}

/**
 * The model that synth would see once the code of a step is written, and before it is deployed: the cluster as it will be, and a history
 * that does not know of it. What the step makes different between the twins is declared, as the step says how.
 */
export function described({ model }: Position, after: Cluster): Model {
  const changed = {
    ...model,
    clusters: model.clusters.map((cluster) => (cluster.name === after.name ? after : cluster)),
  };
  const before = model.clusters.find(({ name }) => name === after.name);
  const paths = before ? changesBetween(before, after).map(({ path }) => path) : [];
  return { ...changed, pairs: changed.pairs.map((pair) => declaring(pair, paths)) };
}

/** The position once a step is deployed and recorded. */
export function deployed(position: Position, after: Cluster): Position {
  const model = described(position, after);
  const before = clusterOf(position, after.name);
  const changes = changesBetween(before, after).filter(({ part }) => part !== undefined);
  const since = new Map(position.since);
  for (const { part } of changes) since.set(partKey(after.name, String(part)), model.asOf);
  const history = model.history?.map((each) =>
    each.cluster === after.name ? recorded(each, after, model.asOf) : each,
  );
  return { model: { ...model, ...(history && { history }) }, since };
}

/** The position some days later. */
export function later({ model, since }: Position, asOf: string): Position {
  return { model: { ...model, asOf }, since };
}

interface Change {
  /** As in `Difference.path`. */
  readonly path: string;
  /** As in `ClusterHistory.held`; absent for what it does not hold. */
  readonly part?: string;
}

function changesBetween(before: Cluster, after: Cluster): Change[] {
  return [
    ...(before.version === after.version ? [] : [{ path: "versions.controlPlane", part: "version" }]),
    ...changedParts(before.nodeGroups, after.nodeGroups).flatMap((name) => [
      { path: `nodeGroups.${name}.version`, part: `nodeGroups.${name}.version` },
      { path: `nodeGroups.${name}.releaseVersion` },
    ]),
    ...changedParts(before.addons, after.addons).map((name) => ({
      path: `addons.${name}.version`,
      part: `addons.${name}`,
    })),
    ...changedReleases(before.releases, after.releases).flatMap((name) => [
      { path: `releases.${name}.chart`, part: `releases.${name}` },
      { path: `releases.${name}.appVersion` },
    ]),
  ];
}

function changedParts(before: readonly (NodeGroup | Addon)[], after: readonly (NodeGroup | Addon)[]): string[] {
  return after.filter((part, index) => before[index]?.version !== part.version).map(({ name }) => name);
}

function changedReleases(before: readonly Release[], after: readonly Release[]): string[] {
  return after
    .filter((release, index) => release !== before[index] && isOtherChart(release, before[index]))
    .map(({ name }) => name);
}

function isOtherChart({ chart }: Release, before: Release | undefined): boolean {
  return before === undefined || chartPin(chart, undefined) !== chartPin(before.chart, undefined);
}

function declaring(pair: Pair, paths: readonly string[]): Pair {
  const known = new Set(pair.differences.map(({ path }) => path));
  const fresh = paths.filter((path) => !known.has(path));
  const declared = fresh.map((path) => ({ path, staging: null, production: null, because: "staging goes first" }));
  return { ...pair, differences: [...pair.differences, ...declared] };
}

/** A history that has one entry more. */
function recorded(history: ClusterHistory, after: Cluster, day: string): ClusterHistory {
  const at = `${day}T23:59:59Z`;
  const { state: before, held } = history;
  const now = stateOf(after, before);
  const moved = partsOf(now).filter((part) => pinOf(now, part) !== pinOf(before, part));
  const spans = moved.map((part) => [part, [...ended(held[part] ?? [], at), { pin: pinOf(now, part), from: at }]]);
  return { ...history, latest: { ...history.latest, at }, state: now, held: { ...held, ...Object.fromEntries(spans) } };
}

/** What runs after a step; of what it leaves alone, what was recorded. Versions that only Terraform knows are not recorded. */
function stateOf(after: Cluster, before: ClusterState): ClusterState {
  const nodeGroups = after.nodeGroups.filter(({ version, amiType }) => version !== null && amiType !== null);
  const now = clusterState(
    { ...after, nodeGroups: nodeGroups.map(withoutTerraformRelease), addons: after.addons.filter(isKnown) },
    () => "",
  );
  const releases = Object.entries(now.releases).map(([name, release]) => {
    const old = before.releases[name];
    return [name, old && chartPin(old.chart, undefined) === chartPin(release.chart, undefined) ? old : release];
  });
  return { ...now, releases: Object.fromEntries(releases), manifests: before.manifests };
}

function withoutTerraformRelease(group: NodeGroup): NodeGroup {
  if (group.releaseVersion !== null) return group;
  const { releaseVersion: _releaseVersion, ...rest } = group;
  return rest;
}

function isKnown({ version }: Addon): boolean {
  return version !== null;
}

function ended(spans: readonly Held[], at: string): Held[] {
  return spans.map((span) => (span.until === undefined ? { ...span, until: at } : span));
}
