import type AjvClass from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { InvalidValue } from "../domain/model";
import { isRecord } from "../manifests/plain-value";
import { type ChartTree, isEnabled, mergedValues, type Values } from "./chart-tree";

/**
 * What values.schema.json says against the values, the chart's own and those of the subcharts that are switched on: what Helm checks
 * before it renders. Messages hold keys and what is expected, never a value.
 */
export function invalidValues(tree: ChartTree, own: Values): InvalidValue[] {
  return invalidIn(tree, mergedValues(tree, own), "");
}

function invalidIn({ schema, subcharts }: ChartTree, values: Values, at: string): InvalidValue[] {
  const enabled = subcharts.filter(({ dependency }) => isEnabled(dependency, values));
  return [
    ...(schema === undefined ? [] : against(schema, values, at)),
    ...enabled.flatMap(({ dependency: { key }, tree }) =>
      invalidIn(tree, isRecord(values[key]) ? values[key] : {}, `${at}${key}.`),
    ),
  ];
}

function against(schema: string, values: Values, at: string): InvalidValue[] {
  let validate: ValidateFunction;
  try {
    validate = compiled(schema);
  } catch (error) {
    const [reason] = String((error as Error).message).split("\n");
    return [{ key: at.slice(0, -1), problem: `values.schema.json cannot be used: ${reason}`, unchecked: true }];
  }
  if (validate(values)) return [];
  const problems = (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== "if")
    .map((error) => problemOf(error, at));
  return [...new Map(problems.map((each) => [`${each.key} ${each.problem}`, each])).values()];
}

const compiledSchemas = new Map<string, ValidateFunction>();

function compiled(text: string): ValidateFunction {
  const known = compiledSchemas.get(text);
  if (known) return known;
  const schema: unknown = JSON.parse(text);
  if (!isRecord(schema)) throw new Error("it is no JSON object");
  // An id would be registered, and two charts may share one.
  const { $id: _id, id: _olderId, $schema: dialect, ...rules } = schema;
  const validate = validatorOf(String(dialect ?? "")).compile(rules);
  compiledSchemas.set(text, validate);
  return validate;
}

/** Loaded when a chart has a schema: ajv takes as long to load as many charts to judge. */
function validatorOf(dialect: string): AjvClass {
  const options = { strict: false, allErrors: true, validateFormats: true, logger: false } as const;
  const formats = require("ajv-formats") as typeof import("ajv-formats");
  const ajv = new (classFor(dialect))(options);
  formats.default(ajv);
  return ajv;
}

function classFor(dialect: string): typeof AjvClass {
  if (dialect.includes("2020-12"))
    return (require("ajv/dist/2020") as typeof import("ajv/dist/2020")).default as unknown as typeof AjvClass;
  if (dialect.includes("2019-09"))
    return (require("ajv/dist/2019") as typeof import("ajv/dist/2019")).default as unknown as typeof AjvClass;
  if (dialect.includes("draft-04"))
    return (require("ajv-draft-04") as typeof import("ajv-draft-04")).default as unknown as typeof AjvClass;
  return (require("ajv") as typeof import("ajv")).default as unknown as typeof AjvClass;
}

function problemOf({ instancePath, keyword, message, params }: ErrorObject, at: string): InvalidValue {
  const key = `${at}${instancePath.slice(1).split("/").map(unescaped).join(".")}`.replace(/\.$/, "");
  if (keyword === "additionalProperties") {
    const { additionalProperty } = params as { additionalProperty: string };
    return {
      key: key === "" ? additionalProperty : `${key}.${additionalProperty}`,
      problem: "is not a key that the schema allows",
    };
  }
  if (keyword === "enum") {
    const { allowedValues } = params as { allowedValues: unknown[] };
    return { key, problem: `must be one of ${allowedValues.map((each) => JSON.stringify(each)).join(", ")}` };
  }
  return { key, problem: message ?? `breaks ${keyword} of the schema` };
}

/** JSON Pointer: `~1` is a slash, `~0` a tilde. */
function unescaped(segment: string): string {
  return segment.replace(/~1/g, "/").replace(/~0/g, "~");
}
