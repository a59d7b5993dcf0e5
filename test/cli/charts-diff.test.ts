import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Chart, Model, Release } from "../../lib/domain/model";
import type { ReleaseValues } from "../../lib/domain/release-values";
import { aModelOf, aModelOfTwins, aRelease } from "../../lib/testing/build-model";
import { TestRepository } from "../helm/chart-repository";
import { testHelms } from "../helm/helms";
import { Project } from "./a-project";

const ROOT = path.resolve(__dirname, "../..");
const SHOP = path.join(ROOT, "test/fixtures/charts-diff");
const SYNTHESISING = "synthesising: node app.js\n";

/** A fake app that writes its model and, where it is asked to, the same values for every release. */
function app(model: Model, stated: Partial<ReleaseValues> = {}): string {
  const values = model.clusters.flatMap(({ releases }) =>
    releases.map(({ path: at }) => [at, { values: {}, standIns: [], unseen: [], ...stated }]),
  );
  return `
const fs = require("node:fs");
const path = require("node:path");
fs.mkdirSync(process.env.CDKTF_OUTDIR, { recursive: true });
fs.writeFileSync(process.env.CDKTF_OUTDIR + "/tandem.model.json", ${JSON.stringify(JSON.stringify(model))});
const { TANDEM_VALUES_FILE: file } = process.env;
if (file) {
  fs.writeFileSync("seen", JSON.stringify({ file, mode: fs.statSync(path.dirname(file)).mode & 0o777 }));
  fs.writeFileSync(file, ${JSON.stringify(JSON.stringify(Object.fromEntries(values)))});
}`;
}

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  replicas: {{ .Values.replicas | quote }}
  cluster: {{ .Capabilities.KubeVersion.Minor | quote }}
`;

/** A project with a chart repository on loopback. */
class Shop {
  readonly project = new Project();
  readonly repository = new TestRepository();

  constructor(readonly program: string) {}

  async open(): Promise<this> {
    await this.repository.start();
    return this;
  }

  async close(): Promise<void> {
    this.project.remove();
    await this.repository.close();
  }

  /** Writes a chart into a folder of the project. */
  writeChart(folder: string, files: Readonly<Record<string, string>>): string {
    const all = { "values.yaml": "replicas: 1\n", "templates/config.yaml": TEMPLATE, ...files };
    for (const [name, text] of Object.entries(all)) this.project.write(`${folder}/${name}`, text);
    return path.join(this.project.folder, folder);
  }

  /** Puts a chart named web into the repository. */
  addWeb(version: string, chart = "", files: Readonly<Record<string, string>> = {}): void {
    const text = `apiVersion: v2\nname: web\nversion: ${version}\n${chart}`;
    this.repository.add(this.writeChart(`sources/web-${version}`, { "Chart.yaml": text, ...files }));
  }

  release(name: string, version: string, stated: Partial<Release> = {}): Release {
    const chart: Chart = { source: "repository", url: this.repository.url, name, version };
    return aRelease({ name, namespace: "store", chart, ...stated });
  }

  async lock(model: Model, stated: Partial<ReleaseValues> = {}): Promise<void> {
    this.project.writeApp(app(model, stated));
    const { code } = await this.project.run(["lock"], this.env);
    expect(code).toBe(0);
  }

  diff(...argv: string[]) {
    return this.project.run(["charts", "diff", ...argv], this.env);
  }

  get env(): Record<string, string> {
    return { TANDEM_HELM: this.program, HOME: this.project.folder };
  }
}

describe.each(testHelms)("tandem charts diff with helm $version", ({ program }) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await new Shop(program).open();
  });
  afterEach(() => shop.close());

  it("tells what the upgrade changes, with the release's values, and changes nothing in the project", async () => {
    const { repository, project } = shop;
    repository.add(`${SHOP}/before`).add(`${SHOP}/after`);
    const releases = [shop.release("shop", "1.4.0")];
    const values = { logLevel: "debug", legacy: { port: 9000 } };
    await shop.lock(aModelOfTwins({ both: { version: "1.34", releases } }), { values });
    const locked = project.read("tandem.lock.json");
    expect(await shop.diff("shop", "--to", "2.0.0")).toEqual({
      code: 1,
      stdout: `Release shop: chart shop 1.4.0 to 2.0.0 (application 2.0 to 3.0), both clusters, stage-aws1
