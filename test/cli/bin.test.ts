import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { BROKEN, CLEAN, Project } from "./a-project";

const ROOT = path.resolve(__dirname, "../..");
const TANDEM = `"${process.execPath}" --import tsx bin/tandem.ts`;

/** Runs a shell line in the root of the repository, where tsx is found. */
function shell(line: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], { cwd: ROOT, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the program", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  it.each([
    ["clean", CLEAN, 0],
    ["broken", BROKEN, 1],
    ["unreadable", {}, 2],
  ])("ends with the code of a %s model", (_, model, status) => {
    project.write("model.json", model);
    expect(shell(`${TANDEM} check --model ${project.folder}/model.json`)).toMatchObject({ status });
  });

  it("says so and fails where stdout is full", () => {
    project.write("model.json", CLEAN);
    expect(shell(`${TANDEM} check --model ${project.folder}/model.json >/dev/full`)).toEqual({
      status: 2,
      stdout: "",
      stderr: "tandem: cannot write to stdout: ENOSPC: no space left on device, write\n",
    });
  });

  it("keeps its code and its peace where the reader leaves early", () => {
    project.write("model.json", BROKEN);
    const line = `${TANDEM} check --model ${project.folder}/model.json | true; echo "\${PIPESTATUS[0]}"`;
    expect(shell(line)).toEqual({ status: 0, stdout: "1\n", stderr: "" });
  });

  it("converts what is piped in", () => {
    const manifest = "apiVersion: batch/v1beta1\\nkind: CronJob\\nmetadata: {name: a}\\n";
    expect(shell(`printf '${manifest}' | ${TANDEM} convert - --target 1.35`)).toMatchObject({
      status: 0,
      stdout: "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\n",
    });
  });

  it("judges a model without loading cdktf, cdk8s, the provider bindings, YAML or a construct", () => {
    project.write("model.json", BROKEN);
    const script = `
      const { main } = require("./lib/cli/main.ts");
      const nowhere = { write() {} };
      main(["check", "--model", process.argv[1]], { stdout: nowhere, stderr: nowhere, env: {}, cwd: process.cwd() }).then((code) => {
        console.log(JSON.stringify({ code, loaded: Object.keys(require.cache) }));
      });`;
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "-e", script, `${project.folder}/model.json`], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const { code, loaded } = JSON.parse(stdout) as { code: number; loaded: string[] };
    const files = loaded.map((file) => path.relative(ROOT, file.replace(/\?.*$/, "")));
    expect(code).toBe(1);
    expect(files).toContain("lib/rules/evaluate.ts");
    expect(
      files.filter((file) => /^lib\/(constructs|manifests|index)|node_modules\/(@?cdk|constructs|yaml)/.test(file)),
    ).toEqual([]);
  });
});
