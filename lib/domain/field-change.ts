import table from "../data/field-changes.json";
import type { DataHorizon } from "./data-horizon";
import { KubernetesVersion } from "./kubernetes-version";

/**
 * A field, annotation, label or value that a Kubernetes release deprecated or stopped honouring while the API that it stands in
 * lives on. Versions are minor versions such as `1.22`.
 */
export interface FieldChange {
  readonly id: string;
  /** The first release that warns of it; absent where it was never announced or nobody knows when. */
  readonly deprecatedIn?: string;
  /** The first release that refuses it, drops it or gives it another meaning; absent while it works everywhere. */
  readonly removedIn?: string;
  /** The release that took away the last way to switch it on again. */
  readonly hardRemovedIn?: string;
  /** What it means to still use it once it is removed. */
  readonly severity: "error" | "warning" | "note";
  /**
   * `manifests`: judged on Kubernetes objects. `api-lifecycle`: the API table says it of the whole kind. Everything else stands in
   * files that this project does not read: nothing judges it.
   */
  readonly scope: "manifests" | "api-lifecycle" | "client-config" | "control-plane-config";
  /** True for what EKS changed and upstream Kubernetes did not. */
  readonly eksOnly?: boolean;
  /** Kinds of objects that are judged; outside of scope `manifests`, where it would be found. */
  readonly appliesTo: readonly string[];
  /** Where else it may stand, unjudged. */
  readonly elsewhere?: readonly string[];
  /** What an object must have to be hit, any one of these; present in scope `manifests`. */
  readonly match?: readonly FieldMatch[];
  /** How to do without it. */
  readonly advice: string;
  readonly sources: readonly string[];
  /** `verified`, or what of the row is not. */
  readonly confidence: string;
}

/**
 * Hits an object when a value at one of `paths` fulfils every condition given; a value alone will do where none is given.
 * Null is no value, as in Kubernetes.
 */
export interface FieldMatch {
  /**
   * `spec.rules[].host`: `[]` is each item of a sequence, `*` each value of a mapping, `~` each key of a mapping, `["a.b"]` a key with
   * dots. A path may begin with a `{place}`: the places of the kind, or those of the table.
   */
  readonly paths: readonly string[];
  /** The value is this one; sequences and mappings are compared whole. */
  readonly equals?: unknown;
  readonly prefix?: string;
  readonly regex?: string;
  /** A word that stands in every text that `regex` matches: where it is missing, nobody need look. */
  readonly word?: string;
  /** The value is a mapping without this field. */
  readonly absent?: string;
  /** The value is an IP address or a CIDR in a form that strict validation refuses. */
  readonly address?: "ip" | "cidr";
  /** No hit when a value stands at one of these paths of the object. */
  readonly unless?: readonly string[];
  /** With `prefix`: no hit when the container that is named after the prefix has a value at this path. */
  readonly unlessContainerHas?: string;
  /** Only objects of these API versions. */
  readonly onlyApiVersion?: readonly string[];
}

const rows = table.rows as readonly FieldChange[];
const kinds: Readonly<Record<string, Kind>> = table.kinds;
const places: Readonly<Record<string, readonly string[]>> = table.places;

/** A kind's API groups, and its own places under their names. */
type Kind = Readonly<Record<string, string | readonly string[]>> & { readonly groups: readonly string[] };

let byId: ReadonlyMap<string, FieldChange> | undefined;

/** The change with this id; undefined when the table has none. */
export function fieldChange(id: string): FieldChange | undefined {
  byId ??= new Map(rows.map((row) => [row.id, row]));
  return byId.get(id);
}

/** All changes, sorted by id. */
export function fieldChanges(): readonly FieldChange[] {
  return rows;
}

/** Whether objects of this kind and API group are judged at all: kinds of other projects may bear the same name. */
export function hasFieldChanges(group: string, kind: string): boolean {
  return Object.hasOwn(kinds, kind) && (kinds[kind]?.groups.includes(group) ?? false);
}

/**
 * The paths that a path stands for in objects of one kind: `{podSpec}.hostPID` is `spec.template.spec.hostPID` in a Deployment.
 * @returns no path where the kind has no such place.
 */
export function pathsInKind(path: string, kind: string): readonly string[] {
  const [, place, rest = ""] = /^\{(\w+)\}\.?(.*)$/.exec(path) ?? [];
  if (place === undefined) return [path];
  const own = kinds[kind]?.[place];
  const starts = typeof own === "string" ? [own] : (places[place] ?? []);
  return starts.flatMap((start) => pathsInKind(joined(start, rest), kind));
}

function joined(start: string, rest: string): string {
  return start === "" || rest === "" || /^[[~]/.test(rest) ? start + rest : `${start}.${rest}`;
}

/**
 * What a Kubernetes release does with it. `removed` from the release that stops honouring it by default, even where it could still be
 * switched on again (`hardRemovedIn`).
 */
export function fieldStatus(change: FieldChange, version: KubernetesVersion): "unaffected" | "deprecated" | "removed" {
  if (isReached(change.removedIn, version)) return "removed";
  return isReached(change.deprecatedIn, version) ? "deprecated" : "unaffected";
}

/** How far the table reaches. */
export function fieldChangesHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

function isReached(release: string | undefined, version: KubernetesVersion): boolean {
  return release !== undefined && !version.isBefore(KubernetesVersion.parse(release));
}
