import { gzipSync } from "node:zlib";
import { mayHoldManifests } from "../../lib/manifests/may-hold-manifests";
import { readManifests } from "../../lib/manifests/read";
import { nestedInputs } from "../../lib/scan/nested-inputs";
import { isUnreadableInput, type Origin, type ScanInput } from "../../lib/scan/scan-input";

/** What a document holds, as `severity place (within): objects`, and the character at the place of each. */
function nestedIn(text: string, place: { origin?: Origin; within?: string; severity?: "warning"; line?: number } = {}) {
  return nestedInputs({ name: "f.yaml", line: 1, ...place, text }).map((input) => {
    if (isUnreadableInput(input))
      return `${input.location.file}:${input.location.line}:${input.location.column} ${input.within} ${input.message}`;
    return `${input.severity ?? "error"} ${shown(input.origin)} (${input.within}): ${objectsIn(input)}`;
  });
}

function shown(origin: Origin | undefined): string {
  if (!origin) return "whole";
  return origin.is === "lines" ? `lines ${origin.line}+${origin.indent}` : `point ${origin.line}:${origin.column}`;
}

function objectsIn({ open, name }: ScanInput): string {
  const { objects, unreadable } = readManifests([...(open() as Iterable<string>)].join(""), name);
  return [
    ...objects.map(({ apiVersion, kind, name: own, location }) => `${apiVersion} ${kind} ${own}@${location?.line}`),
    ...unreadable.map(({ message }) => message),
  ].join(", ");
}

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: addons
  namespace: shop
