import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseAllDocuments } from "yaml";
import { withSubcharts } from "../../../lib/helm/chart/chart-archive";
import { type ChartTree, chartTree, mergedValues, switchedOn, type Values } from "../../../lib/helm/chart/chart-tree";
import { isRecord } from "../../../lib/manifests/plain-value";
import { chartArchive } from "../an-archive";
import { testHelms } from "../helms";
import { refusalOf } from "../refusal-of";

/** Each chart prints its values under the folder of its templates, which tells its key. */
const SEEN = "{{ .Template.BasePath | quote }}: {{ toJson .Values }}\n";

type Files = Readonly<Record<string, string | Buffer>>;

const filesOf = (files: Files) =>
  new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const));
const tree = (files: Files): ChartTree => chartTree(withSubcharts(filesOf(files), "chart web"), "chart web");

/** The files of a chart below `folder`. */
function chart(folder: string, values: object | string = {}, metadata: object = {}): Record<string, string> {
  const name = /([^/]+)\/$/.exec(folder)?.[1] ?? "web";
  return {
    [`${folder}Chart.yaml`]: JSON.stringify({ apiVersion: "v2", name, version: "1.0.0", ...metadata }),
    [`${folder}values.yaml`]: typeof values === "string" ? values : JSON.stringify(values),
    [`${folder}templates/seen.yaml`]: SEEN,
  };
}

/** A dependency of Chart.yaml. */
const on = (name: string, over: object = {}) => ({
  name,
  version: "1.x",
  repository: "https://charts.example.com",
  ...over,
});

/** What each chart that is switched on sees, by the folder of its templates. */
function seenBy(each: ChartTree, values: unknown, folder: string): Record<string, unknown> {
  const below = each.subcharts.map(({ dependency: { key }, tree: subchart }) =>
    seenBy(subchart, isRecord(values) ? values[key] : undefined, `${folder}/charts/${key}`),
  );
  return Object.assign({ [`${folder}/templates`]: values }, ...below);
}

const YAML_DEFAULTS = `
yes: yes
octal: 0755
date: 2026-01-31
time: 12:30:45
version: 1.10
empty:
"null": "null"
1: one
anchored: &a {x: 1}
alias: *a
merged: {<<: *a, y: 2}
twice: 1
twice: 2
`;

