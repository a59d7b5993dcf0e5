import { chartTree, type Values } from "../../../lib/helm/chart/chart-tree";
import { unknownValues } from "../../../lib/helm/chart/unknown-values";

type Files = Readonly<Record<string, string>>;

/** A chart of one template, which reads its values as most charts do. */
const WEB: Files = {
  "Chart.yaml": JSON.stringify({ apiVersion: "v2", name: "web", version: "1.0.0" }),
  "values.yaml": `
replicaCount: 1
image: {repository: web, tag: ""}
resources: {limits: {cpu: 1}}
podAnnotations: {}
service: {type: ClusterIP, port: 80, annotations: {a: b}}
livenessProbe: {httpGet: {path: /}}
env: {LOG: info}
config: null
sidecar-image: {name: x}
ingress: {enabled: false, className: ""}
`,
  "templates/web.yaml": `
replicas: {{ .Values.replicaCount }}
image: {{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- if .Values.resources }}
resources: {{- toYaml .Values.resources | nindent 2 }}
{{- end }}
type: {{ .Values.service.type }}
port: {{ $.Values.service.port }}
annotations: {{- range $key, $value := .Values.service.annotations }}{{ $key }}: {{ $value }}{{ end }}
{{- with .Values.livenessProbe }}
livenessProbe:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- range $name, $value := .Values.env }}{{ $name }}{{ end }}
sidecar: {{ index .Values "sidecar-image" "name" }}
{{- with .Values.ingress }}
{{- if .enabled }}{{ .className }}{{ .hidden }}{{ end }}
{{- end }}
secret: {{ .Values.optional.key }}
`,
};

const judged = (own: Values, files: Files = {}) => {
  const all = { ...WEB, ...files };
  return unknownValues(
    chartTree(new Map(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)])), "web"),
    own,
  );
};
/** `key ~ nearest` of each. */
const shown = (own: Values, files: Files = {}) =>
  judged(own, files).map(({ key, nearest }) => (nearest === undefined ? key : `${key} ~ ${nearest}`));

const template = (text: string): Files => ({ "templates/more.yaml": text });
const schema = (value: object): Files => ({ "values.schema.json": JSON.stringify(value) });
const FAMILY: Files = {
  "Chart.yaml": JSON.stringify({
    ...{ apiVersion: "v2", name: "web", version: "1.0.0" },
    dependencies: [
      { name: "db", version: "1.x", alias: "main", condition: "main.enabled,toggles.db" },
      { name: "missing", version: "1.x" },
      { name: "common", version: "1.x" },
    ],
  }),
  "values.yaml": "replicaCount: 1\nmain: {fromParent: 1}\n",
  "templates/web.yaml": '{{ .Values.replicaCount }}{{ .Values.main.readByParent }}{{ include "common.labels" . }}',
  "charts/db/Chart.yaml": "name: db\nversion: 1.0.0\n",
  "charts/db/values.yaml": "size: 1\nauth: {user: x}\n",
  "charts/db/templates/db.yaml": "{{ .Values.size }}{{ .Values.auth.user }}{{ .Values.global.region }}",
  "charts/common/Chart.yaml": "name: common\nversion: 1.0.0\ntype: library\n",
  "charts/common/templates/_labels.tpl": '{{ define "common.labels" }}{{ .Values.nameOverride }}{{ end }}',
};

