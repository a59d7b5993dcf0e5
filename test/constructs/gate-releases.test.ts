import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type App, TerraformVariable } from "cdktf";
import { differs, HelmChart, type HelmReleaseOptions, SynthesisRefused } from "eks-tandem";
import { findings } from "eks-tandem/testing";
import { modelOf } from "../../lib/constructs/gate";
import type { Model, Release } from "../../lib/domain/model";
import { AS_OF, anApp, aPair, removeApps } from "./build-app";

const CANARY = "canary-in-a-coal-mine";

let folder: string;
beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-gate-"));
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  delete process.env.TANDEM_VALUES_FILE;
  fs.rmSync(folder, { recursive: true });
  removeApps();
});

const fixture = (name: string) => HelmChart.local(`test/fixtures/charts/${name}`);

/** A chart with one template beside its Chart.yaml. */
function chartOf(template: string): HelmChart {
  const chart = path.join(folder, "web");
  fs.mkdirSync(path.join(chart, "templates"), { recursive: true });
  fs.writeFileSync(path.join(chart, "Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n");
  fs.writeFileSync(path.join(chart, "templates/x.yaml"), template);
  return HelmChart.local(path.relative(process.cwd(), chart));
}

function anAppWith(chart: HelmChart, options: Partial<HelmReleaseOptions> = {}, version = "1.36"): App {
  const app = anApp();
  const pair = aPair(app, { versions: { controlPlane: version, nodes: version } });
  pair.addHelmRelease("web", { chart, namespace: "apps", ...options });
  return app;
}

/** The report that refuses an app, and all files that it leaves. */
function refused(app: App): { report: string; files: string } {
  let report = "";
  try {
    app.synth();
  } catch (error) {
    expect(error).toBeInstanceOf(SynthesisRefused);
    report = (error as Error).message;
  }
  const files = fs.readdirSync(app.outdir, { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => path.extname(file) !== "")).toEqual(["tandem.model.json"]);
  return { report, files: fs.readFileSync(path.join(app.outdir, "tandem.model.json"), "utf8") };
}
const modelText = (app: App) => {
  app.synth();
  return fs.readFileSync(path.join(app.outdir, "tandem.model.json"), "utf8");
};
const releaseIn = (text: string): Release | undefined => (JSON.parse(text) as Model).clusters[1]?.releases[0];

describe("the gate", () => {
  it("judges what Helm makes of a release, by what the cluster serves", () => {
    const { report } = refused(anAppWith(chartOf("apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: old}\n")));
    expect(report).toContain("removed-api");
    expect(report).toContain('CronJob "old", which chart web in ');
  });

  it("refuses a release that cannot be rendered, and tells where", () => {
    const { report, files } = refused(anAppWith(fixture("broken")));
    expect(report).toContain("chart-not-rendered");
    expect(report.replace(/\s+/g, " ")).toContain(
      "Release web of cluster stage-aws1 (staging): chart broken in test/fixtures/charts/broken was not rendered for Kubernetes 1.36: " +
        "helm template failed: execution error at (broken/templates/configmap.yaml:4:11): name is required.",
    );
    expect(releaseIn(files)?.renderings?.[0]?.failure?.reason).toMatch(/name is required$/);
  });

  it("judges again at each synth of a process, and each app by itself", () => {
    const [good, bad] = [anAppWith(fixture("umbrella")), anAppWith(fixture("broken"))];
    good.synth();
    refused(bad);
    good.synth();
    refused(bad);
    expect(findings(good).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(findings(bad).map(({ rule }) => rule)).toContain("chart-not-rendered");
  });

  it("writes the same model for the same app, whatever the order of the code, one object a line", () => {
    const app = (names: readonly string[]) => {
      const made = anApp();
      const pair = aPair(made);
      for (const name of names) {
        pair.addHelmRelease(name, { chart: fixture(name), namespace: "apps", values: { greeting: "hi" } });
      }
      const lines = modelText(made)
        .replace(/"line": ?\d+/g, "")
        .split("\n");
      return lines;
    };
    const names = ["operator", "asks-for-things", "umbrella"];
    const lines = app(names);
    expect(app([...names].reverse())).toEqual(lines);
    expect(
      lines.filter((line) => /^ *\{"apiVersion":"example\.com\/v1","kind":"Thing",.*\},?$/.test(line)),
    ).toHaveLength(2);
  });

  it("tells objects of manifests and of charts alike as JSON that reads back", () => {
    const app = anAppWith(fixture("umbrella"));
    expect(JSON.parse(modelText(app))).toEqual(JSON.parse(JSON.stringify(modelOf(app))));
  });
});

describe("values of releases", () => {
  const REPEATING = `apiVersion: v1
kind: Secret
metadata:
  name: web
  annotations: {note: {{ .Values.note | quote }}}
stringData: {{ toYaml .Values | nindent 2 }}
`;

  it("are never in the model nor in the cache, wherever they are written", () => {
    fs.writeFileSync(path.join(folder, "values.yaml"), `fromFile: ${CANARY}\nlist: [${CANARY}]\n`);
    const app = anAppWith(chartOf(REPEATING), {
      values: { note: CANARY, nested: { password: CANARY } },
      valuesFiles: [path.join(folder, "values.yaml")],
    });
    const text = modelText(app);
    expect(releaseIn(text)?.renderings?.[0]?.objects).toHaveLength(1);
    expect(text).not.toContain("coal-mine");
    const cache = String(process.env.TANDEM_CACHE);
    const kept = fs.readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
    for (const file of kept) expect(fs.readFileSync(path.join(cache, file), "utf8")).not.toContain("coal-mine");
  });

  it("are not in a report of a template that fails with them, where their keys say that they are secrets", () => {
    const values = { password: CANARY, tls: { key: `${CANARY}\nsecond ${CANARY}` } };
    const app = anAppWith(chartOf('{{ fail (printf "%s %q" .Values.password .Values.tls.key) }}'), { values });
    const { report, files } = refused(app);
    expect(report).toContain("chart-not-rendered");
    expect(report + files).not.toContain("coal-mine");
  });

  it("are not in the model where a release differs as a whole", () => {
    const app = anApp();
    const release = (secret: string) => ({
      chart: fixture("deprecated"),
      namespace: "apps",
      values: { greeting: secret },
    });
    aPair(app).addHelmRelease(
      "web",
      differs<HelmReleaseOptions>({ staging: release(CANARY), production: release(`${CANARY}-2`), because: "a test" }),
    );
    expect(modelText(app)).not.toContain("coal-mine");
  });

  it("that are sensitive stand in Terraform's JSON as expressions, and in the model as keys", () => {
    const app = anApp();
    const pair = aPair(app);
    const variable = (environment: "staging" | "production") =>
      new TerraformVariable(pair[environment].releasesStack, "password", { sensitive: true, default: CANARY })
        .stringValue;
    const password = differs<string>({
      staging: variable("staging"),
      production: variable("production"),
      because: "each has its own",
    });
    pair.addHelmRelease("web", {
      chart: chartOf(REPEATING),
      namespace: "apps",
      values: { note: "x" },
      sensitiveValues: { password },
    });
    const text = modelText(app);
    expect(text).not.toContain("coal-mine");
    expect(text).not.toContain("TfToken");
    expect(releaseIn(text)?.contents?.standIns).toEqual(["password"]);
  });

  it("are written for the CLI where it asks for them, for the user's eyes alone", () => {
    process.env.TANDEM_VALUES_FILE = path.join(folder, "values.json");
    modelText(anAppWith(fixture("deprecated"), { values: { greeting: CANARY } }));
    const written = fs.readFileSync(process.env.TANDEM_VALUES_FILE, "utf8");
    const values = { values: { greeting: CANARY }, standIns: [], unseen: [] };
    expect(JSON.parse(written)).toEqual({ "stage-aws1-releases/web": values, "prod-aws1-releases/web": values });
    expect(fs.statSync(process.env.TANDEM_VALUES_FILE).mode & 0o777).toBe(0o600);
  });
});