const CASES: readonly (readonly [string, Files, Values])[] = [
  ["the user's values over the chart's", chart("", { a: 1, b: { c: 1, d: [1, 2] } }), { b: { d: [3] }, e: {} }],
  ["values of every YAML form", chart("", YAML_DEFAULTS), {}],
  ["values of several documents of which the first is empty", chart("", "# none\n---\na: 1\n"), {}],
  [
    "null, which takes a default away",
    chart("", { a: 1, b: { c: 1, d: 2 }, e: {} }),
    { a: null, b: { c: null }, e: null },
  ],
  ["null for what has no default", chart("", { b: { c: 1 } }), { a: null, b: { d: null }, x: { y: null } }],
  ["a default of null", chart("", { a: null, b: { c: null } }), {}],
  [
    "a mapping in the place of another value",
    chart("", { a: 1, b: null, c: [1] }),
    { a: { x: 1 }, b: { x: 1 }, c: { x: 1 } },
  ],
  ["another value in the place of a mapping", chart("", { a: { x: 1 }, b: { x: { y: 1 } } }), { a: 1, b: { x: [] } }],
  [
    "values for a subchart",
    { ...chart("", { db: { size: 2, user: "u" } }), ...chart("charts/db/", { size: 1, port: 3306, user: "x" }) },
    { db: { port: 1 } },
  ],
  [
    "null, which takes a subchart's default away",
    {
      ...chart("", { db: { a: null, b: 2 } }, { dependencies: [on("db")] }),
      ...chart("charts/db/", { a: 1, b: 1, c: { d: 1, e: 1 }, f: 1 }),
    },
    { db: { b: null, c: { d: null }, f: null } },
  ],
  [
    "globals, the parent's above the subchart's",
    {
      ...chart("", { global: { a: 1, t: { x: 1 }, s: 1, n: { y: 1 } } }, { dependencies: [on("db")] }),
      ...chart("charts/db/", { global: { a: 2, b: 2, t: { x: 2, y: 2 }, s: { z: 1 }, n: 1 } }),
      ...chart("charts/db/charts/cache/", { global: { c: 3 } }),
    },
    { global: { a: 9 }, db: { global: { t: { z: 5 } } } },
  ],
  [
    "a null among the globals",
    {
      ...chart("", { global: { a: 1, b: 1 } }, { dependencies: [on("db")] }),
      ...chart("charts/db/", { global: { a: 2, b: 2 } }),
    },
    { global: { a: null, c: null } },
  ],
  ["globals of a chart without subcharts", chart("", { global: { a: 1 } }), {}],
  [
    "a subchart under its alias",
    {
      ...chart("", { main: { a: 2 }, db: { a: 9 } }, { dependencies: [on("db", { alias: "main" })] }),
      ...chart("charts/db/", { a: 1, b: 1 }),
    },
    { main: { b: 3 } },
  ],
  [
    "a subchart twice",
    {
      ...chart("", {}, { dependencies: [on("db"), on("db", { alias: "replica", condition: "replica.enabled" })] }),
      ...chart("charts/db/", { a: 1 }, { dependencies: [on("cache", { condition: "cache.enabled" })] }),
      ...chart("charts/db/charts/cache/", { enabled: false, b: 1 }),
    },
    { replica: { enabled: true, cache: { enabled: true } } },
  ],
  [
    "two versions of a subchart",
    {
      ...chart(
        "",
        {},
        { dependencies: [on("db", { version: "1.x", alias: "old" }), on("db", { version: "2.x", alias: "new" })] },
      ),
      "charts/db-1.0.0.tgz": chartArchive(
        {
          "templates/seen.yaml": SEEN,
          "values.yaml": "a: 1",
          "Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0",
        },
        "db",
      ),
      "charts/db-2.0.0.tgz": chartArchive(
        {
          "templates/seen.yaml": SEEN,
          "values.yaml": "a: 2",
          "Chart.yaml": "apiVersion: v2\nname: db\nversion: 2.0.0",
        },
        "db",
      ),
    },
    {},
  ],
  [
    "a subchart of another version than Chart.yaml asks for",
    {
      ...chart("", {}, { dependencies: [on("db", { version: "2.x", alias: "store", condition: "store.enabled" })] }),
      ...chart("charts/db/", { a: 1 }),
    },
    { store: { enabled: false, a: 2 }, db: { a: 3 } },
  ],
  [
    "a subchart in a folder of another name",
    {
      ...chart("", { db: { a: 2 } }, { dependencies: [on("db")] }),
      ...chart("charts/database/", { a: 1, b: 1 }, { name: "db" }),
    },
    {},
  ],
  [
    "subcharts that Chart.yaml does not name",
    {
      ...chart("", { db: { enabled: false } }, { dependencies: [on("cache", { condition: "cache.enabled" })] }),
      ...chart("charts/db/", { a: 1 }),
      ...chart("charts/cache/", { enabled: false }),
    },
    {},
  ],
  [
    "what is no subchart",
    { ...chart("", { a: 1 }), ...chart("charts/_off/", { a: 1 }), ...chart("charts/.off/", { a: 1 }) },
    {},
  ],
  [
    "a condition that switches off",
    {
      ...chart("", { db: { enabled: true } }, { dependencies: [on("db", { condition: "db.enabled" })] }),
      ...chart("charts/db/", { a: 1 }),
    },
    { db: { enabled: false, b: 2 } },
  ],
  [
    "a condition in the subchart's own defaults",
    {
      ...chart("", {}, { dependencies: [on("db", { condition: "db.enabled" })] }),
      ...chart("charts/db/", { enabled: false, a: 1 }),
    },
    {},
  ],
  [
    "conditions of which the first that is there counts",
    {
      ...chart(
        "",
        { a: { on: "yes" }, b: { on: false }, c: { on: true } },
        { dependencies: [on("db", { condition: "x.on,a.on,b.on,c.on" })] },
      ),
      ...chart("charts/db/"),
    },
    {},
  ],
  [
    "a condition that is taken away",
    {
      ...chart("", { db: { enabled: false } }, { dependencies: [on("db", { condition: "db.enabled" })] }),
      ...chart("charts/db/"),
    },
    { db: { enabled: null } },
  ],
  [
    "tags",
    {
      ...chart(
        "",
        { tags: { back: false, front: true } },
        {
          dependencies: [
            on("a", { tags: ["back"] }),
            on("b", { tags: ["back", "front"] }),
            on("c", { tags: ["none"] }),
            on("d", { tags: ["back"], condition: "d.enabled" }),
          ],
        },
      ),
      ...chart("charts/a/"),
      ...chart("charts/b/"),
      ...chart("charts/c/"),
      ...chart("charts/d/", { enabled: true }),
    },
    {},
  ],
  [
    "tags for subcharts of subcharts, which stand at the top",
    {
      ...chart("", {}, { dependencies: [on("db")] }),
      ...chart(
        "charts/db/",
        { tags: { fast: true, slow: true } },
        { dependencies: [on("cache", { tags: ["fast"] }), on("disk", { tags: ["slow"] })] },
      ),
      ...chart("charts/db/charts/cache/"),
      ...chart("charts/db/charts/disk/"),
    },
    { tags: { fast: false }, db: { tags: { slow: false } } },
  ],
  [
    "conditions of subcharts of subcharts",
    {
      ...chart("", { db: { cache: { enabled: false } } }, { dependencies: [on("db")] }),
      ...chart(
        "charts/db/",
        { cache: { enabled: true }, disk: { enabled: false } },
        { dependencies: [on("cache", { condition: "cache.enabled" }), on("disk", { condition: "disk.enabled" })] },
      ),
      ...chart("charts/db/charts/cache/"),
      ...chart("charts/db/charts/disk/"),
    },
    { db: { disk: { enabled: true } } },
  ],
  [
    "values imported from a subchart's exports",
    {
      ...chart("", { a: 1 }, { dependencies: [on("db", { "import-values": ["data", "none"] })] }),
      ...chart("charts/db/", { exports: { data: { a: 2, b: { c: 2 } } } }),
    },
    { b: { d: 3 } },
  ],
  [
    "values imported from and to a place",
    {
      ...chart(
        "",
        { mine: { a: 1 } },
        {
          dependencies: [
            on("db", {
              alias: "main",
              "import-values": [
                { child: "net.tcp", parent: "mine.net" },
                { child: "none", parent: "x" },
                { child: "net", parent: "." },
              ],
            }),
          ],
        },
      ),
      ...chart("charts/db/", { net: { tcp: { port: 1, host: "h" } } }),
    },
    { main: { net: { tcp: { port: 5 } } }, mine: { net: { host: "own" } } },
  ],
  [
    "nothing imported from a subchart that is off",
    {
      ...chart(
        "",
        {},
        { dependencies: [on("db", { condition: "db.enabled", "import-values": ["data"] }), on("cache")] },
      ),
      ...chart("charts/db/", { exports: { data: { a: 2 } } }),
      ...chart("charts/cache/"),
    },
    { db: { enabled: false } },
  ],
  [
    "values imported through two charts",
    {
      ...chart("", {}, { dependencies: [on("db", { "import-values": [{ child: "got", parent: "got" }] })] }),
      ...chart("charts/db/", {}, { dependencies: [on("cache", { "import-values": [{ child: "a", parent: "got" }] })] }),
      ...chart("charts/db/charts/cache/", { a: { b: 1 } }),
    },
    {},
  ],
  [
    "dependencies of an older chart",
    {
      ...chart("", { db: { enabled: false } }, { apiVersion: "v1" }),
      "requirements.yaml": JSON.stringify({ dependencies: [on("db", { condition: "db.enabled" })] }),
      ...chart("charts/db/", { a: 1 }),
    },
    {},
  ],
];

