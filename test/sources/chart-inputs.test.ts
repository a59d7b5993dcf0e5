import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { readManifests } from "../../lib/manifests/read";
import { isUnreadableInput, type ScanInput, type UnreadableInput } from "../../lib/scan/scan-input";
import { chartInputs } from "../../lib/sources/chart-inputs";
import { chartArchive } from "../helm/an-archive";
import { testHelms } from "../helm/helms";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "charts-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const CHART = "apiVersion: v2\nname: web\nversion: 1.2.3\n";
const PDB = `apiVersion: {{ if .Capabilities.APIVersions.Has "policy/v1" }}policy/v1{{ else }}policy/v1beta1{{ end }}
kind: PodDisruptionBudget
metadata:
  name: {{ .Values.name }}
`;

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

interface Asked {
  readonly target?: string;
  readonly from?: string;
  readonly values?: Record<string, unknown>;
  readonly env?: Record<string, string>;
}

function scanned(
  names: readonly string[],
  { target = "1.35", from, values = {}, env = { TANDEM_HELM: testHelms[0]?.program ?? "" } }: Asked = {},
) {
  const charts = names.map((name) => ({ name, place: path.join(folder, name) }));
  const rendering = {
    target: KubernetesVersion.parse(target),
    ...(from !== undefined && { from: KubernetesVersion.parse(from) }),
    values,
    env: { XDG_CACHE_HOME: folder, ...env },
    say: () => {},
  };
  return [...chartInputs(charts, rendering)].map(shown);
}

/** An input as `place (within): what it holds`. */
function shown(input: ScanInput | UnreadableInput): string {
  if (isUnreadableInput(input))
    return `${input.location.file} ${input.rule}: ${input.message.replaceAll(folder, "FOLDER")}`;
  const text = [...(input.open() as Iterable<string>)].join("");
  const { objects } = readManifests(text, input.name);
  const all = objects.map(({ apiVersion, kind, name }) => `${apiVersion} ${kind} ${name}`).join(", ");
  return `${input.isForTarget ? "target only, error" : (input.severity ?? "error")} ${input.name} (${input.within}): ${all}`;
}

describe.each(testHelms)("charts to scan, with helm $version", ({ program }) => {
  const env = { TANDEM_HELM: program };

  it("are rendered for the target, a template at a time", () => {
    write({
      "web/Chart.yaml": CHART,
      "web/values.yaml": "name: web\n",
      "web/templates/pdb.yaml": PDB,
      "web/templates/two.yaml":
        "{{ range list 1 2 }}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c{{ . }}}\n{{ end }}",
      "web/templates/none.yaml": "{{ if false }}x{{ end }}",
    });
    expect(scanned(["web"], { env })).toEqual([
      "error web/templates/pdb.yaml (chart web 1.2.3): policy/v1 PodDisruptionBudget web",
      "error web/templates/two.yaml (chart web 1.2.3): v1 ConfigMap c1, v1 ConfigMap c2",
    ]);
    expect(scanned(["web"], { env, target: "1.20" })[0]).toBe(
      "error web/templates/pdb.yaml (chart web 1.2.3): policy/v1beta1 PodDisruptionBudget web",
    );
  });

  it("are rendered for the version before as well, for what only that gives", () => {
    write({
      "web/Chart.yaml": CHART,
      "web/templates/pdb.yaml": PDB,
      "web/templates/same.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: same}\n",
    });
    expect(scanned(["web"], { env, target: "1.25", from: "1.20", values: { name: "x" } })).toEqual([
      "target only, error web/templates/pdb.yaml (chart web 1.2.3): policy/v1 PodDisruptionBudget x",
      "error web/templates/same.yaml (chart web 1.2.3): v1 ConfigMap same",
      "warning web/templates/pdb.yaml (chart web 1.2.3 as it is rendered for 1.20): policy/v1beta1 PodDisruptionBudget x",
    ]);
  });

  it("hold their subcharts and CRDs, and answer for what these define", () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;
    write({
      "web/Chart.yaml": CHART,
      "web/crds/gadgets.yaml": crd,
      "web/templates/gadget.yaml":
        '{{ if .Capabilities.APIVersions.Has "example.com/v1/Gadget" }}\napiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: web}\n{{ end }}',
      "web/charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
      "web/charts/db/templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: db}\n",
      "web/charts/cache-1.2.3.tgz": chartArchive(
        { "templates/b.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cache}\n" },
        "cache",
      ),
    });
    expect(scanned(["web"], { env }).sort()).toEqual([
      "error web/Chart.yaml (chart web 1.2.3, web/charts/cache/templates/b.yaml): v1 ConfigMap cache",
      "error web/charts/db/templates/a.yaml (chart web 1.2.3): v1 ConfigMap db",
      "error web/crds/gadgets.yaml (chart web 1.2.3): apiextensions.k8s.io/v1 CustomResourceDefinition gadgets.example.com",
      "error web/templates/gadget.yaml (chart web 1.2.3): example.com/v1 Gadget web",
    ]);
  });

  it("are read as Helm reads them: the last of equal keys, and any indentation within quotes", () => {
    write({
      "web/Chart.yaml": CHART,
      "web/templates/twice.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  name: b\n",
      "web/templates/quoted.yaml":
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  annotations:\n    note: "one\n  two"\n',
    });
    expect(scanned(["web"], { env }).sort()).toEqual([
      "error web/templates/quoted.yaml (chart web 1.2.3): v1 ConfigMap c",
      "error web/templates/twice.yaml (chart web 1.2.3): v1 Service b",
    ]);
  });

  it("may be archives", () => {
    write({
      "a/web-1.2.3.tgz": chartArchive({ "templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n" }),
    });
    expect(scanned(["a/web-1.2.3.tgz"], { env })).toEqual([
      "error a/web-1.2.3.tgz (chart web 1.2.3, web/templates/c.yaml): v1 ConfigMap c",
    ]);
  });

  it("tell why they could not be rendered, and the others are judged all the same", () => {
    write({
      "bad/Chart.yaml": CHART,
      "bad/templates/x.yaml": '{{ fail "name the host" }}',
      "new/Chart.yaml": `${CHART}kubeVersion: ">=1.36.0-0"\n`,
      "good/Chart.yaml": CHART,
      "good/templates/c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n",
    });
    expect(scanned(["bad", "new", "good"], { env })).toEqual([
      expect.stringMatching(
        /^bad\/Chart\.yaml chart-not-rendered: chart web 1\.2\.3 was not rendered for Kubernetes 1\.35, so that nothing in it was judged: helm template failed: .*name the host\. Correct the values or the chart; `helm template --debug` with the same chart and values shows more\.$/,
      ),
      expect.stringMatching(
        /^new\/Chart\.yaml chart-not-rendered: chart web 1\.2\.3 was not rendered for Kubernetes 1\.35, .* chart requires kubeVersion: >=1\.36\.0-0 /,
      ),
      "error good/templates/c.yaml (chart web 1.2.3): v1 ConfigMap c",
    ]);
  });

  it("render nothing where they are libraries", () => {
    write({ "web/Chart.yaml": `${CHART}type: library\n`, "web/templates/_x.tpl": '{{ define "x" }}{{ end }}' });
    expect(scanned(["web"], { env })).toEqual([]);
  });
});

