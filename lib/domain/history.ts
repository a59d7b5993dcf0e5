import { type ClusterState, chartPin } from "./cluster-state";
import { patched } from "./merge-patch";
import type { Json } from "./model";

/** One line of the history: what ran on a cluster from a moment on, as a change of what ran before. */
export interface HistoryEntry {
  /** `sha256:…` of the rest of the line: a line that was edited does not match it. */
  readonly id: string;
  /** The ids of the entries of this cluster that it follows: none for the first, several where it joins what diverged. */
  readonly follows: readonly string[];
  readonly cluster: string;
  /** When it was recorded: an RFC 3339 time in UTC, `2026-11-25T12:30:00Z`. */
  readonly at: string;
  /** Who recorded it. */
  readonly by: string;
  /** The Git commit that was deployed. */
  readonly commit?: string;
  /** `sha256:…` of what the model says of the cluster. */
  readonly modelHash: string;
  /** What the model was checked against before it was recorded. */
  readonly checkedAgainst?: "state" | "evidence";
  /** JSON merge patch (RFC 7396) from what the first of `follows` left to what runs now; of nothing for the first entry. */
  readonly changes: Json;
}

/** What the history says of a cluster. */
export interface ClusterHistory {
  readonly cluster: string;
  /** The newest entry: its id, time and author. */
  readonly latest: Pick<HistoryEntry, "id" | "at" | "by" | "commit">;
  /** What runs since then. */
  readonly state: ClusterState;
  /**
   * What it ever ran, oldest first, by part: `version`, `nodeGroups.general.version`, `addons.coredns`, `releases.cert-manager`.
   * A release's is its chart version and digest, `v1.21.0@sha256:…`.
   */
  readonly held: Readonly<Record<string, readonly Held[]>>;
  /** Present where two lines follow the same one, as after a merge of two branches that both recorded: the ids of the last ones. */
  readonly diverged?: readonly string[];
}

/** A version of something, and how long it ran. */
export interface Held {
  readonly pin: string;
  readonly from: string;
  /** Absent while it runs. */
  readonly until?: string;
}

/** Entries in the order in which they happened: by time, then id, so that every reader has the same. */
export function inOrder(entries: readonly HistoryEntry[]): HistoryEntry[] {
  return [...entries].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

/** What a history says of each cluster in it, by name. */
export function clusterHistories(entries: readonly HistoryEntry[]): ClusterHistory[] {
  const byCluster = new Map<string, HistoryEntry[]>();
  for (const entry of inOrder(entries)) {
    const own = byCluster.get(entry.cluster);
    if (own) own.push(entry);
    else byCluster.set(entry.cluster, [entry]);
  }
  return [...byCluster]
    .map(([cluster, own]) => clusterHistory(cluster, own))
    .sort((a, b) => compare(a.cluster, b.cluster));
}

/** The entries that no other follows: one, or several where the history diverged. */
export function lastEntries(own: readonly HistoryEntry[]): HistoryEntry[] {
  const followed = new Set(own.flatMap(({ follows }) => follows));
  return own.filter(({ id }) => !followed.has(id));
}

function clusterHistory(cluster: string, own: readonly HistoryEntry[]): ClusterHistory {
  const states = statesOf(own);
  const last = lastEntries(own);
  const latest = last.at(-1) as HistoryEntry;
  const { id, at, by, commit } = latest;
  return {
    cluster,
    latest: { id, at, by, ...(commit !== undefined && { commit }) },
    state: states.get(latest.id) as ClusterState,
    held: heldOf(own, states),
    ...(last.length > 1 && { diverged: last.map((entry) => entry.id) }),
  };
}

/** What ran after each entry, by its id. */
export function statesOf(own: readonly HistoryEntry[]): ReadonlyMap<string, ClusterState> {
  const states = new Map<string, ClusterState>();
  for (const { id, follows, changes } of own) {
    const before = follows[0] === undefined ? undefined : states.get(follows[0]);
    states.set(id, patched(before as Json | undefined, changes) as unknown as ClusterState);
  }
  return states;
}

function heldOf(
  own: readonly HistoryEntry[],
  states: ReadonlyMap<string, ClusterState>,
): Readonly<Record<string, readonly Held[]>> {
  const held = new Map<string, Span[]>();
  let previous: HistoryEntry | undefined;
  for (const entry of own) {
    const state = states.get(entry.id) as ClusterState;
    // Most entries follow the one before: only what they name can have changed, and they name little.
    const follows = previous !== undefined && entry.follows[0] === previous.id;
    const parts = follows ? partsOf(entry.changes as unknown as ClusterState) : [...held.keys(), ...partsOf(state)];
    for (const part of new Set(parts)) held.set(part, prolonged(held.get(part) ?? [], pinOf(state, part), entry.at));
    previous = entry;
  }
  return Object.fromEntries(held);
}

type Span = { -readonly [K in keyof Held]: Held[K] };

/** The spans of a part that has `pin` from a moment on; undefined: that is gone. */
function prolonged(spans: Span[], pin: string | undefined, at: string): Span[] {
  const last = spans.at(-1);
  const running = last && last.until === undefined ? last : undefined;
  if (running?.pin === pin) return spans;
  if (running) running.until = at;
  if (pin !== undefined) spans.push({ pin, from: at });
  return spans;
}

/** The parts of a state, or of a change of one, as in `ClusterHistory.held`. */
export function partsOf(state: Partial<ClusterState>): string[] {
  const { version, nodeGroups = {}, addons = {}, releases = {} } = state;
  return [
    ...(version === undefined ? [] : ["version"]),
    ...Object.keys(nodeGroups).map((name) => `nodeGroups.${name}.version`),
    ...Object.keys(addons).map((name) => `addons.${name}`),
    ...Object.keys(releases).map((name) => `releases.${name}`),
  ];
}

/** What a state pins of a part; undefined where it has none. */
export function pinOf(state: ClusterState, part: string): string | undefined {
  const [kind, name] = split(part);
  if (kind === "version") return state.version;
  if (kind === "addons") return own(state.addons, name);
  if (kind === "nodeGroups") return own(state.nodeGroups, name.replace(/\.version$/, ""))?.version;
  const release = own(state.releases, name);
  return release && chartPin(release.chart, release.digest);
}

/** The kind of a part and what follows its first dot: names may have dots of their own. */
function split(part: string): [string, string] {
  const dot = part.indexOf(".");
  return dot < 0 ? [part, ""] : [part.slice(0, dot), part.slice(dot + 1)];
}

function own<T>(parts: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
