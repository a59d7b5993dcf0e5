import type AjvClass from "ajv";
import type { Options, ValidateFunction } from "ajv";
import { isRecord } from "../../manifests/plain-value";
import { goPattern, isGoPattern } from "./go-pattern";

const DIALECTS = ["draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12"] as const;
type Dialect = (typeof DIALECTS)[number];

/** What Helm takes where a schema does not say. */
const NEWEST: Dialect = "draft/2020-12";

/** Keywords that ajv knows in a dialect before there were any. */
const TOO_NEW: Readonly<Partial<Record<Dialect, readonly string[]>>> = {
  "draft-04": ["const", "contains", "propertyNames", "if", "then", "else"],
  "draft-06": ["if", "then", "else"],
};

/** Those that Helm knows and judges as ajv does. */
const FORMATS = ["date", "date-time", "hostname", "ipv4", "ipv6", "json-pointer", "uri", "uuid"] as const;

const compiled = new Map<string, ValidateFunction>();

/**
 * A chart's values.schema.json, ready to judge values as Helm does since 3.18. (Helm before that knows nothing newer than draft-07, and
 * asserts formats in every dialect.) Nothing is fetched.
 * @param text the file
 * @throws Error when it is no schema that can be used
 */
export function valuesSchema(text: string): ValidateFunction {
  const known = compiled.get(text);
  if (known) return known;
  const schema: unknown = JSON.parse(text);
  if (!isRecord(schema) && typeof schema !== "boolean") throw new Error("it is no JSON object");
  const dialect = dialectOf(schema);
  const isOlder = !dialect.startsWith("draft/");
  const ajv = validatorOf(dialect, isOlder);
  const { $schema: _, ...rules } = isRecord(schema) ? (asMeant(schema, isOlder) as Record<string, unknown>) : {};
  const meant = typeof schema === "boolean" ? schema : rules;
  if (!ajv.validateSchema(meant)) throw new Error(ajv.errorsText(ajv.errors?.slice(0, 1), { dataVar: "" }));
  const validate = ajv.compile(meant);
  compiled.set(text, validate);
  return validate;
}

function dialectOf(schema: boolean | Record<string, unknown>): Dialect {
  const stated = typeof schema === "boolean" ? undefined : schema.$schema;
  const [, name] = /^https?:\/\/json-schema\.org\/(?:(.+)\/)?schema#?$/.exec(String(stated)) ?? [];
  if (stated === undefined || (name === undefined && /^https?:\/\/json-schema\.org\/schema/.test(String(stated))))
    return NEWEST;
  const dialect = DIALECTS.find((each) => each === name);
  if (!dialect) throw new Error(`its $schema ${JSON.stringify(stated)} is no dialect of JSON Schema`);
  return dialect;
}

/** Loaded when a chart has a schema: ajv takes as long to load as many charts to judge. */
function validatorOf(dialect: Dialect, isOlder: boolean): AjvClass {
  const regExp = Object.assign((pattern: string) => goPattern(pattern), { code: "new RegExp" });
  const options: Options = {
    ...{ strict: false, allErrors: true, logger: false, multipleOfPrecision: 9 },
    validateFormats: isOlder,
    code: { regExp },
  };
  const formats = require("ajv-formats") as typeof import("ajv-formats");
  const ajv = new (classFor(dialect))(options);
  formats.default(ajv, [...FORMATS]);
  ajv.addFormat("email", /^[^@\s<>]+@[^@\s<>]+$/);
  ajv.addFormat("regex", isGoPattern);
  for (const keyword of TOO_NEW[dialect] ?? []) ajv.removeKeyword(keyword);
  return ajv;
}

function classFor(dialect: Dialect): typeof AjvClass {
  if (dialect === "draft/2020-12")
    return (require("ajv/dist/2020") as typeof import("ajv/dist/2020")).default as unknown as typeof AjvClass;
  if (dialect === "draft/2019-09")
    return (require("ajv/dist/2019") as typeof import("ajv/dist/2019")).default as unknown as typeof AjvClass;
  if (dialect === "draft-04")
    return (require("ajv-draft-04") as typeof import("ajv-draft-04")).default as unknown as typeof AjvClass;
  return (require("ajv") as typeof import("ajv")).default as unknown as typeof AjvClass;
}

/** Keywords whose value is a mapping of names to schemas; all others that hold schemas hold one, or a list of them. */
const MAPPINGS = ["properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas"];
const SCHEMAS = [
  ...["items", "prefixItems", "additionalItems", "unevaluatedItems", "contains", "additionalProperties"],
  ...["unevaluatedProperties", "propertyNames", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"],
];

/**
 * A schema without what ajv reads and its dialect does not: OpenAPI's `nullable`, and, before 2019, what stands beside a `$ref`.
 */
function asMeant(schema: unknown, isOlder: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((each) => asMeant(each, isOlder));
  if (!isRecord(schema)) return schema;
  const isReference = isOlder && typeof schema.$ref === "string";
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (keyword === "nullable") return [];
    if (isReference && !["$ref", "definitions", "$defs"].includes(keyword)) return [];
    if (MAPPINGS.includes(keyword) && isRecord(value))
      return [
        [keyword, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asMeant(each, isOlder)]))],
      ];
    return [[keyword, SCHEMAS.includes(keyword) ? asMeant(value, isOlder) : value]];
  });
  return Object.fromEntries(entries);
}
