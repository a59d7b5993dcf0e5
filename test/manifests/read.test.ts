import type { KubernetesObject } from "../../lib/domain/model";
import { readManifests } from "../../lib/manifests/read";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n";

const JSON_POD = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}';

function read(text: string) {
  return readManifests(text, "k8s/web.yaml");
}

/** Where the objects stand, as `name line:column`. */
function places({ objects }: { objects: readonly KubernetesObject[] }): string[] {
  return objects.map(({ name, location }) => `${name} ${location?.line}:${location?.column}`);
}

/** What could not be read, as `line:column message`. */
function problems(text: string): string[] {
  return read(text).unreadable.map(({ message, location }) => `${location?.line}:${location?.column} ${message}`);
}

describe("what a file holds", () => {
  test("an object is read with its identity, place and hash", () => {
    const text = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n";
    expect(read(text)).toEqual({
      documents: 1,
      objects: [
        {
          apiVersion: "apps/v1",
          kind: "Deployment",
          name: "web",
          namespace: "shop",
          location: { file: "k8s/web.yaml", line: 1, column: 1 },
          hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      ],
      unreadable: [],
    });
  });

  test.each<[string, string, string[]]>([
    ["one document", POD, ["web 1:1"]],
    ["comments first", `# a\n\n# b\n${POD}`, ["web 4:1"]],
    ["a comment before the first ---", `# a\n---\n${POD}`, ["web 3:1"]],
    ["a leading and a trailing ---", `---\n${POD}---\n`, ["web 2:1"]],
    ["--- with a comment after it", `--- # the web\n${POD}`, ["web 2:1"]],
    ["an object on the --- line", "--- { apiVersion: v1, kind: Pod, metadata: { name: web } }\n", ["web 1:7"]],
    ["apiVersion after kind", "kind: Pod\nmetadata:\n  name: web\napiVersion: v1\n", ["web 4:1"]],
    ["CRLF line ends", `# a\r\n---\r\n${POD.replaceAll("\n", "\r\n")}`, ["web 3:1"]],
    ["a byte order mark", `\uFEFF${POD}`, ["web 1:1"]],
    ["no newline at the end", POD.trimEnd(), ["web 1:1"]],
    ["a YAML directive", `%YAML 1.1\n---\n${POD}`, ["web 3:1"]],
    ["a document end", `${POD}...\n${POD}`, ["web 1:1", "web 5:1"]],
    ["a directive after a document end", `${POD}...\n%YAML 1.1\n---\n${POD}`, ["web 1:1", "web 7:1"]],
    ["--- within a block of text", `${POD}data:\n  a: |\n    ---\n    x\n`, ["web 1:1"]],
    ["JSON on one line", '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}', ["web 1:2"]],
    ["JSON objects in a row", `${JSON_POD} ${JSON_POD}${JSON_POD}`, ["web 1:2", "web 1:61", "web 1:119"]],
    ["JSON objects, one a line", `${JSON_POD}\n${JSON_POD}\r\n\n  ${JSON_POD}\n`, ["web 1:2", "web 2:2", "web 4:4"]],
    [
      "JSON on many lines",
      '{\n  "kind": "Pod",\n  "apiVersion": "v1",\n  "metadata": { "name": "web" }\n}',
      ["web 3:3"],
    ],
  ])("the place is exact with %s", (_, text, expected) => {
    expect(read(text).unreadable).toEqual([]);
    expect(places(read(text))).toEqual(expected);
  });

  test.each<[string, string, number]>([
    ["comments alone", "# nothing yet\n", 1],
    ["--- alone", "---\n", 1],
    ["null", "null\n", 1],
    ["a document of comments between two others", `${POD}---\n# removed\n---\n${POD}`, 3],
    ["a --- at the end", `${POD}---\n`, 2],
    ["a comment after a document end", `${POD}...\n# the end\n`, 1],
  ])("an empty document counts and is no error: %s", (_, text, documents) => {
    expect(read(text)).toMatchObject({ documents, unreadable: [] });
  });

  test("YAML means what it means to kubectl", () => {
    const [first] = read(`${POD}spec: { a: yes, b: 0755, c: 12:30, d: 2020-01-01, on: 1 }`).objects;
    const [second] = read(`${POD}spec: { a: true, b: 493, c: "12:30", d: "2020-01-01", "true": 1 }`).objects;
    expect(first?.hash).toBe(second?.hash);
  });

  test("a dot is text, as the keys of managedFields are", () => {
    const [dot, quoted] = read(`${POD}f: { .: {} }\n---\n${POD}f: { ".": {} }\n`).objects;
    expect(dot?.hash).toBe(quoted?.hash);
    expect(problems(`${POD}f: { .: 1, NaN: 2 }\n`)).toEqual([]);
  });

  test("merge keys are merged: the mapping itself wins, then the earlier one", () => {
    const [merged] = read(`${POD}a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc: { <<: [*a, *b], x: 0 }`).objects;
    const [written] = read(`${POD}a: { x: 1, y: 1 }\nb: { y: 2, z: 2 }\nc: { x: 0, y: 1, z: 2 }`).objects;
    expect(merged?.hash).toBe(written?.hash);
  });

  test("the fields that match are named", () => {
    expect(read(`${POD}spec: { volumes: [{ name: a, gitRepo: { repository: x } }] }`).objects).toMatchObject([
      { fields: ["gitrepo-volume-off"] },
    ]);
  });
});

describe("Lists", () => {
  test("are unrolled, also within each other, each item with its own place", () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: { name: first }
- kind: List
  apiVersion: v1
  items:
  - apiVersion: v1
    kind: Pod
    metadata: { name: second }
`;
    expect(read(text)).toMatchObject({ documents: 1, unreadable: [] });
    expect(places(read(text))).toEqual(["first 4:3", "second 10:5"]);
  });

  test("in JSON are unrolled too", () => {
    const text =
      '{"kind":"List","apiVersion":"v1","items":[\n {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}]}';
    expect(places(read(text))).toEqual(["web 2:3"]);
  });

  test("of one kind lend their items apiVersion and kind", () => {
    const { objects } = read("apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: { name: web }\n");
    const [alone] = read("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n").objects;
    expect(objects).toMatchObject([{ apiVersion: "v1", kind: "ConfigMap", name: "web", hash: alone?.hash }]);
  });

  test("without items hold nothing", () => {
    expect(read("apiVersion: v1\nkind: List\nitems: []\n")).toEqual({ documents: 1, objects: [], unreadable: [] });
  });

  test("are not what a kind is that only sounds like one", () => {
    expect(places(read("apiVersion: example.com/v1\nkind: AllowList\nmetadata: { name: web }\n"))).toEqual(["web 1:1"]);
  });

  test("with broken items report each and keep the others", () => {
    const text =
      "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n- apiVersion: v1\n  kind: Pod\n  metadata: { name: web }\n- text\n";
    expect(places(read(text))).toEqual(["web 5:3"]);
    expect(problems(text)).toEqual([
      '4:3 items[0]: Pod has no apiVersion: write the API that serves it, such as "apps/v1"',
      '8:3 items[2]: expected a Kubernetes object, got "text": a manifest is a mapping with apiVersion, kind and metadata',
    ]);
  });
});

const nested = (levels: number) => `a: ${"{ a: ".repeat(levels)}1${" }".repeat(levels)}`;
const EMPTY = "1:1 the file is empty, so there is nothing to judge: write a manifest into it or leave it out";
const TEMPLATE = (text: string) =>
  `an unrendered template (${text}): render the chart first ("helm template") and give its output`;

describe("JSON objects with nothing between them", () => {
  test.each<[string, string, string[], string[]]>([
    [
      "one of them that is no JSON",
      `${JSON_POD}\n{"apiVersion": oops}}\n${JSON_POD}\n`,
      ["web 1:2"],
      [
        '2:21 not YAML: Unexpected flow-map-end token in YAML stream: "}"; correct it here, or leave the file out if it is not meant as a manifest',
      ],
    ],
    [
      "a last one that does not end",
      `${JSON_POD}\n{"apiVersion": "v1", "kind": "Pod"`,
      ["web 1:2"],
      [
        "2:34 not YAML: Flow map must end with a }; correct it here, or leave the file out if it is not meant as a manifest",
      ],
    ],
    [
      "braces in text",
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"x":"}{\\"}{"}\n${JSON_POD}`,
      ["web 1:2", "web 2:2"],
      [],
    ],
  ])("are documents each: %s", (_, text, objects, unreadable) => {
    expect(places(read(text))).toEqual(objects);
    expect(problems(text)).toEqual(unreadable);
  });

  test.each<[string, string]>([
    ["a comma between them", `${JSON_POD},${JSON_POD}`],
    ["a first one that is no JSON", `{apiVersion: v1}{apiVersion: v1}`],
    ["an unrendered template", '{{ include "a" . }}\n{{ include "b" . }}\n'],
    ["a --- before them", `---\n${JSON_POD}\n${JSON_POD}`],
  ])("are no stream to kubectl, nor here, with %s", (_, text) => {
    expect(read(text)).toMatchObject({ documents: 1, objects: [] });
    expect(problems(text)).toHaveLength(1);
  });
});

