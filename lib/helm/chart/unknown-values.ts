import type { UnknownValue } from "../../domain/model";
import { nearestWord } from "../../domain/nearest-word";
import { isRecord } from "../../manifests/plain-value";
import { type ChartTree, switchedOn, type Values } from "./chart-tree";
import { mergeTables } from "./coalesce-values";
import { TemplateReading } from "./template-reading";

/** Keys that Helm knows of any chart. */
const HELMS_OWN = ["global", "tags", "exports"];

/**
 * Keys of the values that a chart does not know: they are in no values.yaml, its schema does not name them, and no template reads
 * them. Below a key whose value a template takes whole (`toYaml .Values.resources`) anything goes. A misspelt key changes nothing and
 * nobody says so: Helm does not.
 */
export function unknownValues(tree: ChartTree, own: Values): UnknownValue[] {
  return unknownOf(tree, own, {}, new TemplateReading([...textsOf(tree), ...stringsIn(own)].join("\n")));
}

/** @param parents what the parent's values.yaml states for this chart */
function unknownOf(tree: ChartTree, own: Values, parents: Values, reading: TemplateReading): UnknownValue[] {
  const defaults = mergeTables(parents, switchedOn(tree, own).defaults, true);
  const ofSubcharts = tree.subcharts.flatMap(({ dependency: { key }, tree: subchart }) => {
    const [below, byParent] = [own[key], tree.defaults[key]];
    if (!isRecord(below)) return [];
    return unknownOf(subchart, below, isRecord(byParent) ? byParent : {}, reading).map((each) => ({
      key: `${key}.${each.key}`,
      ...(each.nearest !== undefined && { nearest: `${key}.${each.nearest}` }),
    }));
  });
  // The condition that switches a subchart on may stand among its values, which know nothing of it.
  const conditions = tree.metadata.dependencies.flatMap(({ condition }) => condition?.split(",") ?? []);
  const passedOver = new Set([...HELMS_OWN, ...tree.metadata.dependencies.map(({ key }) => key)]);
  const others = Object.fromEntries(Object.entries(own).filter(([key]) => !passedOver.has(key)));
  const unknown = unknownIn({ reading, schema: schemaOf(tree), at: [] }, others, defaults);
  return [...unknown, ...ofSubcharts].filter(({ key }) => !conditions.some((each) => `${each}.`.startsWith(`${key}.`)));
}

interface Level {
  readonly reading: TemplateReading;
  /** The part of values.schema.json that speaks of this level. */
  readonly schema: unknown;
  readonly at: readonly string[];
}

function unknownIn({ reading, schema, at }: Level, own: Values, defaults: Values): UnknownValue[] {
  const known = Object.keys(defaults);
  if (at.length > 0 && (known.length === 0 || !reading.readsByKey(at, known))) return [];
  if (at.length === 0 && reading.takesAll) return [];
  return Object.entries(own).flatMap(([key, value]) => {
    const here = [...at, key];
    if (Object.hasOwn(defaults, key)) {
      const below = defaults[key];
      if (!isRecord(value) || !isRecord(below)) return [];
      return unknownIn({ reading, schema: propertyOf(schema, key), at: here }, value, below);
    }
    if (isInSchema(schema, key) || reading.reads(key)) return [];
    const nearest = nearestWord(key, known);
    return [{ key: here.join("."), ...(nearest !== undefined && { nearest: [...at, nearest].join(".") }) }];
  });
}

/** A template of one chart may be called by another, and is given its values then. */
function textsOf({ templates, defaults, subcharts }: ChartTree): string[] {
  return [templates, ...stringsIn(defaults), ...subcharts.flatMap(({ tree }) => textsOf(tree))];
}

/** Texts among values that may be given to `tpl`. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return value.includes("{{") ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

function schemaOf({ schema }: ChartTree): unknown {
  try {
    return schema === undefined ? undefined : JSON.parse(schema);
  } catch {
    return undefined; // what is wrong with it is told by `invalidValues`
  }
}

/** Keywords that bring in other parts of a schema: what these name is left to `invalidValues`. */
const ELSEWHERE = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"];

/** Also true where the schema has patterns for keys or forbids what it does not name: `invalidValues` then says so. */
function isInSchema(schema: unknown, key: string): boolean {
  if (!isRecord(schema)) return false;
  const { properties, patternProperties, additionalProperties } = schema;
  if (isRecord(properties) && Object.hasOwn(properties, key)) return true;
  if (isRecord(patternProperties) && Object.keys(patternProperties).length > 0) return true;
  return additionalProperties === false || isRecord(additionalProperties) || isElsewhere(schema);
}

function propertyOf(schema: unknown, key: string): unknown {
  if (!isRecord(schema)) return undefined;
  const { properties } = schema;
  if (isRecord(properties) && Object.hasOwn(properties, key)) return properties[key];
  return isElsewhere(schema) ? schema : undefined;
}

function isElsewhere(schema: Readonly<Record<string, unknown>>): boolean {
  return ELSEWHERE.some((keyword) => Object.hasOwn(schema, keyword));
}
