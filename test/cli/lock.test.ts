import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Chart, Model } from "../../lib/domain/model";
import { digestOf } from "../../lib/helm/chart/chart-archive";
import { aModelOfTwins, aRelease } from "../../lib/testing/build-model";
import { TestRepository } from "../helm/chart-repository";
import { testHelms } from "../helm/helms";
import { Project } from "./a-project";

const ROOT = path.resolve(__dirname, "../..");
const PSP = "psp-below-1-25";

/** A fake app that writes a model and then ends as told. */
function app(model: Model, end = ""): string {
  return `
const fs = require("node:fs");
fs.mkdirSync(process.env.CDKTF_OUTDIR, { recursive: true });
fs.writeFileSync(process.env.CDKTF_OUTDIR + "/tandem.model.json", ${JSON.stringify(JSON.stringify(model))});
${end}`;
}

describe.each(testHelms)("tandem lock with helm $version", ({ program }) => {
  let project: Project;
  let repository: TestRepository;
  let env: Record<string, string>;
  beforeEach(async () => {
    project = new Project();
    repository = (await new TestRepository().start()).add(PSP, "1.1.0", "2.0.0").add(PSP, "1.2.0").add("deprecated");
    env = { TANDEM_HELM: program, HOME: project.folder };
  });
  afterEach(async () => {
    project.remove();
    await repository.close();
  });

  const chart = (name: string, version: string): Chart => ({
    source: "repository",
    url: repository.url,
    name,
    version,
  });
  const model = (...charts: readonly Chart[]) =>
    aModelOfTwins({ both: { releases: charts.map((each) => aRelease({ name: each.name, chart: each })) } });
  const digest = (file: string) => digestOf(fs.readFileSync(path.join(repository.folder, `${file}.tgz`))).slice(0, 19);
  const SYNTHESISING = "synthesising: node app.js\n";

  it("runs the app, fetches its charts and tells what is new, and then what is not", async () => {
    project.writeApp(app(model(chart(PSP, "1.2.0"), chart("deprecated", "1.0.0"))));
    const { code, stdout, stderr } = await project.run(["lock"], env);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `2 charts locked in tandem.lock.json: 2 new
+ deprecated      1.0.0  app 1.0.0  ${digest("deprecated-1.0.0")}  ${repository.url} (deprecated)
+ ${PSP}  1.2.0  app 2.4.1  ${digest(`${PSP}-1.2.0`)}  ${repository.url}
`,
    });
    expect(stderr.split("\n").sort()).toEqual(
      [
        "",
        ...[`${PSP} 1.2.0`, "deprecated 1.0.0"].map((each) => `fetched chart ${each} of ${repository.url}`),
        SYNTHESISING.trim(),
      ].sort(),
    );
    expect(project.files()).toEqual([".tandem", "app.js", "cdktf.json", "cdktf.out", "tandem.lock.json"]);
    expect(await project.run(["lock"], env)).toEqual({
      code: 0,
      stdout: stdout.replace("2 new", "nothing has changed").replaceAll("+ ", "  "),
      stderr: SYNTHESISING,
    });
    expect(await project.run(["lock", "--check"], env)).toEqual({
      code: 0,
      stdout: "tandem.lock.json is up to date\n",
      stderr: SYNTHESISING,
    });
  });

  it("sees a version that has changed, and so does --check, which asks nobody", async () => {
    project.writeApp(app(model(chart(PSP, "1.1.0"))));
    await project.run(["lock"], env);
    project.writeApp(app(model(chart(PSP, "1.2.0"))));
    repository.asked.length = 0;
    expect(await project.run(["lock", "--check"], env)).toEqual({
      code: 1,
      stdout: `tandem.lock.json is stale:

chart ${PSP} 1.2.0 of ${repository.url} is not locked
  release ${PSP} in cluster prod-aws1 (production)
  release ${PSP} in cluster stage-aws1 (staging)

chart ${PSP} 1.1.0 of ${repository.url} is locked and no release uses it

to lock: npx tandem lock
`,
      stderr: SYNTHESISING,
    });
    expect(repository.asked).toEqual([]);
    const former = digest(`${PSP}-1.1.0`);
    expect((await project.run(["lock"], env)).stdout).toBe(`1 chart locked in tandem.lock.json: 1 new, 1 removed
+ ${PSP}  1.2.0  app 2.4.1  ${digest(`${PSP}-1.2.0`)}  ${repository.url}
- ${PSP}  1.1.0  app 2.0.0  ${former}  ${repository.url}
`);
  });

  it("locks the charts of a refused app: that they are not locked may be why", async () => {
    const refused = model(chart(PSP, "1.2.0"));
    const clusters = refused.clusters.map((cluster) => ({ ...cluster, version: null }));
    project.writeApp(app({ ...refused, clusters }, "process.exit(1)"));
    expect(await project.run(["lock"], env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^1 chart locked /),
    });
  });

  it("fails where the app fails for a reason of its own", async () => {
    project.writeApp(app(model(), "process.exit(3)"));
    const { code, stderr } = await project.run(["lock"], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(/its own words are above: fix that, then run tandem lock\n$/);
  });

  it("draws one line on a terminal", async () => {
    project.write("model.json", model(chart(PSP, "1.2.0")));
    const { stderr } = await project.run(["lock", "--model", "model.json"], env, true);
    const label = `chart ${PSP} 1.2.0 of ${repository.url}`;
    const lines = [`0 of 1: ${label}`, `1 of 1: ${label}`].map((line) => `\r\u001b[K${line.slice(0, 79)}`);
    expect(stderr).toBe(`${lines.join("")}\r\u001b[K`);
  });

  it("tells what it could not do and leaves the old lock", async () => {
    project.write("model.json", model(chart(PSP, "1.1.0")));
    await project.run(["lock", "--model", "model.json"], env);
    const before = project.read("tandem.lock.json");
    project.write("model.json", model(chart(PSP, "1.2.0")));
    repository.mood = "hanging";
    expect(await project.run(["lock", "--model", "model.json", "--timeout", "0.5"], env)).toEqual({
      code: 2,
      stdout: "",
      stderr: `tandem: 1 of 1 charts could not be locked, and nothing was written:

the index of ${repository.url} could not be fetched: it took longer than 0.5 seconds; it is slow or hangs: try again, or give it longer (--timeout SECONDS)
  release ${PSP} in cluster prod-aws1 (production)
  release ${PSP} in cluster stage-aws1 (staging)
`,
    });
    expect(project.read("tandem.lock.json")).toBe(before);
  });

  it.each(["0", "-1", "soon", ""])("refuses %j as a timeout", async (timeout) => {
    expect(await project.run(["lock", `--timeout=${timeout}`], env)).toEqual({
      code: 2,
      stdout: "",
      stderr: `tandem: tandem lock: --timeout expects a number of seconds such as 600, got ${JSON.stringify(timeout)}\n`,
    });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends on %s with everything as it was", async (signal) => {
    project.write("model.json", model(chart(PSP, "1.1.0")));
    await project.run(["lock", "--model", "model.json"], env);
    const before = project.read("tandem.lock.json");
    project.write("model.json", model(chart(PSP, "1.2.0")));
    repository.mood = "hanging";
    repository.asked.length = 0;
    project.write("tmp/.keep", "");
    const temporary = path.join(project.folder, "tmp");
    const child = spawn(
      process.execPath,
      ["--import", require.resolve("tsx"), path.join(ROOT, "bin/tandem.ts"), "lock", "--model", "model.json"],
      {
        cwd: project.folder,
        env: { ...env, PATH: process.env.PATH, TMPDIR: temporary },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk;
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    while (repository.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    expect(await ended).toBe(2);
    expect(stderr).toBe("tandem: interrupted; tandem.lock.json and the archives are as they were\n");
    expect(project.read("tandem.lock.json")).toBe(before);
    expect(fs.readdirSync(temporary).filter((file) => file.startsWith("tandem-"))).toEqual([]);
  });
});
