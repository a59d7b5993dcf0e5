import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readAsHelm } from "../../../lib/helm/render/read-as-helm";
import { testHelms } from "../helms";

const pod = (rest: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n${rest}`;

const READABLE: Readonly<Record<string, string>> = {
  "a document in order": pod("spec: {nodeName: a}\n"),
  "a key twice": pod("spec:\n  nodeName: a\n  hostPID: true\n  nodeName: b\n"),
  "a key three times": pod("spec: {nodeName: a, nodeName: b, nodeName: c}\n"),
  "a mapping twice": pod("spec:\n  securityContext: {runAsUser: 1}\nspec:\n  nodeName: b\n"),
  "a key twice beside merged ones": pod("a: &a {x: 1}\nb: &b {y: 2}\nspec: {<<: *a, <<: *b, z: 1, z: 2}\n"),
  "quotes that go on below their key": pod(
    'spec:\n  containers:\n    - command:\n        - "curl \\\n      -X DELETE \\\n  -k"\n        - b\n      name: a\n',
  ),
  "single quotes that go on below their key": pod("spec:\n  containers:\n    - name: 'a\n\n  b'\n      image: c\n"),
  "a sequence that goes on at the place of its key": pod(
    'spec:\n  containers:\n    - name: a\n      command: [ "sh",\n      "-c",\n      "x" ]\n      image: c\n',
  ),
  "a mapping that goes on at the place of its key": pod("spec:\n  a: {x: 1,\n  z: [2,\n  3]}\n  b: 1\n"),
};

const UNREADABLE: Readonly<Record<string, string>> = {
  "a quote that nobody closes": pod('spec: "a\n'),
  "a bracket that nobody closes": pod("spec: [a\n"),
  "a bracket that nobody closes before the next key": pod("spec: [a\nstatus: {}\n"),
  "a tab": pod("spec:\n\tnodeName: a\n"),
};

/** What a document's object is to Helm's own parser; undefined where it cannot read it. */
function byHelm(program: string, documents: Readonly<Record<string, string>>): unknown[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-read-as-helm-"));
  fs.mkdirSync(path.join(folder, "templates"));
  fs.writeFileSync(path.join(folder, "Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n");
  fs.writeFileSync(path.join(folder, "values.yaml"), JSON.stringify({ documents: Object.values(documents) }));
  const template = "{{ range .Values.documents }}# Read: {{ fromYaml . | toJson }}\n{{ end }}";
  fs.writeFileSync(path.join(folder, "templates", "read.yaml"), template);
  const { stdout } = spawnSync(program, ["template", "web", folder], { encoding: "utf8" });
  fs.rmSync(folder, { recursive: true });
  return [...stdout.matchAll(/^# Read: (.*)$/gm)].map(([, json = ""]) => {
    const value = JSON.parse(json);
    return "Error" in value ? undefined : value;
  });
}

/** What it is to us. */
function byUs(text: string): unknown {
  let found: unknown;
  const { objects, unreadable } = readAsHelm({ text, template: "web/templates/a.yaml" }, (_described, value) => {
    found = value;
  });
  expect(objects.length + unreadable.length).toBe(1);
  return found;
}

describe.each(testHelms)("helm $version and we read alike", ({ program }) => {
  const readable = byHelm(program, READABLE);
  it.each(Object.keys(READABLE).map((name, index) => [name, index] as const))("%s", (name, index) => {
    expect(readable[index]).toMatchObject({ kind: "Pod" });
    expect(byUs(READABLE[name] ?? "")).toEqual(readable[index]);
  });

  it("nothing of what is not YAML to either", () => {
    const nothing = Object.keys(UNREADABLE).map(() => undefined);
    expect(byHelm(program, UNREADABLE)).toEqual(nothing);
    expect(Object.values(UNREADABLE).map(byUs)).toEqual(nothing);
  });
});

describe("readAsHelm", () => {
  it("tells what is wrong with a document that Helm could not read either, where it stands", () => {
    const { unreadable } = readAsHelm({ text: pod('a: 1\na: 2\nspec: "a\n'), template: "web/templates/a.yaml" });
    expect(unreadable).toEqual([
      {
        message:
          'not YAML: Missing closing "quote; correct it here, or leave the file out if it is not meant as a manifest',
        location: { file: "web/templates/a.yaml", line: 7, column: 8 },
      },
    ]);
  });

  it("gives up on quotes that go on for hundreds of lines below their key", () => {
    const lines = (count: number) => pod(`spec:\n  nodeName: "a\n${"  b\n".repeat(count)}  c"\n`);
    expect(byUs(lines(20))).toBeDefined();
    expect(byUs(lines(1000))).toBeUndefined();
  });
});
