import { chartContents, chartTraits, installedCrds } from "../../../lib/helm/chart/chart-contents";

const crd = (name: string, version = "v1") => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${name}.example.com}
spec: {group: example.com, names: {kind: ${name}}, versions: [{name: ${version}, served: true}]}
`;
const filesOf = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const));

const CHART = filesOf({
  "Chart.yaml": `name: web
version: 1.2.0
appVersion: "7"
kubeVersion: ">=1.30.0-0"
deprecated: true
dependencies:
- {name: db, version: 1.x, repository: https://charts.example.com, condition: db.enabled}
`,
  "values.yaml": "image: {repository: web, tag: ''}\nreplicas: 1\ndb: {enabled: false}\n",
  "values.schema.json": '{"properties": {"replicas": {"type": "integer"}}}',
  "crds/b.yaml": `${crd("b")}---\n${crd("a")}`,
  "crds/deeper/c.json": JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "no-crd" } }),
  "crds/README.md": crd("readme"),
  "templates/crds/t.yaml": crd("template"),
  "files/crds/f.yaml": crd("file"),
  "charts/db/Chart.yaml": "name: db\nversion: 1.0.0\n",
  "charts/db/crds/d.yml": crd("d"),
});

const contents = (values: object) =>
  chartContents(CHART, values as Record<string, unknown>, chartTraits(CHART), "chart web 1.2.0");

describe("what a chart says", () => {
  it("is what its Chart.yaml, its crds/ and its schema say of a release's values", () => {
    const said = contents({ image: { tag: "6" }, replicas: "2", replica: 3 });
    const hash = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
    expect(said).toEqual({
      version: "1.2.0",
      appVersion: "7",
      kubeVersion: ">=1.30.0-0",
      deprecated: true,
      crds: [
        { name: "a.example.com", hash },
        { name: "b.example.com", hash },
      ],
      imageTags: [{ key: "image.tag", tag: "6" }],
      invalidValues: [{ key: "replicas", problem: "must be integer" }],
      unknownValues: [{ key: "replica", nearest: "replicas" }],
    });
  });

  it("counts as crds/ what Helm takes for it: of subcharts that are on, and nothing of templates and other files", () => {
    const names = (values: object) => contents(values).crds.map(({ name }) => name);
    expect(names({})).toEqual(["a.example.com", "b.example.com"]);
    expect(names({ db: { enabled: true } })).toEqual(["a.example.com", "b.example.com", "d.example.com"]);
  });

  it("tells what these define", () => {
    const traits = chartTraits(CHART);
    const kinds = (values: object) => installedCrds(traits, contents(values)).map(({ defines }) => defines?.kind);
    expect(kinds({})).toEqual(["a", "b"]);
    expect(kinds({ db: { enabled: true } })).toEqual(["a", "b", "d"]);
  });
});
