import type { UnknownValue } from "../domain/model";
import { nearestWord } from "../domain/nearest-word";
import { isRecord } from "../manifests/plain-value";
import type { ChartTree, Values } from "./chart-tree";

/** Keys that Helm knows of any chart. */
const HELMS_OWN = ["global", "tags", "exports"];

/**
 * Keys of the values that a chart does not know: they are in no values.yaml, its schema does not name them, and no template reads
 * them. Below a key whose value a template takes whole (`toYaml .Values.resources`) anything goes. A misspelt key changes nothing and
 * nobody says so: Helm does not.
 */
export function unknownValues(tree: ChartTree, own: Values): UnknownValue[] {
  const { subcharts } = tree;
  const ownOfSubcharts = subcharts.flatMap(({ dependency: { key }, tree: subchart }) => {
    const below = own[key];
    return isRecord(below)
      ? unknownValues(subchart, below).map((each) => ({ ...each, key: `${key}.${each.key}` }))
      : [];
  });
  const passedOver = [...HELMS_OWN, ...subcharts.map(({ dependency }) => dependency.key)];
  const others = Object.fromEntries(Object.entries(own).filter(([key]) => !passedOver.includes(key)));
  return [...unknownIn({ tree, schema: schemaOf(tree), at: [] }, others, tree.defaults), ...ownOfSubcharts];
}

interface Level {
  readonly tree: ChartTree;
  /** The part of values.schema.json that speaks of this level. */
  readonly schema: unknown;
  readonly at: readonly string[];
}

function unknownIn(level: Level, own: Values, defaults: Values): UnknownValue[] {
  if (Object.keys(defaults).length === 0 && level.at.length > 0) return [];
  if (isTakenWhole(level)) return [];
  return Object.entries(own).flatMap(([key, value]) => {
    const at = [...level.at, key];
    if (Object.hasOwn(defaults, key)) {
      const below = defaults[key];
      if (!isRecord(value) || !isRecord(below)) return [];
      return unknownIn({ tree: level.tree, schema: propertyOf(level.schema, key), at }, value, below);
    }
    if (isInSchema(level.schema, key) || isRead(level.tree, key)) return [];
    const nearest = nearestWord(key, Object.keys(defaults));
    return [{ key: at.join("."), ...(nearest !== undefined && { nearest: [...level.at, nearest].join(".") }) }];
  });
}

function isRead({ templates }: ChartTree, key: string): boolean {
  const escaped = escapedForPattern(key);
  return new RegExp(`\\.${escaped}(?![\\w-])|["'\`]${escaped}["'\`]`).test(templates);
}

/** A template that only asks whether the mapping is there goes on to read its keys; any other takes it as it is. */
function isTakenWhole({ tree, at }: Level): boolean {
  if (at.length === 0) return false;
  const whole = new RegExp(`\\{\\{-?([^{}]*?)\\$?\\.Values\\.${at.map(escapedForPattern).join("\\.")}(?![\\w.-])`, "g");
  return [...tree.templates.matchAll(whole)].some(
    ([, before = ""]) => !/^[\s(]*(?:(?:else )?if|with|and|or|not|[\s(])*$/.test(before),
  );
}

function schemaOf({ schema }: ChartTree): unknown {
  try {
    return schema === undefined ? undefined : JSON.parse(schema);
  } catch {
    return undefined; // what is wrong with it is told by `invalidValues`
  }
}

/** Also true where the schema has patterns for keys or forbids what it does not name: `invalidValues` then says so. */
function isInSchema(schema: unknown, key: string): boolean {
  if (!isRecord(schema)) return false;
  const { properties, patternProperties, additionalProperties } = schema;
  if (isRecord(properties) && Object.hasOwn(properties, key)) return true;
  if (isRecord(patternProperties) && Object.keys(patternProperties).length > 0) return true;
  return additionalProperties === false || isRecord(additionalProperties);
}

function propertyOf(schema: unknown, key: string): unknown {
  if (!isRecord(schema) || !isRecord(schema.properties)) return undefined;
  return schema.properties[key];
}

function escapedForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
