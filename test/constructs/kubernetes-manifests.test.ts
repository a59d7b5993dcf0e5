import * as fs from "node:fs";
import * as path from "node:path";
import { ApiObject, Chart } from "cdk8s";
import { Ingress, k8s } from "cdk8s-plus-27";
import { Token } from "cdktf";
import type { ManifestsSource } from "eks-tandem";
import { modelOf } from "../../lib/constructs/gate";
import { AS_OF, anApp, aPair, removeApps, resourceOf, terraformOf } from "./build-app";

beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  removeApps();
});

const TEMPLATES = "{{ .Values.x }} ${y} %{z} {{- end -}} $${w}";

function aConfigMap(data: object = {}): ManifestsSource {
  return (scope) =>
    new ApiObject(new Chart(scope, "settings"), "map", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "map" },
      data,
    });
}

/** The files of the chart that synth wrote for `name`, by path. */
function chartOf(source: ManifestsSource, name = "settings"): Record<string, string> {
  const app = anApp();
  const pair = aPair(app);
  pair.addManifests(name, source);
  app.synth();
  const folder = path.join(app.outdir, "stacks/stage-aws1-releases");
  const { chart } = resourceOf(terraformOf(pair.staging.releasesStack), "helm_release");
  const root = path.join(folder, String(chart));
  const files = fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => fs.statSync(path.join(root, file)).isFile());
  return Object.fromEntries(files.map((file) => [file, fs.readFileSync(path.join(root, file), "utf8")]));
}

function manifestsOf(source: ManifestsSource) {
  const app = anApp();
  const pair = aPair(app);
  pair.addManifests("settings", source);
  return modelOf(app).clusters.find(({ environment }) => environment === "staging")?.manifests[0];
}

