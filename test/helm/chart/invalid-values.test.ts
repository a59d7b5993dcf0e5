import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { chartTree, type Values } from "../../../lib/helm/chart/chart-tree";
import { invalidValues } from "../../../lib/helm/chart/invalid-values";
import { testHelms } from "../helms";

type Files = Readonly<Record<string, string>>;

const METADATA = { apiVersion: "v2", name: "web", version: "1.0.0" };
const schemaOf = (schema: unknown): Files => ({ "values.schema.json": JSON.stringify(schema) });
const DRAFT_04 = "http://json-schema.org/draft-04/schema#";
const DRAFT_06 = "http://json-schema.org/draft-06/schema#";
const DRAFT_07 = "http://json-schema.org/draft-07/schema#";
const OF_2019 = "https://json-schema.org/draft/2019-09/schema";
const OF_2020 = "https://json-schema.org/draft/2020-12/schema";

function judged(files: Files, own: Values) {
  const all = { "Chart.yaml": JSON.stringify(METADATA), ...files };
  const tree = chartTree(new Map(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)])), "chart web");
  return invalidValues(tree, own);
}

type Verdict = "valid" | "invalid" | "unchecked";

/** What we say; what Helm says, where the schema cannot be used or an older Helm judges otherwise. */
interface Judgement {
  readonly ours: Verdict;
  readonly older?: "valid" | "invalid";
}

const valid: Judgement = { ours: "valid" };
const invalid: Judgement = { ours: "invalid" };
const unchecked: Judgement = { ours: "unchecked" };
const forNewerOnly = { ours: "invalid", older: "valid" } as const;

const a = (schema: unknown, rest: object = {}) => ({ properties: { a: schema }, ...rest });
const IF = { if: a({ const: 1 }), else: { required: ["b"] } };
const REFERENCE = { definitions: { text: { type: "string" } }, ...a({ $ref: "#/definitions/text" }) };

const CASES: readonly (readonly [string, unknown, Values, Judgement])[] = [
  ["a number for text", a({ type: "string" }), { a: 1 }, invalid],
  ["a whole number written as a fraction", a({ type: "integer" }), { a: 1.0 }, valid],
  ["a fraction that is not exact in binary", a({ multipleOf: 0.1 }), { a: 0.3 }, valid],
  ["null", a({ type: ["string", "null"] }), { a: null }, valid],
  ["null where OpenAPI would allow it", a({ type: "string", nullable: true }), { a: null }, invalid],
  [
    "a property called nullable",
    a({ properties: { nullable: { type: "string" } }, additionalProperties: false }),
    { a: { nullable: "x" } },
    valid,
  ],
  ["a keyword that nobody knows", a({ type: "string", secret: true }), { a: "x" }, valid],
  ["a reference to a definition", REFERENCE, { a: 1 }, invalid],
  ["a reference to a definition below an id", { $id: "https://example.com/x.json", ...REFERENCE }, { a: 1 }, invalid],
  [
    "a reference to the schema's own id",
    { ...REFERENCE, $id: "https://example.com/x.json", ...a({ $ref: "https://example.com/x.json#/definitions/text" }) },
    { a: 1 },
    invalid,
  ],
  [
    "a reference at the top",
    { $schema: DRAFT_07, $ref: "#/definitions/all", definitions: { all: a({ type: "string" }) } },
    { a: 1 },
    invalid,
  ],
  ["a schema within itself", a({ $ref: "#" }, { additionalProperties: false }), { a: { b: 1 } }, invalid],
  ["a reference to nothing", a({ $ref: "#/definitions/none" }), { a: 1 }, unchecked],
  ["a reference to the network", a({ $ref: "http://127.0.0.1:9/x.json" }), { a: 1 }, unchecked],
  ["a type that there is not", a({ type: "any" }), { a: 1 }, unchecked],
  ["no schema", [], {}, unchecked],
  ["a schema that allows all", true, { a: 1 }, valid],
  ["a schema that allows nothing", false, { a: 1 }, invalid],
  [
    "what stands beside a reference in 2020-12",
    { $schema: OF_2020, ...REFERENCE, ...a({ $ref: "#/definitions/text", maxLength: 1 }) },
    { a: "xx" },
    forNewerOnly,
  ],
  [
    "what stands beside a reference in draft-07",
    { $schema: DRAFT_07, ...REFERENCE, ...a({ $ref: "#/definitions/text", maxLength: 1 }) },
    { a: "xx" },
    valid,
  ],
  ["a condition in draft-07", { $schema: DRAFT_07, ...IF }, { a: 2 }, invalid],
  ["a condition in draft-06, which has none", { $schema: DRAFT_06, ...IF }, { a: 2 }, valid],
  ["const in draft-06", { $schema: DRAFT_06, ...a({ const: 1 }) }, { a: 2 }, invalid],
  ["const in draft-04, which has none", { $schema: DRAFT_04, ...a({ const: 1 }) }, { a: 2 }, valid],
  [
    "an exclusive minimum in draft-04",
    { $schema: DRAFT_04, ...a({ minimum: 1, exclusiveMinimum: true }) },
    { a: 1 },
    invalid,
  ],
  ["an exclusive minimum in draft-07", { $schema: DRAFT_07, ...a({ exclusiveMinimum: 1 }) }, { a: 1 }, invalid],
  [
    "a dialect with https and without #",
    { $schema: "https://json-schema.org/draft-07/schema", ...IF },
    { a: 2 },
    invalid,
  ],
  [
    "the newest dialect",
    { $schema: "http://json-schema.org/schema#", ...a({ prefixItems: [{ type: "string" }] }) },
    { a: [1] },
    forNewerOnly,
  ],
  ["no dialect, which is the newest", a({ prefixItems: [{ type: "string" }] }), { a: [1] }, forNewerOnly],
  ["keys that go together in 2019-09", { $schema: OF_2019, dependentRequired: { a: ["b"] } }, { a: 1 }, forNewerOnly],
  [
    "a dialect that there is not",
    { $schema: "https://127.0.0.1:9/nope", ...a({ type: "string" }) },
    { a: "x" },
    { ours: "unchecked", older: "valid" },
  ],
  ["a format in draft-07", { $schema: DRAFT_07, ...a({ format: "email" }) }, { a: "x" }, invalid],
  [
    "a host for a mail address in draft-07",
    { $schema: DRAFT_07, ...a({ format: "email" }) },
    { a: "me@localhost" },
    valid,
  ],
  ["a format that nobody knows", { $schema: DRAFT_07, ...a({ format: "int32" }) }, { a: "x" }, valid],
  [
    "a format in 2020-12, where it says nothing",
    { $schema: OF_2020, ...a({ format: "email" }) },
    { a: "x" },
    { ours: "valid", older: "invalid" },
  ],
  ["a pattern of Go", a({ pattern: "(?i)^[\\w-.[:upper:]]+$" }), { a: "ab.C-d" }, valid],
  ["what breaks a pattern of Go", a({ pattern: "(?i)^[\\w-.]+$" }), { a: "a b" }, invalid],
  ["a pattern that is none", a({ pattern: "(" }), { a: "x" }, unchecked],
  ["a required key that the chart has by default", { required: ["byDefault"] }, {}, valid],
  ["a required key whose default is taken away", { required: ["byDefault"] }, { byDefault: null }, invalid],
];

