import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { RenderingReader } from "../../../lib/helm/render/read-rendering";
import { testHelms } from "../helms";

const read = (manifest: string) => new RenderingReader().read(manifest);
const configMap = (name: string, rest = "") => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${rest}`;
const crd = (plural: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${plural}.example.com}\nspec:\n  group: example.com\n  names: {kind: Widget, plural: ${plural}}\n  versions: [{name: v1, served: true, storage: true}]\n`;
const DEFINES = { group: "example.com", kind: "Widget", versions: [{ name: "v1", served: true }] };
const from = (template: string, text: string) => `---\n# Source: ${template}\n${text}`;

describe("RenderingReader", () => {
  it("reads each object with the template that it comes from", () => {
    const manifest =
      from("web/templates/a.yaml", configMap("a", "  # a comment\n")) +
      from(
        "web/charts/db/templates/sub/b.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: b, namespace: other}\n",
      );
    expect(read(manifest)).toEqual({
      documents: 2,
      objects: [
        { apiVersion: "v1", kind: "ConfigMap", name: "a", template: "web/templates/a.yaml" },
        {
          apiVersion: "v1",
          kind: "Secret",
          namespace: "other",
          name: "b",
          template: "web/charts/db/templates/sub/b.yaml",
        },
      ],
      unreadable: [],
    });
  });

  it.each([
    ["", 0],
    ["\n\n", 0],
    ["---\n# Source: web/templates/a.yaml\n", 1],
    ["---\n# Source: web/templates/a.yaml\n---\n# only a comment\n", 2],
  ])("finds no objects in %j", (manifest, documents) => {
    expect(read(manifest)).toEqual({ documents, objects: [], unreadable: [] });
  });

  it("holds a document without a template of its own for one of the file before: of crds/, Helm names a file once", () => {
    const manifest = from("web/crds/all.yaml", `${crd("as")}---\n# Source: https://example.com/b\n${crd("bs")}`);
    expect(read(manifest).objects.map(({ name, template, defines }) => [name, template, defines])).toEqual([
      ["as.example.com", "web/crds/all.yaml", DEFINES],
      ["bs.example.com", "web/crds/all.yaml", DEFINES],
    ]);
  });

  it("does not take text within an object for the name of a template", () => {
    const text = configMap(
      "a",
      "data:\n  x: |\n    ---\n    # Source: web/templates/other.yaml\n# Source: web/templates/other.yaml\n",
    );
    expect(read(from("web/templates/a.yaml", text)).objects.map(({ template }) => template)).toEqual([
      "web/templates/a.yaml",
    ]);
  });

  it("tells which objects Helm does not look after", () => {
    const hook = "apiVersion: v1\nkind: Pod\nmetadata: {name: hook, annotations: {helm.sh/hook: test}}\n";
    const manifest =
      from("web/crds/a.yaml", crd("as")) +
      from("web/charts/db/crds/b.yaml", crd("bs")) +
      from("web/templates/crds/c.yaml", crd("cs")) +
      from("web/templates/hook.yaml", hook) +
      from("web/templates/d.yaml", configMap("d"));
    expect(read(manifest).objects.map(({ name, keeper }) => [name, keeper])).toEqual([
      ["as.example.com", "crds"],
      ["bs.example.com", "crds"],
      ["cs.example.com", undefined],
      ["hook", "hook"],
      ["d", undefined],
    ]);
  });

  it("unrolls Lists", () => {
    const list =
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: a}}\n- {apiVersion: v1, kind: Service, metadata: {name: b}}\n";
    expect(read(from("web/templates/a.yaml", list)).objects.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("names the template of what it cannot understand, and reads the rest", () => {
    const manifest =
      from("web/templates/a.yaml", "kind: ConfigMap\nmetadata: {name: a}\n") +
      from("web/templates/b.yaml", "a: [\n") +
      from("web/templates/c.yaml", configMap("c"));
    expect(read(manifest)).toEqual({
      documents: 3,
      objects: [{ apiVersion: "v1", kind: "ConfigMap", name: "c", template: "web/templates/c.yaml" }],
      unreadable: [
        { message: expect.stringMatching(/^web\/templates\/a\.yaml: .*apiVersion/) },
        { message: expect.stringMatching(/^web\/templates\/b\.yaml: not YAML: /) },
      ],
    });
  });

  it("keeps nothing of an object but what it is", () => {
    const secret =
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a, annotations: {note: s3cret}}\nstringData: {password: s3cret}\n";
    expect(JSON.stringify(read(from("web/templates/a.yaml", secret)))).not.toContain("s3cret");
  });

  it("parses a text once, however often it is rendered, and tells templates of the same text apart", () => {
    const reader = new RenderingReader();
    const same = from("web/templates/a.yaml", configMap("a"));
    const [first, second] = reader.read(same + same).objects;
    expect(first).toBeDefined();
    expect(second).toBe(first);
    expect(reader.read(same).objects[0]).toBe(first);
    const bare = `---\n${configMap("a")}`;
    const templates = reader.read(from("web/crds/a.yaml", bare) + from("web/crds/b.yaml", bare));
    expect(templates.objects.map(({ template }) => template)).toEqual(["web/crds/a.yaml", "web/crds/b.yaml"]);
  });

  it.each(testHelms)("reads what helm $version prints of hooks, crds, subcharts and odd names", ({ program }) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-read-rendering-"));
    const hook = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: hook, annotations: {helm.sh/hook: test}}\n";
    const files: Record<string, string> = {
      "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
      "crds/two.yaml": `${crd("as")}---\n${crd("bs")}`,
      "templates/my file.yaml": `${configMap("a")}---\n---\n# none\n---\n${configMap("b")}`,
      "templates/tests/hook.yaml": hook,
      "templates/off.yaml": "{{ if false }}a{{ end }}",
      "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
      "charts/db/crds/more.yaml": crd("cs"),
      "charts/db/templates/c.yaml": configMap("c"),
    };
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const { stdout } = spawnSync(program, ["template", "web", folder, "--include-crds"], { encoding: "utf8" });
    fs.rmSync(folder, { recursive: true });
    const { objects, unreadable } = read(stdout);
    expect(unreadable).toEqual([]);
    expect(objects.map(({ name, template }) => `${name} of ${template}`).sort()).toEqual([
      "a of web/templates/my file.yaml",
      "as.example.com of web/crds/two.yaml",
      "b of web/templates/my file.yaml",
      "bs.example.com of web/crds/two.yaml",
      "c of web/charts/db/templates/c.yaml",
      "cs.example.com of web/charts/db/crds/more.yaml",
      "hook of web/templates/tests/hook.yaml",
    ]);
  });
});
