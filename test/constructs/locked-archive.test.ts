import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { HelmChart } from "eks-tandem";
import { digestOf } from "../../lib/helm/chart/chart-archive";
import { archiveOf, writeLock } from "../../lib/helm/lock/lock-file";
import { testHelms } from "../helm/helms";
import { aPair, resourceOf } from "./build-app";

const FIXTURE = path.resolve("test/fixtures/charts/deprecated");
const CHART = HelmChart.repository("https://charts.example.com", "deprecated", "1.0.0");

describe("a release that is deployed from the lock", () => {
  const before = process.cwd();
  let project: string;

  beforeEach(() => {
    project = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "tandem-project-")));
    process.chdir(project);
  });
  afterEach(() => {
    process.chdir(before);
    fs.rmSync(project, { recursive: true });
  });

  function anAppFromTheLock(): App {
    const app = new App({ outdir: path.join(project, "cdktf.out") });
    aPair(app).addHelmRelease("web", { chart: CHART, namespace: "apps", deployFrom: "lock" });
    return app;
  }

  function lock(): string {
    execFileSync(String(testHelms[0]?.program), ["package", FIXTURE, "--destination", project]);
    const archive = fs.readFileSync(path.join(project, "deprecated-1.0.0.tgz"));
    const row = {
      source: "https://charts.example.com",
      name: "deprecated",
      version: "1.0.0",
      digest: digestOf(archive),
    };
    const kept = archiveOf(row);
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    fs.renameSync("deprecated-1.0.0.tgz", kept);
    writeLock(project, { schemaVersion: 1, charts: [row], versions: [] });
    return path.basename(kept);
  }

  it("gets the archive beside the stack, and needs no repository", () => {
    const archive = lock();
    anAppFromTheLock().synth();
    const stack = path.join(project, "cdktf.out/stacks/stage-aws1-releases");
    const release = resourceOf(JSON.parse(fs.readFileSync(path.join(stack, "cdk.tf.json"), "utf8")), "helm_release");
    expect(release.chart).toBe(`./charts/web/${archive}`);
    expect([release.repository, release.version]).toEqual([undefined, undefined]);
    expect(fs.readFileSync(path.join(stack, String(release.chart)))).toEqual(
      fs.readFileSync(path.join(project, ".tandem/charts", archive)),
    );
  });

  it("is refused where the project has no lock", () => {
    expect(() => anAppFromTheLock().synth()).toThrow(
      "release web is deployed from the lock, and chart deprecated 1.0.0 is not there (no-lock-file); run npx tandem lock",
    );
    expect(fs.existsSync(path.join(project, "cdktf.out/tandem.model.json"))).toBe(true);
  });
});