describe("what cannot be read", () => {
  test.each<[string, string, string]>([
    ["an empty file", "", EMPTY],
    ["a blank file", " \n\t\n", EMPTY],
    [
      "broken YAML",
      "a: 1\nb: [1, 2\nc: 3\n",
      "3:1 not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; correct it here, or leave the file out if it is not meant as a manifest",
    ],
    [
      "an unclosed quote, at the end of its document",
      'a: "b\n---\n# nothing\n',
      '1:5 not YAML: Missing closing "quote; correct it here, or leave the file out if it is not meant as a manifest',
    ],
    ["a tab", "a:\n\tb: 1\n", "2:1 indented with a tab, which YAML does not allow: use spaces"],
    ["a key twice", "a: 1\nb:\n  c: 1\n  c: 2\n", '4:3 the key "c" stands twice in the same mapping: keep one of them'],
    [
      "JSON with comments",
      '{\n  // see: "there"\n  "apiVersion": "v1", /* a: { */\n  "kind": "P//d",\n}\n',
      "3:3 JSON with comments, or with a comma before a bracket, which Kubernetes does not read; take them out, or leave the file out if it is not meant as a manifest",
    ],
    [
      "what only looks like it",
      '{\n  /* a: b\n  "apiVersion": "v1", }\n',
      "2:9 not YAML: Implicit keys need to be on a single line; correct it here, or leave the file out if it is not meant as a manifest",
    ],
    ["a key twice in JSON", '{"a":1,"a":2}', '1:8 the key "a" stands twice in the same mapping: keep one of them'],
    [
      "a key that is no text",
      "? [a]\n: 1\n",
      "1:3 a key that is no text: Kubernetes field names are text; put it in quotes if it is meant as one",
    ],
    [
      "text",
      "hello\n",
      '1:1 expected a Kubernetes object, got "hello": a manifest is a mapping with apiVersion, kind and metadata',
    ],
    [
      "a sequence",
      "- a\n- b\n",
      '1:1 expected a Kubernetes object, got a sequence of 2: separate objects with "---", or put them under "items" of a v1 List',
    ],
    [
      "a mapping that is no object",
      "replicas: 2\n",
      "1:1 neither apiVersion nor kind: no Kubernetes object; write both, or leave the file out if it is not meant as a manifest",
    ],
    [
      "no apiVersion",
      "kind: Deployment\nmetadata: { name: web }\n",
      '1:1 Deployment "web" has no apiVersion: write the API that serves it, such as "apps/v1"',
    ],
    ["no kind", "apiVersion: v1\n", '1:1 an object of "v1" has no kind: write what it is, such as "Deployment"'],
    ["apiVersion as a number", "kind: Pod\napiVersion: 1\n", "2:1 apiVersion must be text, got 1: put it in quotes"],
    ["kind as a mapping", "apiVersion: v1\nkind: { a: 1 }\n", "1:1 kind must be text, got a mapping: put it in quotes"],
    [
      "no metadata",
      "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n",
      "1:1 KubeletConfiguration has no metadata: give it a metadata.name, or leave the file out if it is a program's configuration and no Kubernetes object",
    ],
    [
      "a kustomization",
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
      '1:1 Kustomization has no metadata: it is kustomize\'s own file, no Kubernetes object; give the output of "kustomize build" instead',
    ],
    [
      "metadata that is no mapping",
      "apiVersion: v1\nkind: Pod\nmetadata: web\n",
      '1:1 metadata of Pod is "web", no mapping: write name and namespace under it',
    ],
    ["no name", "apiVersion: v1\nkind: Pod\nmetadata: { labels: {} }\n", "1:1 Pod has no metadata.name: give it one"],
    [
      "a number for a name",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: 7 }\n",
      "1:1 metadata.name must be text, got 7: put it in quotes",
    ],
    [
      "a namespace that YAML reads as a boolean",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: on }\n",
      "1:1 metadata.namespace must be text, got true: put it in quotes",
    ],
    [
      "generateName",
      "apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: job- }\n",
      '1:1 Job has generateName "job-" and no name: Helm and "kubectl apply" need a fixed metadata.name; give it one',
    ],
    ["a template as a value", "a: 1\nreplicas: {{ .Values.replicas }}\n", `2:12 ${TEMPLATE("{{ .Values.replicas }}")}`],
    ["a template as a line", "{{- if .Values.on }}\na: 1\n{{- end }}\n", `1:3 ${TEMPLATE("{{- if .Values.on }}")}`],
    [
      "a template in quotes as the name",
      'apiVersion: v1\nkind: Pod\nmetadata: { name: "{{ .Release.Name }}-web" }\n',
      '1:1 metadata.name is the template "{{ .Release.Name }}-web": render the chart first ("helm template") and give its output',
    ],
    ["an alias of nothing", "a: *b\n", "1:4 the alias *b refers to no anchor before it: define &b first"],
    [
      "a merge of text",
      "a: &a text\nb: { <<: *a }\n",
      '2:4 "<<" merges something that is no mapping: give it an alias of a mapping',
    ],
    [
      "a cdktf token",
      `${POD}spec: { containers: [{ image: a }, { image: "x-\${TfToken[TOKEN.7]}" }] }\n`,
      '1:1 Pod "web" has a cdktf token at spec.containers[1].image, a value that only Terraform will know: manifests are written at synth time; pass the value itself, or hand it over as a Helm value',
    ],
    [
      "nesting beyond all measure",
      nested(50_000),
      expect.stringMatching(
        /^1:\d+ nested more than 200 levels deep, which no Kubernetes object is: flatten it$/,
      ) as unknown as string,
    ],
    [
      "nesting just too deep",
      nested(200),
      "1:1004 nested more than 200 levels deep, which no Kubernetes object is: flatten it",
    ],
  ])("%s is said with its cause, its cure and its place", (_, text, problem) => {
    expect(problems(text)).toEqual([problem]);
    expect(read(text).objects).toEqual([]);
  });

  test.each([
    ["values", (last: number) => `[${Array(10).fill(`*a${last}`).join(", ")}]`],
    ["merges", (last: number) => `{ <<: [${Array(10).fill(`*a${last}`).join(", ")}] }`],
  ])("an alias bomb of %s is refused before it goes off", (_, repeat) => {
    const lines = Array.from({ length: 30 }, (_line, index) => `a${index + 1}: &a${index + 1} ${repeat(index)}`);
    expect(problems(["a0: &a0 { x: 1 }", ...lines].join("\n"))).toEqual([
      expect.stringMatching(/^7:\d+ its aliases expand to more than 1000000 values: write out what is meant$/),
    ]);
  });

  test("one document's faults leave the others alone", () => {
    const { documents, objects, unreadable } = read(`a: "unclosed\n---\n${POD}---\nb: {\n---\n${POD}`);
    expect(documents).toBe(4);
    expect(places({ objects })).toEqual(["web 3:1", "web 9:1"]);
    expect(unreadable.map(({ location }) => location?.line)).toEqual([1, 7]);
  });

  test("a template within quotes is text like any other", () => {
    expect(problems(`${POD}data: { rule: "{{ $value }} of {{ $labels.pod }}" }\n`)).toEqual([]);
  });

  test("a key named __proto__ is data", () => {
    const [first, second] = read(`${POD}__proto__: { a: 1 }\n---\n${POD}`).objects;
    expect(first?.hash).not.toBe(second?.hash);
  });
});

