import { RenderingReader } from "../../lib/helm/read-rendering";

const read = (...manifests: string[]) => {
  const reader = new RenderingReader();
  return manifests.map((manifest) => reader.read(manifest));
};
const facts = (manifest: string) =>
  read(manifest)[0]?.objects.map(({ kind, name, template }) => [kind, name, template]);

const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;

describe("what helm template printed", () => {
  it("is told with the template of each object, also of the later ones of a file in crds/", () => {
    const manifest = `---
# Source: web/crds/all of them.yaml
${object("A", "a")}---
${object("B", "b")}---
# Source: elsewhere/generated.yaml
${object("C", "c")}---
# Source: web/templates/d.yaml
${object("D", "d")}---
# Source: web/charts/db/templates/e.yaml
${object("E", "e")}`;
    expect(facts(manifest)).toEqual([
      ["A", "a", "web/crds/all of them.yaml"],
      ["B", "b", "web/crds/all of them.yaml"],
      ["C", "c", "web/crds/all of them.yaml"],
      ["D", "d", "web/templates/d.yaml"],
      ["E", "e", "web/charts/db/templates/e.yaml"],
    ]);
  });

  it("holds of an object what the rules need, and nothing else", () => {
    const [rendering] = read(`---
# Source: web/templates/x.yaml
apiVersion: v1
kind: Secret
metadata: {name: web, namespace: apps, labels: {a: b}}
stringData: {password: hunter2}
`);
    expect(rendering).toEqual({
      documents: 1,
      objects: [{ apiVersion: "v1", kind: "Secret", namespace: "apps", name: "web", template: "web/templates/x.yaml" }],
      unreadable: [],
    });
  });

  it("counts empty documents and tells those that nobody can read", () => {
    const [rendering] = read(`---
# Source: web/templates/empty.yaml
# nothing
---
# Source: web/templates/bad.yaml
apiVersion: v1
metadata: {name: web}
---
# Source: web/templates/good.yaml
${object("A", "a")}`);
    expect(rendering).toMatchObject({ documents: 3, objects: [{ kind: "A" }] });
    expect(rendering?.unreadable).toEqual([
      { message: 'web/templates/bad.yaml: an object of "v1" has no kind: write what it is, such as "Deployment"' },
    ]);
  });

  it("is nothing where nothing is rendered", () => {
    expect(read("", "\n")).toEqual(Array(2).fill({ documents: 0, objects: [], unreadable: [] }));
  });

  it("tells the same text in two files as of two templates", () => {
    const of = (template: string) =>
      `---\n# Source: web/crds/${template}.yaml\n${object("A", template)}---\n${object("B", "b")}`;
    const objects = read(of("first"), of("second"), of("first")).map((each) =>
      each.objects.map(({ template }) => template),
    );
    expect(objects).toEqual(["first", "second", "first"].map((name) => Array(2).fill(`web/crds/${name}.yaml`)));
  });
});
