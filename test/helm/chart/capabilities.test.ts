import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseAllDocuments } from "yaml";
import { servedApiVersions } from "../../../lib/domain/api-lifecycle";
import { KubernetesVersion } from "../../../lib/domain/kubernetes-version";
import { asksForApis, writeAnswered } from "../../../lib/helm/chart/capabilities";
import { testHelms } from "../helms";

const CHART = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
const SUBCHART = "apiVersion: v2\nname: db\nversion: 1.0.0\n";
/** Helm's own list has `policy/v1beta1` and no custom resources. */
const REMOVED = '"policy/v1beta1"';
const SERVED = '"example.com/v1/Widget"';
const APIS = ["v1", "apps/v1", "example.com/v1", "example.com/v1/Widget"];

type Files = Readonly<Record<string, string>>;
const filesOf = (files: Files) => new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));

/** Ways to ask, with QUESTION in the place of the API; each prints true or false. */
const FORMS: readonly string[] = [
  "{{ .Capabilities.APIVersions.Has QUESTION }}",
  "{{- if .Capabilities.APIVersions.Has QUESTION }}true{{ else }}false{{ end }}",
  "{{ $.Capabilities.APIVersions.Has QUESTION }}",
  "{{ and true (.Capabilities.APIVersions.Has QUESTION) }}",
  "{{ and true ( .Capabilities.APIVersions.Has QUESTION ) }}",
  "{{ not (not (.Capabilities.APIVersions.Has QUESTION)) }}",
  "{{ .Capabilities.APIVersions.Has QUESTION | not | not }}",
  "{{ QUESTION | .Capabilities.APIVersions.Has }}",
  "{{ (.Capabilities.APIVersions).Has QUESTION }}",
  "{{ $api := QUESTION }}{{ .Capabilities.APIVersions.Has $api }}",
  '{{ .Capabilities.APIVersions.Has (printf "%s" QUESTION) }}',
  "{{ $apis := .Capabilities.APIVersions }}{{ $apis.Has QUESTION }}",
  "{{- $apis := $.Capabilities.APIVersions -}}{{ range list 1 }}{{ $apis.Has QUESTION }}{{ end }}",
  "{{ $caps := .Capabilities }}{{ $caps.APIVersions.Has QUESTION }}",
  "{{ $root := . }}{{ range list 1 }}{{ $root.Capabilities.APIVersions.Has QUESTION }}{{ end }}",
  "{{ with .Capabilities }}{{ .APIVersions.Has QUESTION }}{{ end }}",
  "{{ with .Capabilities.APIVersions }}{{ .Has QUESTION }}{{ end }}",
  "{{ has QUESTION .Capabilities.APIVersions }}",
  "{{ .Capabilities.APIVersions | has QUESTION }}",
  "{{ $found := false }}{{ range .Capabilities.APIVersions }}{{ if eq . QUESTION }}{{ $found = true }}{{ end }}{{ end }}{{ $found }}",
  "{{ $found := false }}{{ range $api := $.Capabilities.APIVersions }}{{ if eq $api QUESTION }}{{ $found = true }}{{ end }}{{ end }}{{ $found }}",
  '{{ contains (printf " %s " QUESTION) (printf " %s " (join " " .Capabilities.APIVersions)) }}',
  '{{ include "web.has" (dict "context" $ "api" QUESTION) }}',
  '{{ include "db.has" (list . QUESTION) }}',
  "{{ if true }}{{ .Capabilities.APIVersions.Has\n  QUESTION }}{{ end }}",
];

const HELPERS = `
{{- define "web.has" }}{{ .context.Capabilities.APIVersions.Has .api }}{{ end }}
`;
const SUBCHART_HELPERS = `
{{- define "db.has" }}{{ $context := index . 0 }}{{ $context.Capabilities.APIVersions.Has (index . 1) }}{{ end }}
`;

const quiz = (question: string) =>
  FORMS.map((form, index) => `form${index}: "${form.replaceAll("QUESTION", question)}"`).join("\n");

describe("asksForApis", () => {
  it.each<[string, string, boolean]>([
    ["templates/a.yaml", "{{ .Capabilities.APIVersions.Has }}", true],
    ["templates/NOTES.txt", "{{ .Capabilities.APIVersions.Has }}", true],
    ["charts/db/templates/_helpers.tpl", "{{ $.Capabilities.APIVersions }}", true],
    ["templates/a.yaml", "{{ .Capabilities.KubeVersion }}", false],
    ["README.md", "uses .Capabilities.APIVersions", false],
    ["values.yaml", "# .Capabilities.APIVersions", false],
    ["files/templates/a.yaml", "{{ .Capabilities.APIVersions.Has }}", false],
  ])("of a chart whose %s holds %j is %s", (name, text, expected) => {
    expect(asksForApis(filesOf({ "Chart.yaml": CHART, [name]: text }))).toBe(expected);
  });
});