(staging) and prod-aws1 (production)
  objects: 1 blocked, 5 changed, 1 changed in labels only, 1 added, 1 deleted, 5 left behind; 5
  default values

  Blocks the upgrade
    StatefulSet database  shop/templates/database.yaml
      spec.volumeClaimTemplates is immutable: the upgrade fails unless the object is deleted first
      spec.volumeClaimTemplates[0].spec.resources.requests.storage: 1Gi -> 2Gi
      fix: kubectl delete statefulset database --namespace store --cascade=orphan
           right before the upgrade; its pods and volumes stay

  To look at
    the new chart does not know the value legacy any more: it changes nothing
      fix: take legacy out

  Changes
    ConfigMap shop  shop/templates/config.yaml
      data.api-token: sha256:585d1052 -> sha256:47d49984
      data.greeting: hello -> good day
      data["start.sh"]: 3 lines -> 4 lines: 2 added, 1 removed
      labels: app.kubernetes.io/version, helm.sh/chart
    Deployment shop  shop/templates/deployment.yaml  (its pods are replaced)
      spec.replicas: 1 -> 2
      spec.template.spec.containers[shop].args[]: --legacy -> --metrics
      spec.template.spec.containers[shop].env[DB_PASSWORD].value: sha256:fad81e0a -> sha256:1805f780
      spec.template.spec.containers[shop].env[TRACING].value: added, on
      spec.template.spec.containers[shop].image: registry.example/shop:2.0 ->
      registry.example/shop:3.0
      labels: app.kubernetes.io/version, checksum/config, helm.sh/chart
    Job migrate  shop/templates/hooks.yaml  (hook: pre-upgrade)
      spec.template.spec.containers[migrate].image: registry.example/shop:2.0 ->
      registry.example/shop:3.0
    PodDisruptionBudget shop  shop/templates/access.yaml
      apiVersion: policy/v1beta1 -> policy/v1
    Secret database  shop/templates/database.yaml
      stringData.password: (redacted) -> (redacted)
  1 object changes only in app.kubernetes.io/version, helm.sh/chart

  Adds
    NetworkPolicy shop  shop/templates/access.yaml

  Deletes
    ServiceAccount legacy  shop/templates/access.yaml

  Leaves behind
    CustomResourceDefinition orders.shop.example  shop/crds/crds.yaml
      left as it is: Helm never upgrades crds/
      1 field differs
      fix: helm show crds shop --repo ${repository.url} --version 2.0.0 | kubectl apply --server-side --filename -
    CustomResourceDefinition refunds.shop.example  shop/crds/crds.yaml
      crds/ is never upgraded or deleted by Helm
    CustomResourceDefinition vouchers.shop.example  shop/crds/crds.yaml
      not added: Helm installs crds/ only together with a new release
      fix: helm show crds shop --repo ${repository.url} --version 2.0.0 | kubectl apply --server-side --filename -
    Job seed  shop/templates/hooks.yaml
      hook: Helm does not track it
    PersistentVolumeClaim backup  shop/templates/database.yaml
      helm.sh/resource-policy: keep

  Default values
    legacy: removed, was 2 fields
      this release sets it: that value will do nothing any more
    networkPolicy: added, 1 field
    database.password: sha256:fad81e0a -> sha256:1805f780
    image.tag: "2.0" -> "3.0"
    replicas: 1 -> 2
