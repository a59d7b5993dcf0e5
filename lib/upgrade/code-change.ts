import type { Cluster, Json, Release } from "../domain/model";
import type { CodeChange, Move } from "./plan";
import { type Position, twinOf } from "./position";

/** A cluster before and after a change, and its twin beside it. */
interface Turn {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly twin: Cluster | undefined;
}

/** What to write in the code for the moves of a step. */
export function codeChanges(position: Position, before: Cluster, after: Cluster, moves: readonly Move[]): CodeChange[] {
  const turn = { before, after, twin: twinOf(position, before) };
  const groups = moves.filter(({ kind }) => kind === "node-group").map(({ name }) => name);
  return [
    ...moves.flatMap((move) => {
      if (move.kind === "control-plane") return [controlPlaneChange(turn)];
      if (move.kind === "add-on") return [addonChange(move, turn)];
      return move.kind === "chart" ? chartChanges(move, turn) : [];
    }),
    ...(groups.length > 0 ? nodeChanges(groups, turn) : []),
  ];
}

function controlPlaneChange(turn: Turn): CodeChange {
  const { before, after, twin } = turn;
  return {
    ...sided(turn, "versions.controlPlane", after.version, twin?.version, (value) => `controlPlane: ${value}`),
    ...placeOf(before),
  };
}

/** `versions.nodes` moves every group that names no version of its own; where all of them move together, it is the one to change. */
function nodeChanges(names: readonly string[], turn: Turn): CodeChange[] {
  const { before, after, twin } = turn;
  const moved = before.nodeGroups.filter(({ name }) => names.includes(name));
  const version = after.nodeGroups.find(({ name }) => names.includes(name))?.version ?? null;
  const isOne = moved.length === before.nodeGroups.length && new Set(moved.map((group) => group.version)).size === 1;
  const twinVersions = new Set(twin?.nodeGroups.map((group) => group.version));
  const releases = moved
    .filter(({ releaseVersion }) => releaseVersion !== undefined)
    .map((group) => ({
      ...sided(turn, `nodeGroups.${group.name}.releaseVersion`, null, undefined, () => "releaseVersion: …"),
      ...placeOf(group),
    }));
  if (isOne && twinVersions.size <= 1) {
    const [theirs] = twinVersions;
    return [
      {
        ...sided(turn, "versions.nodes", version, twin && (theirs ?? null), (value) => `nodes: ${value}`),
        ...placeOf(before),
      },
      ...releases,
    ];
  }
  const own = moved.map((group) => {
    const theirs = twin?.nodeGroups.find(({ name }) => name === group.name);
    return {
      ...sided(turn, `nodeGroups.${group.name}.version`, version, theirs?.version, (value) => `version: ${value}`),
      ...placeOf(group),
    };
  });
  return [...own, ...releases];
}

function addonChange({ name }: Move, turn: Turn): CodeChange {
  const addon = turn.before.addons.find((each) => each.name === name);
  const version = turn.after.addons.find((each) => each.name === name)?.version ?? null;
  const isKnown = version !== addon?.version;
  const theirs = turn.twin?.addons.find((each) => each.name === name);
  const path = `addons.${name}.version`;
  return {
    ...(isKnown
      ? sided(turn, path, version, theirs?.version, (value) => `version: ${value}`)
      : sided(turn, path, null, theirs?.version, () => "version: …")),
    ...(addon && placeOf(addon)),
  };
}

function chartChanges({ name }: Move, turn: Turn): CodeChange[] {
  const find = (cluster: Cluster | undefined) => cluster?.releases.find((each) => each.name === name);
  const [before, after, theirs] = [find(turn.before), find(turn.after), find(turn.twin)];
  if (!before || !after) return [];
  const path = `releases.${name}.chart.version`;
  const isKnown = versionOf(after) !== versionOf(before);
  const chart = isKnown
    ? sided(turn, path, versionOf(after), theirs && versionOf(theirs), (value) => chartCode(after, value))
    : sided(turn, path, null, theirs && versionOf(theirs), () => chartCode(before, "…"));
  const app = after.appVersion;
  const isStated = before.appVersion !== undefined && app !== undefined && app !== before.appVersion;
  const stated = isStated
    ? [sided(turn, `releases.${name}.appVersion`, app, theirs?.appVersion, (value) => `appVersion: ${value}`)]
    : [];
  return [chart, ...stated].map((change) => ({ ...change, ...placeOf(before) }));
}

function versionOf({ chart }: Release): string {
  return chart.source === "local" ? "" : chart.version;
}

function chartCode({ chart }: Release, version: string): string {
  if (chart.source === "oci") return `chart: HelmChart.oci(${JSON.stringify(chart.reference)}, ${version})`;
  if (chart.source === "local") return `chart: HelmChart.local(${JSON.stringify(chart.folder)})`;
  return `chart: HelmChart.repository(${JSON.stringify(chart.url)}, ${JSON.stringify(chart.name)}, ${version})`;
}

/**
 * A change of one side of a pair. Once both sides are the same, there is nothing to tell apart.
 * @param code the line, from the value as TypeScript writes it
 */
function sided(
  { before }: Turn,
  path: string,
  value: Json,
  twin: Json | undefined,
  code: (value: string) => string,
): CodeChange {
  const { environment } = before;
  const told = { path, value, code: code(JSON.stringify(value)) };
  if (environment === undefined) return told;
  if (twin === undefined || value === null || twin === value)
    return { ...told, side: environment, ...(twin !== undefined && { twin }) };
  const [staging, production] = environment === "staging" ? [value, twin] : [twin, value];
  const differs = `differs({ staging: ${JSON.stringify(staging)}, production: ${JSON.stringify(production)}, because: ${JSON.stringify(`${staging} soaks in staging`)} })`;
  return { ...told, side: environment, twin, code: code(differs) };
}

function placeOf({ location }: Pick<Cluster, "location">): Pick<CodeChange, "location"> {
  return location ? { location } : {};
}