describe("writeAnswered", () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-capabilities-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const answered = (files: Files, apis: readonly string[] = APIS) => {
    writeAnswered(filesOf(files), apis, folder);
    return Object.fromEntries(
      Object.keys(files).map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]),
    );
  };

  it("puts the question to our list", () => {
    const template = 'a: {{ if .Capabilities.APIVersions.Has "v1" }}{{ end }}\nb: {{ .Capabilities.APIVersions }}\n';
    expect(answered({ "templates/a.yaml": template }, ["v1", "v1/Pod"])["templates/a.yaml"]).toBe(
      'a: {{ if hasKey (dict "v1" true "v1/Pod" true) "v1" }}{{ end }}\nb: {{ (list "v1" "v1/Pod") }}\n',
    );
  });

  it("leaves all else letter for letter", () => {
    const untouched: Files = {
      "Chart.yaml": CHART,
      "README.md": "{{ .Capabilities.APIVersions.Has }}",
      "files/templates/a.yaml": "{{ .Capabilities.APIVersions.Has }}",
      "templates/text.yaml":
        'a: .Capabilities.APIVersions.Has\nb: $x.Has\n# {{/* .Capabilities.APIVersions.Has "x */}}\n',
      "templates/string.yaml": '{{ fail "asks .Capabilities.APIVersions.Has }}" }}{{ `$.Capabilities.APIVersions` }}\n',
      "templates/others.yaml": "{{ $x := .Values }}{{ $x.Has }}{{ .Values.Has }}{{ .Capabilities.KubeVersion }}\n",
      "templates/open.yaml": "{{ .Capabilities.APIVersions.Has",
      "templates/more.yaml": "{{ .Values.APIVersionsOf }}{{ .Capabilities.APIVersions.HasNot }}{{ $APIVersions }}\n",
    };
    expect(answered(untouched)).toEqual(untouched);
  });

  it("takes a variable for the list only where it is", () => {
    const template =
      "{{ $apis := .Capabilities.APIVersions }}{{ $apis.Has 1 }}{{ $apisOf.Has 1 }}{{ $other.Has 1 }}{{ .Has 1 }}";
    expect(answered({ "templates/a.yaml": template }, ["v1"])["templates/a.yaml"]).toBe(
      '{{ $apis := (list "v1") }}{{ hasKey (dict "v1" true) 1 }}{{ $apisOf.Has 1 }}{{ $other.Has 1 }}{{ .Has 1 }}',
    );
  });

  it("keeps files that are no text", () => {
    const logo = Buffer.from([0xff, 0xfe, 0x00, 0x89]);
    writeAnswered(new Map([["files/logo.png", logo]]), APIS, folder);
    expect(fs.readFileSync(path.join(folder, "files/logo.png"))).toEqual(logo);
  });

  describe.each(testHelms)("with helm $version", ({ program }) => {
    function rendered(files: Files, apis: readonly string[]): Record<string, unknown> {
      writeAnswered(filesOf(files), apis, folder);
      const args = ["template", folder, "--kube-version", "1.36", "--api-versions", apis.join()];
      const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
      expect(stderr).toBe("");
      return Object.assign({}, ...parseAllDocuments(stdout).map((document) => document.toJS() as object));
    }

    const chart = (question: string): Files => ({
      "Chart.yaml": CHART,
      "templates/quiz.yaml": quiz(question),
      "templates/_helpers.tpl": HELPERS,
      "charts/db/Chart.yaml": SUBCHART,
      "charts/db/templates/_helpers.tpl": SUBCHART_HELPERS,
    });
    const allAre = (answer: boolean) => Object.fromEntries(FORMS.map((_, index) => [`form${index}`, String(answer)]));

    it.each([
      ["does not know is there", SERVED, true],
      ["knows is not there", REMOVED, false],
      ["does not know is not there", '"example.com/v2"', false],
    ])("every way to ask tells that an API which Helm %s", (_, question, answer) => {
      expect(rendered(chart(question), APIS)).toEqual(allAre(answer));
    });

    it("a list as long as that of a cluster is no burden", () => {
      const apis = servedApiVersions(KubernetesVersion.parse("1.36"));
      expect(rendered(chart('"policy/v1/PodDisruptionBudget"'), apis)).toEqual(allAre(true));
    });
  });
});