describe("charts to scan", () => {
  it.each<[string, string, string | Buffer, string]>([
    [
      "an archive that stops",
      "web.tgz",
      chartArchive().subarray(0, 40),
      "web.tgz chart-not-rendered: chart web.tgz was not rendered for Kubernetes 1.35, so that nothing in it was judged: the archive of web.tgz is refused: it is no gzip archive (unexpected end of file); no chart that Helm packaged is like this: look at where it comes from before you use it. Correct it, or leave it out.",
    ],
    [
      "a Chart.yaml without a name",
      "web/Chart.yaml",
      "apiVersion: v2\n",
      "web/Chart.yaml chart-not-rendered: chart web was not rendered for Kubernetes 1.35, so that nothing in it was judged: Chart.yaml of chart web has no name and version; Helm needs both. Correct it, or leave it out.",
    ],
  ])("say that they cannot be read: %s", (_, name, text, expected) => {
    write({ [name]: text });
    expect(scanned([name.split("/")[0] ?? ""])).toEqual([expected]);
  });

  it("need no helm where there are none", () => expect(scanned([], { env: { TANDEM_HELM: "/nowhere" } })).toEqual([]));

  it("say that there is no helm", () => {
    write({ "web/Chart.yaml": CHART });
    expect(scanned(["web"], { env: { TANDEM_HELM: "/nowhere" } })).toEqual([
      "web/Chart.yaml chart-not-rendered: chart web 1.2.3 was not rendered for Kubernetes 1.35, so that nothing in it was judged: TANDEM_HELM names /nowhere, which is no program that can be run; install Helm (https://helm.sh/docs/intro/install/; on macOS: brew install helm) or name the program in TANDEM_HELM. Install Helm (https://helm.sh/docs/intro/install/), or name it in TANDEM_HELM.",
    ]);
  });

  it("may be more than are rendered at once, and come in their order", () => {
    const names = Array.from({ length: 20 }, (_, index) => `chart-${String(index).padStart(2, "0")}`);
    for (const name of names)
      write({
        [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
        [`${name}/templates/c.yaml`]: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\n",
      });
    expect(scanned(names)).toEqual(
      names.map((name) => `error ${name}/templates/c.yaml (chart ${name} 1.0.0): v1 ConfigMap ${name}`),
    );
  });
});