/** A chart with two subcharts, each with a schema. */
const FAMILY: Files = {
  "Chart.yaml": JSON.stringify({
    ...METADATA,
    dependencies: [
      { name: "db", version: "1.x", alias: "main", condition: "main.enabled" },
      { name: "cache", version: "1.x" },
    ],
  }),
  ...schemaOf({
    properties: {
      global: { properties: { region: { type: "string" } } },
      main: { properties: { size: { maximum: 9 } } },
    },
  }),
  "charts/db/Chart.yaml": JSON.stringify({ ...METADATA, name: "db" }),
  "charts/db/values.yaml": "enabled: true\nsize: 1\n",
  "charts/db/values.schema.json": JSON.stringify({
    required: ["size"],
    properties: { enabled: true, size: { type: "integer" }, global: { required: ["region"] } },
    additionalProperties: false,
  }),
  "charts/cache/Chart.yaml": JSON.stringify({ ...METADATA, name: "cache" }),
  "charts/cache/values.schema.json": JSON.stringify({ not: { required: ["off"] } }),
};

const OF_FAMILY: readonly (readonly [string, Values, Verdict])[] = [
  ["values that all schemas take", { global: { region: "eu" } }, "valid"],
  ["a global that a subchart asks for and nobody gives", {}, "invalid"],
  ["a value that the parent's schema refuses", { global: { region: 1 } }, "invalid"],
  ["a value that the subchart's schema refuses", { global: { region: "eu" }, main: { size: "big" } }, "invalid"],
  ["a value that both refuse", { global: { region: "eu" }, main: { size: 10.5 } }, "invalid"],
  ["values of a subchart that is off", { main: { enabled: false, other: 1 } }, "valid"],
  ["a default of the subchart taken away", { global: { region: "eu" }, main: { size: null } }, "invalid"],
  ["values under the name of a subchart with an alias", { global: { region: "eu" }, db: { other: 1 } }, "valid"],
  ["values of a subchart that is always on", { global: { region: "eu" }, cache: { off: 1 } }, "invalid"],
];

const verdictOf = (found: ReturnType<typeof judged>): Verdict =>
  found.length === 0 ? "valid" : found.some((each) => each.unchecked) ? "unchecked" : "invalid";