`,
      stderr: SYNTHESISING,
    });
    expect(project.read("tandem.lock.json")).toBe(locked);
    expect(project.files(".tandem/charts")).toHaveLength(1);
  });

  it("says of each cluster what in the new chart stands against it and against the values", async () => {
    const schema = JSON.stringify({ type: "object", properties: { replicas: { type: "integer" } } });
    shop.addWeb("1.0.0", 'appVersion: "1"\n', { "values.yaml": "replicas: 1\ncolour: red\nmode: a\n" });
    shop.addWeb("2.0.0", 'kubeVersion: ">=1.35.0-0"\nappVersion: "1"\ndeprecated: true\n', {
      "values.schema.json": schema,
      "values.yaml": "replicas: 1\nmode: a\n",
    });
    const releases = [shop.release("web", "1.0.0")];
    const model = aModelOfTwins({
      staging: { version: "1.35", releases },
      production: { version: "1.34", releases },
    });
    await shop.lock(model, { values: { replicas: "two", colour: "blue", modes: "b" } });
    expect(await shop.diff("web", "--to", "2.0.0")).toEqual({
      code: 1,
      stdout: `Release web: chart web 1.0.0 to 2.0.0 (application 1 to 1), cluster stage-aws1 (staging)
  no object changes; 1 default value
  the chart is deprecated in the new version

  Blocks the upgrade
    the new chart's schema refuses the values: replicas must be integer

  To look at
    the new chart does not know the value colour any more: it changes nothing
      fix: take colour out
    the new chart does not know the value modes, and neither does the present one: it changes
    nothing
      fix: write mode if that is meant; otherwise take modes out

  Default values
    colour: removed, was red
      this release sets it: that value will do nothing any more

Release web: chart web 1.0.0 to 2.0.0 (application 1 to 1), cluster prod-aws1 (production)
  objects: not compared
  the chart is deprecated in the new version

  Blocks the upgrade
    Helm refuses the new chart: its kubeVersion ">=1.35.0-0" excludes EKS's v1.34.0-eks-0000000
      fix: npx tandem charts choose web --kubernetes 1.34
    the new chart's schema refuses the values: replicas must be integer

  To look at
    the new chart does not know the value colour any more: it changes nothing
      fix: take colour out
    the new chart does not know the value modes, and neither does the present one: it changes
    nothing
      fix: write mode if that is meant; otherwise take modes out

  Default values
    colour: removed, was red
      this release sets it: that value will do nothing any more
`,
      stderr: SYNTHESISING,
    });
  });

  it("says why the new chart cannot be rendered", async () => {
    shop.addWeb("1.0.0");
    shop.addWeb("2.0.0", "", { "templates/host.yaml": '{{ required "a host, please" .Values.host }}' });
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }));
    expect(await shop.diff("web", "--to", "2.0.0")).toEqual({
      code: 1,
      stdout: `Release web: chart web 1.0.0 to 2.0.0, cluster stage-aws1
  objects: not compared

  Blocks the upgrade
    the new chart cannot be rendered: helm template failed: execution error at
    (web/templates/host.yaml:1:3): a host, please
      fix: Correct the values or the chart; \`helm template --debug\` with the same chart and values
           shows more.
`,
      stderr: SYNTHESISING,
    });
  });

  it("fails where the present chart cannot be rendered, and tells what it knows", async () => {
    shop.addWeb("1.0.0", 'kubeVersion: "<1.34.0-0"\n');
    shop.addWeb("2.0.0");
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }));
    expect(await shop.diff("web", "--to", "2.0.0")).toEqual({
      code: 2,
      stdout: `Release web: chart web 1.0.0 to 2.0.0, cluster stage-aws1
  objects: not compared

  To look at
    what changes is not known: the present chart cannot be rendered: its kubeVersion "<1.34.0-0"
    excludes EKS's v1.34.0-eks-0000000
`,
      stderr: SYNTHESISING,
    });
  });

  it("answers a chart's questions for APIs with what the cluster serves then, other charts' CRDs included", async () => {
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;
    const asks = (api: string) =>
      `{{ if .Capabilities.APIVersions.Has "${api}" }}\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${api.replace("/", "-")} }\n{{ end }}\n`;
    const all = ["policy/v1", "policy/v1beta1", "example.com/v1", "example.com/v2"].map(asks).join("---\n");
    shop.addWeb("1.0.0");
    shop.addWeb("2.0.0", "", { "templates/asks.yaml": all });
    shop.repository.add(
      shop.writeChart("sources/widgets", {
        "Chart.yaml": "apiVersion: v2\nname: widgets\nversion: 1.0.0\n",
        "crds/widgets.yaml": definition,
      }),
    );
    const releases = [shop.release("web", "1.0.0"), shop.release("widgets", "1.0.0")];
    await shop.lock(aModelOf({ version: "1.34", releases }));
    const { code, stdout } = await shop.diff("web", "--to", "2.0.0", "--format", "json");
    expect(code).toBe(0);
    const [told] = JSON.parse(stdout).diffs;
    expect(told.objects.map(({ change, name }: Record<string, string>) => `${change} ${name}`)).toEqual([
      "added example.com-v1",
      "added policy-v1",
    ]);
  });
});