describe("size", () => {
  const manifest = (index: number) =>
    `---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-${index}\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n        image: nginx\n`;
  const file = (count: number) => Array.from({ length: count }, (_, index) => manifest(index)).join("");

  test("10,000 documents are read, each with its place", () => {
    const { documents, objects, unreadable } = read(file(10_000));
    expect({ documents, unreadable }).toEqual({ documents: 10_000, unreadable: [] });
    expect(places({ objects: objects.slice(-1) })).toEqual([`web-9999 ${9_999 * 11 + 2}:1`]);
  });

  test("a List of 5,000 items and a mapping of 20,000 keys are read", () => {
    const items = Array.from(
      { length: 5_000 },
      (_, index) => `- { apiVersion: v1, kind: Pod, metadata: { name: web-${index} } }`,
    );
    expect(read(`apiVersion: v1\nkind: List\nitems:\n${items.join("\n")}\n`).objects).toHaveLength(5_000);
    const keys = Array.from({ length: 20_000 }, (_, index) => `  key-${index}: x`);
    expect(read(`${POD}data:\n${keys.join("\n")}\n`).objects).toHaveLength(1);
  });
});

test("whoever asks is given each object itself, those of Lists too", () => {
  const given: [string, unknown][] = [];
  const item = "{ apiVersion: v1, kind: ConfigMap, metadata: { name: b }, data: { x: 'y' } }";
  const text = `${POD}---\n{ apiVersion: v1, kind: List, items: [${item}, 3] }\n`;
  readManifests(text, "k8s/web.yaml", ({ name }, object) => given.push([name, object]));
  expect(given).toEqual([
    ["web", { apiVersion: "v1", kind: "Pod", metadata: { name: "web" } }],
    ["b", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "b" }, data: { x: "y" } }],
  ]);
});
