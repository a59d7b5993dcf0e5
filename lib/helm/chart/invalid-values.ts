import type { ErrorObject, ValidateFunction } from "ajv";
import type { InvalidValue } from "../../domain/model";
import { isRecord } from "../../manifests/plain-value";
import { type ChartTree, mergedValues, switchedOn, type Values } from "./chart-tree";
import { valuesSchema } from "./values-schema";

/**
 * What values.schema.json says against the values, the chart's own and those of the subcharts that are switched on: what Helm checks
 * before it renders. Messages hold keys and what is expected, never a value.
 */
export function invalidValues(tree: ChartTree, own: Values): InvalidValue[] {
  return invalidIn(switchedOn(tree, own), mergedValues(tree, own), "");
}

function invalidIn({ schema, subcharts }: ChartTree, values: Values, at: string): InvalidValue[] {
  return [
    ...(schema === undefined ? [] : against(schema, values, at)),
    ...subcharts.flatMap(({ dependency: { key }, tree }) =>
      invalidIn(tree, isRecord(values[key]) ? values[key] : {}, `${at}${key}.`),
    ),
  ];
}

function against(schema: string, values: Values, at: string): InvalidValue[] {
  let validate: ValidateFunction;
  try {
    validate = valuesSchema(schema);
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

function problemOf({ instancePath, keyword, message, params }: ErrorObject, at: string): InvalidValue {
  const key = `${at}${instancePath.slice(1).split("/").map(unescaped).join(".")}`.replace(/\.$/, "");
  if (keyword === "additionalProperties") {
    const { additionalProperty } = params as { additionalProperty: string };
    return {
      key: key === "" ? additionalProperty : `${key}.${additionalProperty}`,
      problem: "is not a key that the schema allows",
    };
  }
  if (keyword === "false schema") return { key, problem: "is a key that the schema forbids" };
  if (keyword === "const") {
    const { allowedValue } = params as { allowedValue: unknown };
    return { key, problem: `must be ${JSON.stringify(allowedValue)}` };
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