describe("tandem charts diff", () => {
  let shop: Shop;
  const anonymous = (text: string) =>
    text.replaceAll(shop.repository.url, "URL").replace(/\.[0-9a-f]{12}\.tgz/, ".DIGEST.tgz");
  beforeEach(async () => {
    shop = await new Shop(String(testHelms[0]?.program)).open();
  });
  afterEach(() => shop.close());

  it("has nothing to tell of the same chart", async () => {
    shop.addWeb("1.0.0");
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }));
    expect(await shop.diff("web", "--to", "1.0.0")).toEqual({
      code: 0,
      stdout: "Release web: chart web 1.0.0 to 1.0.0, cluster stage-aws1\n  nothing changes\n",
      stderr: SYNTHESISING,
    });
  });

  it("compares a chart in a folder with another folder, also without a lock", async () => {
    const chart = (version: string) => ({ "Chart.yaml": `apiVersion: v2\nname: web\nversion: ${version}\n` });
    shop.writeChart("charts/web", chart("0.1.0"));
    shop.writeChart("charts/next", { ...chart("0.2.0"), "values.yaml": "replicas: 2\n" });
    const local: Chart = { source: "local", folder: "charts/web", name: "web" };
    shop.project.writeApp(app(aModelOf({ version: "1.34", releases: [aRelease({ name: "web", chart: local })] })));
    expect(await shop.diff("web", "--to", "charts/next")).toEqual({
      code: 0,
      stdout: `Release web: chart web 0.1.0 to 0.2.0, cluster stage-aws1
  objects: 1 changed; 1 default value

  Changes
    ConfigMap web  web/templates/config.yaml
      data.replicas: "1" -> "2"

  Default values
    replicas: 1 -> 2
`,
      stderr: SYNTHESISING,
    });
    expect(await shop.diff("web", "--to", "2.0.0")).toEqual({
      code: 2,
      stdout: "",
      stderr: `${SYNTHESISING}tandem: chart web in charts/web is compared with another folder, and there is none at "2.0.0"\n`,
    });
  });

  it("lets no value out, keeps none, and removes what the app handed over", async () => {
    shop.addWeb("1.0.0", "", { "values.yaml": "replicas: 1\nauth: { password: a }\n" });
    shop.addWeb("2.0.0", "", {
      "values.yaml": "replicas: 1\nauth: { password: b }\n",
      "templates/config.yaml": `${TEMPLATE}  plain: {{ .Values.auth.password }}\n`,
      "templates/secret.yaml":
        "apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: {{ .Values.auth.password }} }\n",
    });
    const values = { auth: { password: "correct-horse" } };
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }), {
      values,
      standIns: ["auth.password"],
    });
    const { code, stdout, stderr } = await shop.diff("web", "--to", "2.0.0");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${SYNTHESISING}only Terraform knows what text stands in for here: auth.password\n`,
    });
    expect(stdout).toBe(`Release web: chart web 1.0.0 to 2.0.0, cluster stage-aws1
  objects: 1 changed, 1 added; 1 default value

  Changes
    ConfigMap web  web/templates/config.yaml
      data.plain: added, (redacted)

  Adds
    Secret s  web/templates/secret.yaml

  Default values
    auth.password: sha256:ac8d8342 -> sha256:c100f95c
      this release sets it: the new default does not reach it
