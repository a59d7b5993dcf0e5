import type { Chart, Model } from "../../lib/domain/model";
import { aModelOf, aModelOfTwins, aRelease } from "../../lib/testing/build-model";
import { TestRepository } from "../helm/chart-repository";
import { testHelms } from "../helm/helms";
import { Project } from "./a-project";

/** Charts of ingress-nginx and the versions of the application that they ship. */
const INGRESS_NGINX = {
  "4.6.0": "1.7.0",
  "4.5.2": "1.6.4",
  "4.5.0": "1.6.3",
  "4.4.2": "1.5.1",
  "4.4.1": "1.5.2",
  "4.4.0": "1.5.1",
  "4.3.0": "1.4.0",
  "4.2.5": "1.3.1",
};

describe("tandem charts choose", () => {
  const project = new Project();
  const repository = new TestRepository();
  const env = { TANDEM_HELM: String(testHelms[0]?.program), HOME: project.folder };

  const chart = (name: string, version: string): Chart => ({
    source: "repository",
    url: repository.url,
    name,
    version,
  });
  const released = (one: Chart) => aRelease({ name: one.name, chart: one });
  const model = (...charts: readonly Chart[]): Model =>
    aModelOfTwins({
      staging: { version: "1.24", releases: charts.map(released) },
      production: { version: "1.23", releases: charts.map(released) },
    });
  const choose = (...argv: string[]) => project.run(["charts", "choose", ...argv]);

  beforeAll(async () => {
    await repository.start();
    project.write(
      "source/Chart.yaml",
      'apiVersion: v2\nname: ingress-nginx\nversion: 1.0.0\nkubeVersion: ">=1.20.0-0"\n',
    );
    for (const [version, app] of Object.entries(INGRESS_NGINX))
      repository.add(`${project.folder}/source`, version, app);
    repository.add("psp-below-1-25", "1.0.0", "1.4.0").add("psp-below-1-25", "2.0.0-rc.1", "2.0.0").add("deprecated");
    project.writeModel(
      model(chart("ingress-nginx", "4.4.2"), chart("psp-below-1-25", "1.0.0"), chart("deprecated", "1.0.0")),
    );
    await project.run(["lock", "--model", "cdktf.out/tandem.model.json"], env);
    repository.asked.length = 0;
  });
  afterAll(async () => {
    await repository.close();
    project.remove();
  });
  afterEach(() => expect(repository.asked).toEqual([]));

  it.each([
    ["<=1.6.4", "4.5.2"],
    ["==1.5.1", "4.4.2"],
    ["==1.5.2", "4.4.1"],
    ["<=1.7.0", "4.6.0"],
    ["<1.5", "4.3.0"],
  ])("gives for app %s the chart %s", async (app, version) => {
    const { code, stdout, stderr } = await choose("ingress-nginx", "--app", app, "--format", "json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout).choices[0].chosen.version).toBe(version);
  });

  it("tells the chart, why, what to write, and why each newer one is rejected", async () => {
    expect(await choose("ingress-nginx", "--app", "<=1.5.2")).toEqual({
      code: 0,
      stdout: `Release ingress-nginx: chart ingress-nginx 4.4.1 (application 1.5.2)
  in use: 4.4.2 in stage-aws1 (staging) and prod-aws1 (production)
  why: the app version of the newest chart will not do; 1.5.2 is the highest that is <=1.5.2, and
       4.4.1 the newest chart that ships it
  Kubernetes 1.24: not known whether it is covered: no table knows the chart ingress-nginx of
                   ${repository.url}

  In the code
    chart: HelmChart.repository("${repository.url}", "ingress-nginx", "4.4.1"),
    appVersion: "1.5.2",

  Rejected, newer than 4.4.1
    4.6.0  its app version 1.7.0 is not <=1.5.2
    4.5.2  its app version 1.6.4 is not <=1.5.2
    4.5.0  its app version 1.6.3 is not <=1.5.2
    4.4.2  its app version 1.5.1 is lower than 1.5.2, which 4.4.1 ships
`,
      stderr: "",
    });
  });

  it("has nothing to write where the chosen chart is in use, and says that it is deprecated", async () => {
    expect(await choose("deprecated")).toEqual({
      code: 0,
      stdout: `Release deprecated: chart deprecated 1.0.0 (application 1.0.0)
  in use: 1.0.0 in stage-aws1 (staging) and prod-aws1 (production)
  why: it is the newest chart
  Kubernetes 1.24: not known whether it is covered: no table knows the chart deprecated of
                   ${repository.url}
  it is deprecated: its maintainers will not follow Kubernetes any further
`,
      stderr: "",
    });
  });

  it("takes the newest chart where its app will do", async () => {
    const { code, stdout } = await choose("ingress-nginx", "--app", "<2");
    expect({ code, told: stdout.split("\n").slice(0, 3) }).toEqual({
      code: 0,
      told: [
        "Release ingress-nginx: chart ingress-nginx 4.6.0 (application 1.7.0)",
        "  in use: 4.4.2 in stage-aws1 (staging) and prod-aws1 (production)",
        "  why: it is the newest chart, and its app version is <2",
      ],
    });
  });

  it("fails where none will do, with why", async () => {
    expect(await choose("psp-below-1-25", "--app", "<1.4", "--kubernetes", "1.30")).toEqual({
      code: 1,
      stdout: `Release psp-below-1-25: none of 2 versions of chart psp-below-1-25 will do
  in use: 1.0.0 in stage-aws1 (staging) and prod-aws1 (production)

  Rejected
    2.0.0-rc.1  2.0.0-rc.1 is a pre-release
    1.0.0       its app version 1.4.0 is not <1.4

  npx tandem lock looks for newer versions.
`,
      stderr: "",
    });
  });

  it("takes a pre-release when asked", async () => {
    const { stdout } = await choose("psp-below-1-25", "--pre-releases");
    expect(stdout).toMatch(/^Release psp-below-1-25: chart psp-below-1-25 2\.0\.0-rc\.1 \(application 2\.0\.0\)\n/);
  });

  it("rejects a chart whose kubeVersion excludes the Kubernetes version that is asked for", async () => {
    const { code, stdout } = await choose("ingress-nginx", "--kubernetes", "1.19");
    expect(code).toBe(1);
    expect(stdout).toContain(`    4.6.0  its kubeVersion ">=1.20.0-0" excludes EKS's v1.19.0-eks-0000000\n`);
  });

  it("tells the same to programs", async () => {
    const argv = ["ingress-nginx", "--app", ">1.5.2 <=1.6.4", "--format", "json", "--kubernetes", "1.30"];
    const { code, stdout } = await choose(...argv);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      choices: [
        {
          release: "ingress-nginx",
          chart: { source: repository.url, name: "ingress-nginx" },
          app: ">1.5.2 <=1.6.4",
          kubernetes: "1.30",
          inUse: [
            { cluster: "stage-aws1", environment: "staging", version: "4.4.2" },
            { cluster: "prod-aws1", environment: "production", version: "4.4.2" },
          ],
          kind: "highest-app",
          chosen: { version: "4.5.2", appVersion: "1.6.4", kubeVersion: ">=1.20.0-0" },
          coverage: { status: "unknown", reason: `no table knows the chart ingress-nginx of ${repository.url}` },
          rejected: [
            {
              version: "4.6.0",
              appVersion: "1.7.0",
              kubeVersion: ">=1.20.0-0",
              because: "its app version 1.7.0 is not >1.5.2 <=1.6.4",
            },
          ],
        },
      ],
    });
  });

  const unknown = (name: string, hint: string) =>
    `tandem: tandem charts choose: unknown release "${name}"${hint}; the releases are deprecated, ingress-nginx, psp-below-1-25; after a change to the app: tandem check --synth\n`;

  it.each([
    [
      "no release",
      [],
      "tandem: tandem charts choose: name a release, such as tandem charts choose ingress-nginx; see tandem charts choose --help\n",
    ],
    ["a misspelt release", ["ingres-nginx"], unknown("ingres-nginx", "; did you mean ingress-nginx?")],
    ["an unknown release", ["karpenter"], unknown("karpenter", "")],
    [
      "a wrong constraint",
      ["ingress-nginx", "--app", "soon"],
      'tandem: "soon" is no constraint of app versions; write one such as "<=1.6.4", "==1.5.1" or ">=1.5 <2"\n',
    ],
    [
      "a wrong version",
      ["ingress-nginx", "--kubernetes", "1.36.2"],
      'tandem: tandem charts choose: --kubernetes: expected a Kubernetes minor version such as "1.33", got "1.36.2": EKS manages patch releases; write "1.36"\n',
    ],
    [
      "another format",
      ["ingress-nginx", "--format", "yaml"],
      'tandem: tandem charts choose: --format expects one of text, json, got "yaml"\n',
    ],
  ])("refuses %s", async (_, argv, stderr) => {
    expect(await choose(...argv)).toEqual({ code: 2, stdout: "", stderr });
  });
});

