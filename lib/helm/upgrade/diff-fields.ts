import { isDeepStrictEqual } from "node:util";
import type { FieldChangeLine } from "../../domain/chart-diff";
import { namesSecret } from "../../domain/secret-name";
import { isRecord } from "../../manifests/plain-value";
import { diffList } from "./diff-list";
import { countedText, leafCount, type Secrecy, shownPair, shownText } from "./shown-text";

type Mapping = Readonly<Record<string, unknown>>;

/** A place in an object. */
export interface FieldPlace {
  /** `spec.template.spec.containers[web].image`. */
  readonly path: string;
  /** The fields that lead there. An item of a list is `[]`. */
  readonly fields: readonly string[];
  readonly secrecy: Secrecy;
  /** For an item of a list of named things: its name. */
  readonly name?: string;
}

/** A field that differs, with the fields that lead to it. */
export interface FieldDifference extends FieldChangeLine {
  readonly fields: readonly string[];
}

/** More values than these under a field that comes or goes as a whole are counted, not listed. */
const MOST_LISTED = 5;

/** Named after secrets and none themselves, but references to them. */
const REFERENCES = ["secretName", "secretKeyRef", "secretRef", "imagePullSecrets", "topologyKey"];
/** Where a field `key` is the name of a label, a taint or a file. */
const KEYED = ["tolerations", "taints", "matchExpressions", "matchFields", "items", "secretKeyRef", "configMapKeyRef"];

/** Where an object begins. */
export const ROOT: FieldPlace = { path: "", fields: [], secrecy: "open" };

/** Every field in which two values differ, as plain JSON without undefined. The order of keys plays no part. */
export function diffFields(before: unknown, after: unknown, at: FieldPlace = ROOT): FieldDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) return diffRecords(before, after, at);
  if (Array.isArray(before) && Array.isArray(after)) return diffList(before, after, at);
  if (before === undefined) return appeared(after, at, "to");
  if (after === undefined) return appeared(before, at, "from");
  return [{ path: at.path, fields: at.fields, ...shownPair(before, after, at.secrecy) }];
}

/** A place one field further down. `mappings` are the values that stand here. */
export function fieldBelow(at: FieldPlace, field: string, mappings: readonly Mapping[]): FieldPlace {
  const step = /^[\w-]+$/.test(field) ? `${at.path && "."}${field}` : `[${JSON.stringify(field)}]`;
  return { path: at.path + step, fields: [...at.fields, field], secrecy: secrecyOf(at, field, mappings) };
}

function diffRecords(before: Mapping, after: Mapping, at: FieldPlace): FieldDifference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields.flatMap((field) => diffFields(before[field], after[field], fieldBelow(at, field, [before, after])));
}

/** What comes or goes as a whole: its values one by one while they are few. */
function appeared(value: unknown, at: FieldPlace, side: "from" | "to"): FieldDifference[] {
  const isMapping = isRecord(value) && Object.keys(value).length > 0;
  if (isMapping && leafCount(value) <= MOST_LISTED) {
    return side === "to" ? diffFields({}, value, at) : diffFields(value, {}, at);
  }
  const text =
    isMapping && at.secrecy === "open" ? countedText(leafCount(value), "field") : shownText(value, at.secrecy);
  return [{ path: at.path, fields: at.fields, [side]: text }];
}

function secrecyOf(at: FieldPlace, field: string, mappings: readonly Mapping[]): Secrecy {
  if (at.secrecy !== "open" || isReference(at, field)) return at.secrecy;
  if (field === "key" && at.fields.some((above) => KEYED.includes(above))) return "open";
  const names = [at.name, ...mappings.flatMap(({ name, key }) => [name, key])];
  if (field === "value" && names.some((name) => typeof name === "string" && namesSecret(name))) return "fingerprint";
  return namesSecret(field) ? "fingerprint" : "open";
}

function isReference({ fields }: FieldPlace, field: string): boolean {
  return REFERENCES.includes(field) || (field === "secret" && fields.includes("volumes"));
}