`);
    const seen = JSON.parse(shop.project.read("seen"));
    expect(seen.mode).toBe(0o700);
    expect(fs.existsSync(path.dirname(seen.file))).toBe(false);
    const { folder } = shop.project;
    const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const holding = files.filter((each) =>
      fs.readFileSync(path.join(each.parentPath, each.name)).includes("correct-horse"),
    );
    expect(holding.map(({ name }) => name)).toEqual(["app.js"]);
  });

  it("tells the same to programs", async () => {
    shop.addWeb("1.0.0");
    shop.addWeb("1.1.0", "", { "values.yaml": "replicas: 2\n" });
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }), { values: { mood: 1 } });
    const { code, stdout } = await shop.diff("web", "--to", "1.1.0", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      diffs: [
        {
          release: "web",
          namespace: "store",
          cluster: "stage-aws1",
          kubernetes: "1.34",
          chart: { source: shop.repository.url, name: "web" },
          from: { version: "1.0.0" },
          to: { version: "1.1.0" },
          problems: [
            {
              kind: "value-unknown",
              message:
                "the new chart does not know the value mood, and neither does the present one: it changes nothing",
              remedy: "take mood out",
            },
          ],
          objects: [
            {
              change: "changed",
              apiVersion: "v1",
              kind: "ConfigMap",
              name: "web",
              template: "web/templates/config.yaml",
              fields: [{ path: "data.replicas", from: '"1"', to: '"2"' }],
            },
          ],
          values: [{ change: "changed", key: "replicas", from: "1", to: "2" }],
        },
      ],
    });
  });

  it.each<[string, readonly string[], string]>([
    [
      "no release",
      [],
      "tandem charts diff: name a release, such as tandem charts diff ingress-nginx; see tandem charts diff --help",
    ],
    [
      "nothing to compare with",
      ["web"],
      "tandem charts diff: say what to compare with: --to VERSION, or --to FOLDER for a chart in a folder; npx tandem charts outdated lists the newest versions",
    ],
    [
      "another format",
      ["web", "--to", "2.0.0", "--format", "yaml"],
      'tandem charts diff: --format expects one of text, json, got "yaml"',
    ],
    [
      "a wrong timeout",
      ["web", "--to", "2.0.0", "--timeout", "soon"],
      'tandem charts diff: --timeout expects a number of seconds such as 600, got "soon"',
    ],
  ])("refuses %s before it runs the app", async (_, argv, problem) => {
    expect(await shop.diff(...argv)).toEqual({ code: 2, stdout: "", stderr: `tandem: ${problem}\n` });
  });

  it.each<[string, readonly string[], (shop: Shop) => string]>([
    [
      "the release is unknown",
      ["wep", "--to", "2.0.0"],
      () => 'tandem charts diff: unknown release "wep"; did you mean web?; the releases are web',
    ],
    [
      "the version is not exact",
      ["web", "--to", "^2"],
      ({ repository }) =>
        `"^2" is no exact version of chart web 1.0.0 of ${repository.url}; write one such as "3.13.1"`,
    ],
    [
      "there is no such version",
      ["web", "--to", "9.9.9"],
      ({ repository }) =>
        `chart web 9.9.9 of ${repository.url} does not exist: the repository's index does not list it; it lists 1.0.0`,
    ],
  ])("fails where %s", async (_, argv, problem) => {
    shop.addWeb("1.0.0");
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }));
    expect(await shop.diff(...argv)).toEqual({
      code: 2,
      stdout: "",
      stderr: `${SYNTHESISING}tandem: ${problem(shop)}\n`,
    });
  });

  it.each<[string, (shop: Shop) => void, string]>([
    [
      "there is no lock",
      ({ project }) => fs.rmSync(path.join(project.folder, "tandem.lock.json")),
      "release web in cluster stage-aws1: chart web 1.0.0 of URL is not locked; run npx tandem lock",
    ],
    [
      "the archive is missing",
      ({ project }) => fs.rmSync(path.join(project.folder, ".tandem"), { recursive: true }),
      "release web in cluster stage-aws1: chart web 1.0.0 of URL is locked, and its archive .tandem/charts/web-1.0.0.DIGEST.tgz is not there; run npx tandem lock",
    ],
  ])("fails where %s", async (_, spoil, problem) => {
    shop.addWeb("1.0.0");
    shop.addWeb("2.0.0");
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }));
    spoil(shop);
    const { code, stdout, stderr } = await shop.diff("web", "--to", "2.0.0");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(anonymous(stderr)).toBe(`${SYNTHESISING}tandem: ${problem}\n`);
  });

  it.each<[string, Parameters<typeof aModelOf>[0], Partial<ReleaseValues>, string]>([
    [
      "nobody knows what the cluster runs",
      { version: null },
      {},
      "release web in cluster stage-aws1 cannot be rendered: which Kubernetes version its cluster runs is not known; state it in the app",
    ],
    [
      "an escape hatch gives the chart its values",
      { version: "1.34" },
      { unseen: ["values"] },
      "release web in cluster stage-aws1: chart web 1.0.0 of URL cannot be compared: an escape hatch sets values of its helm_release, so that nobody knows here what is deployed. State the chart as chart, and the values as values, valuesFiles or sensitiveValues of the release.",
    ],
  ])("fails where %s", async (_, stated, values, problem) => {
    shop.addWeb("1.0.0");
    shop.addWeb("2.0.0");
    await shop.lock(aModelOf({ ...stated, releases: [shop.release("web", "1.0.0")] }), values);
    const { code, stdout, stderr } = await shop.diff("web", "--to", "2.0.0");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(anonymous(stderr)).toBe(`${SYNTHESISING}tandem: ${problem}\n`);
  });

  it("fails where the app does not hand over its values", async () => {
    shop.addWeb("1.0.0");
    shop.addWeb("2.0.0");
    const model = aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] });
    await shop.lock(model);
    shop.project.writeApp(app(model).replace("if (file)", "if (false)"));
    expect(await shop.diff("web", "--to", "2.0.0")).toEqual({
      code: 2,
      stdout: "",
      stderr: `${SYNTHESISING}tandem: the app did not hand over the values of stage-aws1-releases/web: the eks-tandem that it loads is older than this one; update it there\n`,
    });
  });

  it("ends on SIGTERM with nothing left behind", async () => {
    shop.addWeb("1.0.0");
    shop.addWeb("2.0.0");
    await shop.lock(aModelOf({ version: "1.34", releases: [shop.release("web", "1.0.0")] }));
    shop.repository.mood = "hanging";
    shop.repository.asked.length = 0;
    shop.project.write("tmp/.keep", "");
    const temporary = path.join(shop.project.folder, "tmp");
    const child = spawn(
      process.execPath,
      ["--import", require.resolve("tsx"), path.join(ROOT, "bin/tandem.ts"), "charts", "diff", "web", "--to", "2.0.0"],
      {
        cwd: shop.project.folder,
        env: { ...shop.env, PATH: process.env.PATH, TMPDIR: temporary },
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk;
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    while (shop.repository.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGTERM");
    expect(await ended).toBe(2);
    expect(stderr).toBe(`${SYNTHESISING}tandem: interrupted\n`);
    expect(fs.readdirSync(temporary).filter((file) => file.startsWith("tandem-"))).toEqual([]);
  });
});