describe("unknownValues", () => {
  it("tells each key that the chart does not know, and the nearest that it does", () => {
    expect(judged({ replicaCuont: 3, image: { tga: "1" }, service: { kind: "x", port: 1 } })).toEqual([
      { key: "replicaCuont", nearest: "replicaCount" },
      { key: "image.tga", nearest: "image.tag" },
      { key: "service.kind" },
    ]);
  });

  it.each<[string, Values, string[]]>([
    ["a default", { replicaCount: 2, image: { tag: "1" } }, []],
    ["another case of a key", { Image: { tag: "1" } }, ["Image ~ image"]],
    ["a key that only a template reads", { optional: { key: 1 } }, []],
    ["keys below a mapping that is printed", { resources: { requests: { cpu: 1 } } }, []],
    ["keys below an empty mapping", { podAnnotations: { any: "x" } }, []],
    ["keys below what is no mapping by default", { config: { any: "x" }, replicaCount: { any: 1 } }, []],
    ["keys below a mapping that is walked through", { env: { OTHER: "x" }, service: { annotations: { c: "d" } } }, []],
    ["keys below a mapping that is printed as the dot", { livenessProbe: { exec: {} } }, []],
    [
      "keys below a mapping that is read as the dot",
      { ingress: { hidden: 1, classNmae: 1 } },
      ["ingress.classNmae ~ ingress.className"],
    ],
    [
      "a key that index reads",
      { "sidecar-image": { name: "y", nmae: 1 } },
      ["sidecar-image.nmae ~ sidecar-image.name"],
    ],
    ["a mapping in the place of another", { image: "web:1" }, []],
    ["a key that is taken away", { image: null, imgae: null }, ["imgae ~ image"]],
    ["what Helm knows of any chart", { global: { x: 1 }, tags: { x: true }, exports: { x: 1 } }, []],
    ["values within a list", { service: { ports: [{ x: 1 }] } }, ["service.ports ~ service.port"]],
    ["nothing", {}, []],
  ])("judges %s", (_, own, expected) => {
    expect(shown(own)).toEqual(expected);
  });

  it.each<[string, string]>([
    ["printed", "{{ toYaml .Values.image }}"],
    ["printed at the end of a pipe", "{{ .Values.image | toYaml }}"],
    ["given to a template", '{{ include "web.image" (dict "root" .Values.image) }}'],
    ["given to a template as it is", '{{ include "web.image" .Values.image }}'],
    ["put into a variable", "{{ $image := .Values.image }}{{ $image.tga }}"],
    ["merged into another", "{{ merge (dict) $.Values.image | toYaml }}"],
    ["printed under another name of the values", "{{ $values := .Values }}{{ toYaml $values.image }}"],
    [
      "printed where a template is given the values",
      '{{ include "x" (dict "values" .Values) }}{{ toYaml .values.image }}',
    ],
    ["asked for a key that is made up", "{{ if index .Values.image $key }}x{{ end }}"],
    ["read by a path", '{{ toYaml (index .Values "image") }}'],
    ["the dot of a block, and printed there", "{{ with .Values.image }}{{ if .tag }}{{ toYaml . }}{{ end }}{{ end }}"],
  ])("says nothing of keys below a mapping that is also %s", (_, text) => {
    expect(shown({ image: { tga: 1 } }, template(text))).toEqual([]);
  });

  it.each<[string, string]>([
    ["asked for", "{{ if and .Values.image (not .Values.image.tag) }}x{{ end }}"],
    ["asked for a key", '{{ if hasKey .Values.image "tag" }}{{ get .Values.image "tag" }}{{ end }}'],
    ["dug into", '{{ dig "tag" "latest" .Values.image }}'],
    ["the dot of a block", "{{ with .Values.image }}{{ .tag }}{{ end }}{{ toYaml . }}"],
    ["named in text", "# toYaml .Values.image prints it"],
    ["named in a comment", "{{/* toYaml $.Values.image */}}"],
    ["printed elsewhere, of another mapping", "{{ toYaml .Values.sidecar.image }}"],
  ])("tells of keys below a mapping that is only %s", (_, text) => {
    expect(shown({ image: { tga: 1 } }, template(text))).toEqual(["image.tga ~ image.tag"]);
  });

  it.each<[string, string, string[]]>([
    ["prints all values", "{{ toYaml .Values }}", []],
    ["walks through all values", "{{ range $key, $value := .Values }}{{ $key }}{{ end }}", []],
    ["makes up a key", '{{ index .Values (printf "%sHost" .Chart.Name) }}', []],
    ["gives all values to a template", '{{ include "x" (dict "values" .Values) }}', ["imgae ~ image"]],
    ["reads a key of all values by name", '{{ index .Values "image" }}', ["imgae ~ image"]],
    [
      "walks through a mapping found by name",
      '{{ range $key, $value := index .Values "env" }}{{ end }}',
      ["imgae ~ image"],
    ],
    ["has a variable called values", "{{ $values := .Values }}{{ $values.image.tag }}", ["imgae ~ image"]],
  ])("of a chart that %s", (_, text, expected) => {
    expect(shown({ imgae: {} }, template(text))).toEqual(expected);
  });

  it("knows what values read that are given to tpl, the chart's and the user's own", () => {
    const own = { domain: "example.com", host: "x", podAnnotations: { url: "https://{{ .Values.domain }}" } };
    expect(shown(own)).toEqual(["host"]);
    expect(shown(own, { "values.yaml": `${WEB["values.yaml"]}\nurl: "{{ .Values.host }}"\n` })).toEqual([]);
  });

  it("knows what files read that are given to tpl, and not what READMEs and examples say", () => {
    expect(shown({ domain: "x" }, { "files/web.conf": "server {{ .Values.domain }}" })).toEqual([]);
    expect(
      shown({ domain: "x" }, { "README.md": "{{ .Values.domain }}", "ci/values.yaml": '"{{ .Values.domain }}"' }),
    ).toEqual(["domain"]);
  });

  it.each<[string, object, Values, string[]]>([
    ["names a key", { properties: { extra: {} } }, { extra: 1, other: 1 }, ["other"]],
    [
      "names a key further down",
      { properties: { image: { properties: { pullPolicy: {} } } } },
      { image: { pullPolicy: 1, x: 1 } },
      ["image.x"],
    ],
    ["has patterns for keys", { patternProperties: { "^x-": {} } }, { "x-a": 1 }, []],
    ["forbids what it does not name, which is told elsewhere", { additionalProperties: false }, { other: 1 }, []],
    ["says what other keys hold", { additionalProperties: { type: "string" } }, { other: 1 }, []],
    ["allows other keys", { additionalProperties: true }, { other: 1 }, ["other"]],
    ["is put together", { allOf: [{ properties: { extra: {} } }] }, { extra: 1, image: { x: 1 } }, []],
    ["names a mapping by reference", { properties: { image: { $ref: "#/$defs/image" } } }, { image: { x: 1 } }, []],
    ["cannot be read", [], { other: 1 }, ["other"]],
  ])("of a chart whose schema %s", (_, value, own, expected) => {
    expect(shown(own, schema(value))).toEqual(expected);
  });

  it("says nothing of a schema that is no JSON", () => {
    expect(shown({ other: 1 }, { "values.schema.json": "{" })).toEqual(["other"]);
  });

  it.each<[string, Values, string[]]>([
    [
      "keys of a subchart, by where the release sets them",
      { main: { size: 2, szie: 2, auth: { usr: 1 } } },
      ["main.szie ~ main.size", "main.auth.usr ~ main.auth.user"],
    ],
    ["the condition of a subchart, which knows nothing of it", { main: { enabled: true }, toggles: { db: true } }, []],
    ["a misspelt condition, of a subchart that is off", { main: { enabled: false, enabeld: true } }, ["main.enabeld"]],
    ["what the parent states for a subchart, and reads of it", { main: { fromParent: 2, readByParent: 1 } }, []],
    ["globals of a subchart", { main: { global: { x: 1 } } }, []],
    ["the name of a subchart that has an alias", { db: { size: 2 } }, ["db"]],
    ["a subchart that is not in the archive", { missing: { any: 1 } }, []],
    ["a key that a template of a library reads", { nameOverride: "x", nameOveride: "x" }, ["nameOveride"]],
  ])("judges %s", (_, own, expected) => {
    expect(shown(own, FAMILY)).toEqual(expected);
  });

  it("knows keys that the parent imports from a subchart", () => {
    const dependencies = [{ name: "db", version: "1.x", "import-values": [{ child: "auth", parent: "auth" }] }];
    const files = {
      ...FAMILY,
      "Chart.yaml": JSON.stringify({ apiVersion: "v2", name: "web", version: "1.0.0", dependencies }),
    };
    expect(shown({ auth: { user: "y" }, authh: 1 }, files)).toEqual(["authh ~ auth"]);
  });

  it("tells nothing of values, which may be secret", () => {
    expect(JSON.stringify(judged({ passwrd: "s3cret", image: { s: { k: "s3cret" } } }))).not.toContain("s3cret");
  });
});