describe("tandem charts choose in another project", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  const url = "https://charts.example.com";
  const here: Chart = { source: "repository", url, name: "web", version: "1.0.0" };
  const there: Chart = { source: "oci", reference: "oci://charts.example.com/web", name: "web", version: "1.0.0" };
  const web = (chart: Chart) => ({ releases: [aRelease({ name: "web", chart })] });
  const choose = (...argv: string[]) => project.run(["charts", "choose", "web", ...argv]);

  it("chooses for each place that the chart comes from", async () => {
    project.writeModel(aModelOfTwins({ both: { version: "1.34" }, staging: web(here), production: web(there) }));
    const versions = [
      { source: url, name: "web", version: "2.0.0", deprecated: true },
      { source: there.reference, name: "web", version: "3.0.0", appVersion: "3.0" },
    ];
    project.write("tandem.lock.json", { schemaVersion: 1, charts: [], versions });
    expect(await choose()).toEqual({
      code: 0,
      stdout: `Release web: chart web 2.0.0
  in use: 1.0.0 in stage-aws1 (staging)
  why: it is the newest chart
  Kubernetes 1.34: not known whether it is covered: no table knows the chart web of
                   https://charts.example.com
  it is deprecated: its maintainers will not follow Kubernetes any further

  In the code
    chart: HelmChart.repository("https://charts.example.com", "web", "2.0.0"),

Release web: chart web 3.0.0 (application 3.0)
  in use: 1.0.0 in prod-aws1 (production)
  why: it is the newest chart
  Kubernetes 1.34: not known whether it is covered: no table knows the chart web of
                   oci://charts.example.com/web

  In the code
    chart: HelmChart.oci("oci://charts.example.com/web", "3.0.0"),
    appVersion: "3.0",
`,
      stderr: "",
    });
  });

  it.each<[string, Model, object | undefined, string]>([
    [
      "there is no lock",
      aModelOf(web(here)),
      undefined,
      "tandem.lock.json is not there, which lists the versions of charts; run npx tandem lock",
    ],
    [
      "the lock does not know the chart",
      aModelOf(web(here)),
      { schemaVersion: 1, charts: [], versions: [{ source: url, name: "other", version: "1.0.0" }] },
      "tandem.lock.json lists no version of chart web 1.0.0 of https://charts.example.com; run npx tandem lock",
    ],
    [
      "the chart is a folder",
      aModelOf(web({ source: "local", folder: "charts/web", name: "web" })),
      undefined,
      "release web uses chart web in charts/web, a folder of this project: there is no other version to choose from",
    ],
    [
      "nobody knows what the cluster runs",
      aModelOf({ ...web(here), version: null }),
      undefined,
      "which Kubernetes version cluster stage-aws1 runs is not known; say what the chart is to run on with --kubernetes VERSION",
    ],
    ["there is no release", aModelOf(), undefined, 'unknown release "web"; the model has none'],
  ])("fails where %s", async (_, model, lock, problem) => {
    project.writeModel(model);
    if (lock) project.write("tandem.lock.json", lock);
    expect(await choose()).toEqual({ code: 2, stdout: "", stderr: `tandem: tandem charts choose: ${problem}\n` });
  });

  it("synthesises where there is no model yet", async () => {
    project.writeApp("process.exit(3)");
    const { code, stderr } = await choose();
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^synthesising: node app\.js\n\ntandem: the app failed .* fix that, then run tandem charts choose\n$/,
    );
  });
});