data:
`;

const held = (data: string) => nestedIn(CONFIG_MAP + data);

describe("manifests in ConfigMaps", () => {
  it.each<[string, string, string[]]>([
    [
      "a literal block, line by line",
      "  pdb.yaml: |\n    # a comment\n    apiVersion: policy/v1beta1\n    kind: PodDisruptionBudget\n    metadata: {name: web}\n",
      ["warning lines 8+4 (key pdb.yaml of ConfigMap shop/addons): policy/v1beta1 PodDisruptionBudget web@2"],
    ],
    [
      "a literal block that says how far it is indented",
      "  pdb: |2\n\n    apiVersion: policy/v1beta1\n    kind: PodDisruptionBudget\n    metadata: {name: web}\n",
      ["warning lines 8+4 (key pdb of ConfigMap shop/addons): policy/v1beta1 PodDisruptionBudget web@2"],
    ],
    [
      "documents of a stream, each by itself",
      "  all.yaml: |\n    apiVersion: v1\n    kind: Service\n    metadata: {name: a}\n    ---\n    apiVersion: v1\n    kind: Service\n    metadata: {name: b}\n",
      [
        "warning lines 8+4 (key all.yaml of ConfigMap shop/addons): v1 Service a@1",
        "warning lines 11+4 (key all.yaml of ConfigMap shop/addons): v1 Service b@2",
      ],
    ],
    [
      "a folded block, whose lines are others",
      '  x: >-\n    {"apiVersion": "v1",\n    "kind": "Service", "metadata": {"name": "a"}}\n',
      ["warning point 7:6 (key x of ConfigMap shop/addons): v1 Service a@1"],
    ],
    [
      "quoted text",
      '  x.yaml: "apiVersion: v1\\nkind: Service\\nmetadata:\\n  name: a\\n"\n',
      ["warning point 7:11 (key x.yaml of ConfigMap shop/addons): v1 Service a@1"],
    ],
    [
      "a List",
      '  x.json: \'{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"}}]}\'\n',
      ["warning point 7:11 (key x.json of ConfigMap shop/addons): v1 Service a@1"],
    ],
    [
      "the configuration of a program",
      "  kubelet: |\n    apiVersion: kubelet.config.k8s.io/v1beta1\n    kind: KubeletConfiguration\n",
      [],
    ],
    [
      "words about manifests",
      "  readme: |\n    write apiVersion: v1 and kind: Service at the top, and metadata: below\n",
      [],
    ],
    ["JSON that breaks off", '  x.json: \'{"apiVersion":"v1","kind":"Service","metadata":\'\n', []],
    ["what is no text", "  x: 1\n  y: null\n", []],
  ])("are found in %s", (_, data, expected) => {
    expect(held(data)).toEqual(expected);
  });

  it("are found with Windows' line ends", () => {
    const text = `${CONFIG_MAP}  a.yaml: |\n    apiVersion: v1\n    kind: Service\n    metadata: {name: a}\n`;
    expect(nestedIn(text.replaceAll("\n", "\r\n"))).toEqual([
      "warning lines 8+4 (key a.yaml of ConfigMap shop/addons): v1 Service a@1",
    ]);
  });

  it("are found in the items of Lists, typed or not", () => {
    const item = '{metadata: {name: a}, data: {x: "apiVersion: v1\\nkind: Service\\nmetadata: {name: b}"}}';
    const typed = `apiVersion: v1\nkind: ConfigMapList\nitems:\n- ${item}\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${item.replace("{", "{apiVersion: v1, kind: ConfigMap, ")}\n`;
    expect(nestedIn(typed)).toEqual(["warning point 4:35 (key x of ConfigMap a): v1 Service b@1"]);
    expect(nestedIn(list)).toEqual(["warning point 4:68 (key x of ConfigMap a): v1 Service b@1"]);
  });

  it("are placed in the file that the ConfigMap itself was taken out of", () => {
    const text = `${CONFIG_MAP}  a.yaml: |\n    apiVersion: v1\n    kind: Service\n    metadata: {name: a}\n`;
    expect(nestedIn(text, { line: 11 })[0]).toContain("lines 18+4");
    expect(nestedIn(text, { line: 11, origin: { is: "lines", line: 101, indent: 2 } })[0]).toContain("lines 118+6");
    expect(nestedIn(text, { origin: { is: "point", line: 3, column: 7 }, within: "chart web 1.2.3" })).toEqual([
      "warning point 3:7 (key a.yaml of ConfigMap shop/addons in chart web 1.2.3): v1 Service a@1",
    ]);
    const quoted = `${CONFIG_MAP}  a.yaml: "apiVersion: v1\\nkind: Service\\nmetadata: {name: a}"\n`;
    expect(nestedIn(quoted, { origin: { is: "lines", line: 101, indent: 2 } })[0]).toContain("point 107:13");
  });

  it.each([
    ["a text that is no YAML", "kind: ConfigMap\n  x: [\n"],
    ["a bomb of aliases", `${CONFIG_MAP}  a: &a [x,x,x]\n  b: *c\n`],
    [
      "an object of another kind",
      `${CONFIG_MAP.replace("ConfigMap", "Secret")}  x: |\n    apiVersion: v1\n    kind: Service\n    metadata: {}\n`,
    ],
    ["a ConfigMap without data", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"],
    ["a sequence", "- ConfigMap\n"],
  ])("are not looked for in %s", (_, text) => expect(nestedIn(text)).toEqual([]));
});

const RELEASE = {
  name: "web",
  namespace: "shop",
  version: 3,
  info: { status: "deployed" },
  chart: { metadata: { name: "web", version: "1.2.3" } },
  config: { password: "hunter2" },
  manifest: "---\n# Source: web/templates/a.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: a\n",
  hooks: [{ manifest: "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: b\n" }],
};

function stored(release: object, kind: "Secret" | "ConfigMap" = "Secret"): string {
  const packed = gzipSync(JSON.stringify(release)).toString("base64");
  const data = kind === "Secret" ? Buffer.from(packed).toString("base64") : packed;
  const type = kind === "Secret" ? "type: helm.sh/release.v1\n" : "";
  return `apiVersion: v1\nkind: ${kind}\n${type}metadata:\n  name: sh.helm.release.v1.web.v3\n  labels: {owner: helm}\ndata:\n  release: ${data}\n`;
}

describe("what Helm stored of a release", () => {
  it.each(["Secret", "ConfigMap"] as const)("is judged in a %s, with its hooks", (kind) => {
    const line = kind === "Secret" ? 8 : 7;
    expect(nestedIn(stored(RELEASE, kind))).toEqual([
      `error point ${line}:12 (Helm release shop/web, revision 3, deployed): v1 Service a@3, batch/v1 Job b@9`,
    ]);
  });

  it.each([
    ["deployed", "error"],
    ["failed", "error"],
    ["pending-upgrade", "error"],
    ["superseded", "warning"],
    ["uninstalled", "warning"],
  ])("is judged for its status: %s gives %s", (status, severity) => {
    expect(nestedIn(stored({ ...RELEASE, info: { status }, hooks: [] }))).toEqual([
      `${severity} point 8:12 (Helm release shop/web, revision 3, ${status}): v1 Service a@3`,
    ]);
  });

  it("may be a chart that renders nothing", () => {
    expect(nestedIn(stored({ ...RELEASE, manifest: "\n", hooks: [] }))).toEqual([]);
  });

  it("is said to be unreadable, and nothing of it repeated", () => {
    expect(nestedIn(stored(RELEASE).replace(/release: .*/, "release: aHVudGVyMg=="))).toEqual([
      "f.yaml:8:12 undefined Secret sh.helm.release.v1.web.v3: this is no release that Helm stored: it is no gzip within base64, as Helm writes it; helm history shows whether helm itself can read it",
    ]);
    expect(nestedIn(stored(RELEASE).replace(/\ndata:[\s\S]*/, ""))).toEqual([
      "f.yaml:1:1 undefined Secret sh.helm.release.v1.web.v3: it has no data.release: take it with kubectl get -o yaml",
    ]);
  });

  it("is told of Helm 2 as well", () => {
    const text =
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web.v3\n  labels: {OWNER: TILLER}\ndata:\n  release: H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==\n";
    expect(nestedIn(text)).toEqual([
      expect.stringContaining("ConfigMap web.v3: this is no release that Helm stored: "),
    ]);
  });
});

describe("mayHoldManifests", () => {
  it.each([
    [true, stored(RELEASE)],
    [true, stored(RELEASE, "ConfigMap")],
    [true, `${CONFIG_MAP}  a: |\n    apiVersion: v1\n`],
    [false, CONFIG_MAP],
    [false, "apiVersion: apps/v1\nkind: Deployment\n"],
  ])("is %s", (expected, text) => expect(mayHoldManifests(Buffer.from(text))).toBe(expected));
});
