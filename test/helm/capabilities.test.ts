import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { asksForApis, writeAnswered } from "../../lib/helm/capabilities";
import { helm } from "./chart-repository";

const CHART = { "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n" };
const filesOf = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const));

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-capabilities-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** What a template gives, where a cluster serves only `apps/v1` and `example.com/v1/Thing`. */
function answer(template: string): string {
  const shown = `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web"}, "data": {"a": {{ (include "it" .) | trim | quote }}}}`;
  const files = { ...CHART, "templates/x.yaml": shown, "templates/_it.tpl": `{{ define "it" }}${template}{{ end }}` };
  writeAnswered(filesOf(files), ["apps/v1", "apps/v1/Deployment", "example.com/v1/Thing"], folder);
  return /"a": "(.*)"/.exec(helm("template", "web", folder))?.[1] ?? "";
}

const YES = "{{ if ASKED }}yes{{ else }}no{{ end }}";

describe("a chart's questions about APIs", () => {
  it.each<[string, string]>([
    ['.Capabilities.APIVersions.Has "apps/v1"', "yes"],
    ['.Capabilities.APIVersions.Has "example.com/v1/Thing"', "yes"],
    ['.Capabilities.APIVersions.Has "policy/v1"', "no"],
    ['.Capabilities.APIVersions.Has "v1"', "no"],
    ['$.Capabilities.APIVersions.Has "policy/v1"', "no"],
    ['not ($.Capabilities.APIVersions.Has "policy/v1")', "yes"],
    ['.Capabilities.APIVersions.Has (printf "%s/%s" "apps" "v1")', "yes"],
    ['"policy/v1" | .Capabilities.APIVersions.Has', "no"],
    ['"apps/v1" | .Capabilities.APIVersions.Has', "yes"],
    ['has "policy/v1" .Capabilities.APIVersions', "no"],
    ['has "apps/v1" .Capabilities.APIVersions', "yes"],
    ['has "policy/v1" (default .Capabilities.APIVersions .Values.apis)', "no"],
    ['and (.Capabilities.APIVersions.Has "apps/v1") (.Capabilities.APIVersions.Has "policy/v1")', "no"],
  ])("%s", (asked, expected) => {
    expect(answer(YES.replace("ASKED", asked))).toBe(expected);
  });

  it.each<[string, string]>([
    ['{{ $apis := .Capabilities.APIVersions }}{{ $apis.Has "policy/v1" }} {{ $apis.Has "apps/v1" }}', "false true"],
    ['{{ $c := .Capabilities }}{{ $c.APIVersions.Has "policy/v1" }}', "false"],
    ['{{ with .Capabilities }}{{ .APIVersions.Has "policy/v1" }}{{ end }}', "false"],
    ['{{ $top := . }}{{ $top.Capabilities.APIVersions.Has "policy/v1" }}', "false"],
    ['{{ with (dict "context" .) }}{{ .context.Capabilities.APIVersions.Has "policy/v1" }}{{ end }}', "false"],
    [
      '{{ with .Capabilities.APIVersions }}{{ .Has "policy/v1" }} {{ if (.Has "apps/v1") }}yes{{ end }}{{ end }}',
      "false yes",
    ],
    ["{{ range .Capabilities.APIVersions }}{{ . }} {{ end }}", "apps/v1 apps/v1/Deployment example.com/v1/Thing"],
    ["{{ .Capabilities.KubeVersion.Major }} {{ .Values.APIVersions | default `own` }}", "1 own"],
  ])("%s", (template, expected) => {
    expect(answer(template)).toBe(expected);
  });

  it("are found in templates, those of subcharts too, and nowhere else", () => {
    const text = "{{ .Capabilities.APIVersions }}";
    expect(asksForApis(filesOf({ "templates/_helpers.tpl": text }))).toBe(true);
    expect(asksForApis(filesOf({ "charts/db/templates/x.yaml": text }))).toBe(true);
    expect(asksForApis(filesOf({ "README.md": text, "files/x.yaml": text, "templates/x.yaml": "a: b" }))).toBe(false);
  });

  it("leave every other file as it is, byte for byte", () => {
    const bytes = Buffer.concat([Buffer.from([0, 255, 1]), Buffer.from("{{ .Capabilities.APIVersions }}")]);
    writeAnswered(new Map([["files/icon.bin", bytes]]), [], folder);
    expect(fs.readFileSync(path.join(folder, "files/icon.bin"))).toEqual(bytes);
  });
});