describe("KubernetesManifests", () => {
  it("writes a chart whose templates only print plain files, so that the text arrives letter for letter", () => {
    const files = chartOf(aConfigMap({ text: TEMPLATES }));
    expect(Object.keys(files).sort()).toEqual(["Chart.yaml", "files/manifests.yaml", "templates/manifests.yaml"]);
    expect(files["templates/manifests.yaml"]).toBe('{{ .Files.Get "files/manifests.yaml" }}\n');
    expect(files["files/manifests.yaml"]).toContain(TEMPLATES);
  });

  it("ships the text of a file as it stands, comments and all", () => {
    const file = "test/fixtures/manifests/settings.yaml";
    expect(chartOf({ files: [file] })["files/0-settings.yaml"]).toBe(fs.readFileSync(file, "utf8"));
  });

  it("names the chart's folder after its content, so that Terraform sees a change", () => {
    const chart = (data: object) => {
      const { staging } = aPair();
      staging.addManifests("settings", aConfigMap(data));
      return resourceOf(terraformOf(staging.releasesStack), "helm_release").chart;
    };
    expect(chart({ a: "1" })).toMatch(/^\.\/charts\/settings\/[0-9a-f]{12}$/);
    expect(chart({ a: "1" })).toBe(chart({ a: "1" }));
    expect(chart({ a: "1" })).not.toBe(chart({ a: "2" }));
  });

  it("leaves no chart of an earlier synth behind", () => {
    const app = anApp();
    aPair(app).addManifests("settings", aConfigMap());
    const charts = path.join(app.outdir, "stacks/stage-aws1-releases/charts/settings");
    fs.mkdirSync(path.join(charts, "000000000000"), { recursive: true });
    app.synth();
    expect(fs.readdirSync(charts)).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)]);
    expect(fs.readdirSync(charts)).not.toContain("000000000000");
  });

  it("tells the function which cluster it makes charts for", () => {
    const seen: unknown[] = [];
    aPair().addManifests("settings", (scope, cluster) => {
      seen.push(cluster);
      return new Chart(scope, "empty");
    });
    expect(seen).toEqual([
      { clusterName: "stage-aws1", environment: "staging" },
      { clusterName: "prod-aws1", environment: "production" },
    ]);
  });

  it("tells the model of each object its identity and where it comes from, and not what is in it", () => {
    const manifests = manifestsOf(aConfigMap({ password: "hunter2" }));
    expect(manifests?.objects).toEqual([
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        name: "map",
        path: "stage-aws1-releases/settings/settings/map",
        location: {
          file: "test/constructs/kubernetes-manifests.test.ts",
          line: expect.any(Number),
          column: expect.any(Number),
        },
        hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
    ]);
    expect(JSON.stringify(manifests)).not.toContain("hunter2");
  });

  it("finds the objects of a file at their lines", () => {
    const manifests = manifestsOf({ files: ["test/fixtures/manifests/settings.yaml"] });
    expect(manifests?.objects.map(({ kind, location }) => [kind, location])).toEqual([
      ["ConfigMap", { file: "test/fixtures/manifests/settings.yaml", line: 2, column: 1 }],
      ["Secret", { file: "test/fixtures/manifests/settings.yaml", line: 10, column: 1 }],
    ]);
  });

  it("does not let a Terraform value into a manifest, where it would arrive as a placeholder", () => {
    const region = Token.asString({ resolve: () => "us-east-1" });
    const manifests = manifestsOf(aConfigMap({ deep: { region } }));
    expect(manifests?.objects).toEqual([]);
    expect(manifests?.unreadable).toEqual([
      {
        message:
          'stage-aws1-releases/settings/settings/map: ConfigMap "map" has a cdktf token at data.deep.region, a value that only Terraform ' +
          "will know: manifests are written at synth time; pass the value itself, or hand it over as a Helm value",
        location: expect.objectContaining({ file: "test/constructs/kubernetes-manifests.test.ts" }),
      },
    ]);
  });

  it("notices a Terraform number and a Terraform list too", () => {
    const number = Token.asNumber({ resolve: () => 1 });
    const list = Token.asList({ resolve: () => [] });
    expect(manifestsOf(aConfigMap({ number }))?.unreadable[0]?.message).toContain("a cdktf token at data.number,");
    expect(manifestsOf(aConfigMap({ list }))?.unreadable[0]?.message).toContain("a cdktf token at data.list[0],");
  });

  it.each<[string, unknown, string]>([
    [
      "a file that is not there",
      { files: ["none.yaml"] },
      "the manifest file none.yaml cannot be read (Error: ENOENT: no such file or directory, open 'none.yaml'); paths start from the folder that holds cdktf.json",
    ],
    ["no files", { files: [] }, 'files is empty; name one YAML file at least, such as files: ["web.yaml"]'],
    [
      "nothing",
      undefined,
      'addManifests takes a function that makes cdk8s charts, such as (scope, cluster) => new Web(scope, "web"), or { files: ["web.yaml"] }',
    ],
  ])("refuses %s at the user's line", (_what, source, message) => {
    expect(() => aPair().addManifests("settings", source as ManifestsSource)).toThrow(
      `stage-aws1-releases/settings: ${message}\n  at test/constructs/kubernetes-manifests.test.ts:`,
    );
  });

  it("passes on what cdk8s itself finds invalid", () => {
    const source: ManifestsSource = (scope) => new Ingress(new Chart(scope, "web"), "ingress");
    expect(() => aPair().addManifests("settings", source)).toThrow(
      "stage-aws1-releases/settings: cdk8s finds the manifests invalid:\n  [web/ingress] ingress with no rules or default backend",
    );
  });

  it("reads ten thousand objects of one file", () => {
    const app = anApp();
    const file = path.join(app.outdir, "many.yaml");
    const documents = Array.from(
      { length: 10_000 },
      (_, index) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map-${index}\n`,
    );
    fs.writeFileSync(file, documents.join("---\n"));
    const pair = aPair(app);
    pair.staging.addManifests("many", { files: [file] });
    const [manifests] = modelOf(app).clusters.find(({ environment }) => environment === "staging")?.manifests ?? [];
    expect(manifests).toMatchObject({ documents: 10_000, unreadable: [] });
    expect(manifests?.objects).toHaveLength(10_000);
  });

  it("keeps cdk8s-plus objects as cdk8s writes them", () => {
    const files = chartOf(
      (scope) => new k8s.KubeNamespace(new Chart(scope, "spaces"), "apps", { metadata: { name: "apps" } }),
    );
    expect(files["files/manifests.yaml"]).toBe("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: apps\n");
  });
});
