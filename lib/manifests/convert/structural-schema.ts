import { isRecord } from "../plain-value";

const FORBIDDEN = ["$ref", "definitions", "dependencies", "id", "patternProperties", "deprecated", "discriminator"];
const LOGIC = ["allOf", "anyOf", "oneOf", "not"];
/** What a schema within `allOf` and the like must not say. */
const OUTSIDE_OF_LOGIC = ["type", "description", "default", "nullable", "additionalProperties"];

/**
 * Why a schema is not structural, which `apiextensions.k8s.io/v1` requires; undefined when it is.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 * @param path where the schema stands, for the answer
 */
export function whyNotStructural(schema: unknown, path: string): string | undefined {
  if (!isRecord(schema)) return `${path} is not a schema`;
  if (schema.type !== "object") return `${path} has no type: object`;
  return whyNot(schema, path);
}

function whyNot(schema: unknown, path: string): string | undefined {
  if (!isRecord(schema)) return undefined;
  return (
    whyUntyped(schema, path) ??
    whyForbidden(schema, path) ??
    first(LOGIC, (key) =>
      first([schema[key]].flat().entries(), ([index, inner]) => whyLogic(inner, `${path}.${key}[${index}]`)),
    ) ??
    first(children(schema), ([key, child]) => whyNot(child, `${path}.${key}`))
  );
}

function whyUntyped(schema: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const needsNoType =
    schema["x-kubernetes-int-or-string"] === true || schema["x-kubernetes-preserve-unknown-fields"] === true;
  return schema.type || needsNoType ? undefined : `${path} has no type`;
}

function whyForbidden(schema: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const forbidden = FORBIDDEN.find((key) => schema[key] !== undefined && schema[key] !== null);
  if (forbidden !== undefined) return `${path} has ${forbidden}`;
  if (schema.uniqueItems === true) return `${path} has uniqueItems: true`;
  if (schema.additionalProperties === false) return `${path} has additionalProperties: false`;
  const hasBoth = isRecord(schema.properties) && schema.additionalProperties !== undefined;
  return hasBoth ? `${path} has both properties and additionalProperties` : undefined;
}

function whyLogic(schema: unknown, path: string): string | undefined {
  if (!isRecord(schema)) return undefined;
  const misplaced = schema["x-kubernetes-int-or-string"]
    ? undefined
    : OUTSIDE_OF_LOGIC.find((key) => schema[key] !== undefined && !isIntOrString(schema));
  if (misplaced !== undefined) return `${path} has ${misplaced}, which belongs outside`;
  return (
    first(LOGIC, (key) =>
      first([schema[key]].flat().entries(), ([index, inner]) => whyLogic(inner, `${path}.${key}[${index}]`)),
    ) ?? first(children(schema), ([key, child]) => whyLogic(child, `${path}.${key}`))
  );
}

/** `anyOf: [{type: integer}, {type: string}]` of an int-or-string is the one place where a type may stand. */
function isIntOrString({ type, ...others }: Readonly<Record<string, unknown>>): boolean {
  return (type === "integer" || type === "string") && Object.keys(others).length === 0;
}

/** The schemas of the fields and items within, with their paths. */
function children({ properties, items, additionalProperties }: Readonly<Record<string, unknown>>): [string, unknown][] {
  const fields = Object.entries(isRecord(properties) ? properties : {});
  return [
    ...fields.map(([name, schema]): [string, unknown] => [`properties.${name}`, schema]),
    ["items", items],
    ["additionalProperties", additionalProperties],
  ];
}

function first<T>(items: Iterable<T>, why: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const reason = why(item);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