describe.each(testHelms)("helm $version and we agree on", ({ program }) => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-chart-tree-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it.each(CASES)("%s", (_, files, own) => {
    for (const [name, content] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), content);
    }
    const run = spawnSync(program, ["template", folder, "--values", "-"], {
      input: JSON.stringify(own),
      encoding: "utf8",
    });
    const printed = parseAllDocuments(run.stdout).map((document) => document.toJS() as object);
    const read = tree(files);
    expect(run.stderr.replace(/^(coalesce.go|level=).*\n/gm, "")).not.toContain("Error");
    expect(seenBy(switchedOn(read, own), mergedValues(read, own), "web")).toEqual(Object.assign({}, ...printed));
  });
});

describe("chartTree", () => {
  it("tells what a chart says of itself", () => {
    const read = tree({
      ...chart(
        "",
        { a: 1 },
        {
          version: "1.2.3",
          appVersion: "4.5",
          kubeVersion: ">=1.30.0-0",
          deprecated: true,
          dependencies: [on("db"), on("missing")],
        },
      ),
      "values.schema.json": '{"type":"object"}',
      "templates/_helpers.tpl": "{{ define }}",
      "files/templates/no.yaml": "no template",
      ...chart("charts/db/"),
    });
    expect(read.metadata).toEqual({
      name: "web",
      version: "1.2.3",
      appVersion: "4.5",
      kubeVersion: ">=1.30.0-0",
      deprecated: true,
      dependencies: [
        { key: "db", name: "db", version: "1.x", tags: [], imports: [] },
        { key: "missing", name: "missing", version: "1.x", tags: [], imports: [] },
      ],
    });
    expect([read.schema, read.templates, read.folder]).toEqual(['{"type":"object"}', `${SEEN}\n{{ define }}`, ""]);
    expect(read.subcharts.map(({ tree: { folder, metadata } }) => [folder, metadata.name])).toEqual([
      ["charts/db/", "db"],
    ]);
  });

  it.each<[string, object]>([
    [
      "name: web\nversion: 1.2\nappVersion: 1.10\nkubeVersion: 1.36",
      { version: "1.2", appVersion: "1.1", kubeVersion: "1.36" },
    ],
    ["name: 1\nversion: '1.2.3'\nappVersion: 2026-01-31", { name: "1", appVersion: "2026-01-31" }],
    ["name: web\nversion: 1.2.3\nappVersion:\nkubeVersion: ''\ndeprecated: 'true'", { name: "web" }],
    ["name: web\nversion: 1.2.3\nappVersion: true\n---\nname: other", { name: "web", appVersion: "true" }],
    ["name: web\nname: other\nversion: 1.2.3", { name: "other" }],
  ])("reads Chart.yaml as Helm does: %j", (text, expected) => {
    const { name, version, dependencies, ...rest } = tree({ "Chart.yaml": text }).metadata;
    const stated: Record<string, unknown> = { name, version, ...rest };
    const {
      name: wantedName = "web",
      version: wantedVersion = "1.2.3",
      ...wanted
    } = expected as Record<string, unknown>;
    expect(stated).toEqual({ name: wantedName, version: wantedVersion, ...wanted });
    expect(dependencies).toEqual([]);
  });

  it.each([
    ["Chart.yaml", "{", /^Chart\.yaml of chart web is not YAML: /],
    ["Chart.yaml", "- a", /^Chart\.yaml of chart web is no mapping$/],
    ["Chart.yaml", "version: 1.0.0", /^Chart\.yaml of chart web has no name and version; Helm needs both$/],
    ["Chart.yaml", "name: web\nversion: {}", /^Chart\.yaml of chart web has no name and version; Helm needs both$/],
    ["values.yaml", "a:\n\tb: 1", /^values\.yaml of chart web is not YAML: /],
    ["values.yaml", "text", /^values\.yaml of chart web is no mapping$/],
    ["values.yaml", "a: *nowhere", /^values\.yaml of chart web is not YAML: /],
    ["requirements.yaml", "[", /^requirements\.yaml of chart web is not YAML: /],
    [
      "charts/db/Chart.yaml",
      "{}",
      /^Chart\.yaml of subchart db of chart web has no name and version; Helm needs both$/,
    ],
    ["charts/db/values.yaml", "1", /^values\.yaml of subchart db of chart web is no mapping$/],
  ])("refuses %s that is %j", (name, text, message) => {
    const refusal = refusalOf(() => tree({ ...chart(""), ...chart("charts/db/"), [name]: text }));
    expect(refusal).toMatch(message);
    expect(refusal).not.toContain("\n");
  });

  it("refuses aliases without end, soon", () => {
    const laughs = [
      "a: &a [1,1,1,1,1,1,1,1,1,1]",
      ..."bcdefgh".split("").map((key, index) => `${key}: &${key} [${`*${"abcdefgh"[index]},`.repeat(10)}]`),
    ];
    expect(refusalOf(() => tree({ ...chart(""), "values.yaml": laughs.join("\n") }))).toBe(
      "values.yaml of chart web is not YAML: Excessive alias count indicates a resource exhaustion attack",
    );
  });
});