describe("invalidValues", () => {
  it.each(CASES)("judges %s", (_, schema, values, { ours }) => {
    expect(verdictOf(judged({ ...schemaOf(schema), "values.yaml": "byDefault: 1" }, values))).toBe(ours);
  });

  it.each(OF_FAMILY)("judges %s", (_, values, expected) => {
    expect(verdictOf(judged(FAMILY, values))).toBe(expected);
  });

  it("has nothing to say of a chart without a schema", () => {
    expect(judged({}, { a: 1 })).toEqual([]);
  });

  it("names the key and what is expected, and never the value", () => {
    const schema = {
      $schema: DRAFT_07,
      properties: {
        replicas: { type: "integer", minimum: 1 },
        mode: { enum: ["fast", "safe"] },
        api: { const: "v1" },
        image: { properties: { tag: { type: "string" } }, additionalProperties: false, required: ["tag"] },
        hosts: { items: { properties: { "a/b": { type: "string" } } } },
        address: { format: "ipv4" },
        name: { pattern: "^[a-z]+$" },
        old: false,
      },
      additionalProperties: false,
    };
    const values = {
      ...{
        replicas: "s3cret",
        mode: "s3cret",
        api: "s3cret",
        image: { Tag: "s3cret" },
        old: "s3cret",
        extra: "s3cret",
      },
      ...{ hosts: [{ "a/b": 1 }], address: "s3cret", name: "S3CRET" },
    };
    const found = judged(schemaOf(schema), values);
    expect(found).toEqual([
      { key: "extra", problem: "is not a key that the schema allows" },
      { key: "replicas", problem: "must be integer" },
      { key: "mode", problem: 'must be one of "fast", "safe"' },
      { key: "api", problem: 'must be "v1"' },
      { key: "image", problem: "must have required property 'tag'" },
      { key: "image.Tag", problem: "is not a key that the schema allows" },
      { key: "hosts.0.a/b", problem: "must be string" },
      { key: "address", problem: 'must match format "ipv4"' },
      { key: "name", problem: 'must match pattern "^[a-z]+$"' },
      { key: "old", problem: "is a key that the schema forbids" },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/s3cret/i);
  });

  it("names keys of subcharts by where the release sets them", () => {
    expect(judged(FAMILY, { main: { size: "big", port: 1 } })).toEqual([
      { key: "main.port", problem: "is not a key that the schema allows" },
      { key: "main.size", problem: "must be integer" },
      { key: "main.global", problem: "must have required property 'region'" },
    ]);
  });

  it("tells the same problem once", () => {
    const twice = { allOf: [a({ type: "string" }), a({ type: "string" })] };
    expect(judged(schemaOf(twice), { a: 1 })).toEqual([{ key: "a", problem: "must be string" }]);
  });

  const broken = (problem: string, key = "") => [
    { key, problem: `values.schema.json cannot be used: ${problem}`, unchecked: true },
  ];
  it.each<[string, unknown, string]>([
    ["a type that there is not", a({ type: "any" }), "/properties/a/type must be equal to one of the allowed values"],
    [
      "a reference to the network",
      a({ $ref: "http://127.0.0.1:9/x" }),
      "can't resolve reference http://127.0.0.1:9/x from id #",
    ],
    [
      "a dialect that there is not",
      { $schema: "https://example.com" },
      'its $schema "https://example.com" is no dialect of JSON Schema',
    ],
    ["a pattern that is none", a({ pattern: "(" }), "Invalid regular expression: /(/: Unterminated group"],
    ["a pattern of which Go knows more", a({ pattern: "\\Qa\\E" }), 'the pattern "\\\\Qa\\\\E" cannot be used here'],
    ["a list", [], "it is no JSON object"],
  ])("says why it cannot judge: %s", (_, schema, problem) => {
    expect(judged(schemaOf(schema), { a: "x" })).toEqual(broken(problem));
  });

  it("says so of a subchart's schema, and judges the others", () => {
    const files = { ...FAMILY, "charts/cache/values.schema.json": "{" };
    expect(judged(files, { global: { region: 1 } })).toEqual([
      { key: "global.region", problem: "must be string" },
      expect.objectContaining({ key: "cache", unchecked: true }),
    ]);
  });
});

describe.each(testHelms)("helm $version and we agree on", ({ program, version }) => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-invalid-values-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function helmTakes(files: Files, values: Values): "valid" | "invalid" {
    for (const [name, text] of Object.entries({ "Chart.yaml": JSON.stringify(METADATA), ...files })) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const input = JSON.stringify(values);
    const run = spawnSync(program, ["template", folder, "--values", "-"], { input, encoding: "utf8" });
    if (run.status !== 0) expect(run.stderr).toContain("values don't meet the specifications of the schema(s)");
    return run.status === 0 ? "valid" : "invalid";
  }

  it.each(CASES)("%s", (_, schema, values, { ours, older }) => {
    const expected = (version.startsWith("3.") ? older : undefined) ?? (ours === "valid" ? "valid" : "invalid");
    expect(helmTakes({ ...schemaOf(schema), "values.yaml": "byDefault: 1" }, values)).toBe(expected);
  });

  it.each(OF_FAMILY)("%s", (_, values, expected) => {
    expect(helmTakes(FAMILY, values)).toBe(expected);
  });
});
