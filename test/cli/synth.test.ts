import type { Model } from "../../lib/domain/model";
import { aCluster, PAIR } from "../report/a-result";
import { BROKEN, CLEAN, Project } from "./a-project";

/** A fake app: what a real one leaves behind, without cdktf. */
function app(model: Model, end: string): string {
  return `
const fs = require("node:fs");
const out = process.env.CDKTF_OUTDIR;
fs.mkdirSync(out, { recursive: true });
const model = ${JSON.stringify(model)};
if (process.env.TANDEM_AS_OF) model.asOf = process.env.TANDEM_AS_OF;
fs.writeFileSync(out + "/tandem.model.json", JSON.stringify(model));
console.log("words of the app on stdout");
console.error("words of the app on stderr");
${end}`;
}

function manifest(dependencies: Readonly<Record<string, readonly string[]>>): string {
  const stacks = Object.entries(dependencies).map(([name, before]) => [
    name,
    { name, constructPath: name, synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies: before },
  ]);
  const text = JSON.stringify({ version: "0.21.0", stacks: Object.fromEntries(stacks) });
  return `fs.writeFileSync(out + "/manifest.json", ${JSON.stringify(text)});`;
}

const PAIR_MODEL: Model = {
  ...CLEAN,
  pairs: [PAIR],
  clusters: [
    aCluster("stage-aws1", { pair: "aws1", environment: "staging", nodeGroups: [], addons: [] }),
    aCluster("prod-aws1", {
      pair: "aws1",
      environment: "production",
      accountId: "222222222222",
      nodeGroups: [],
      addons: [],
    }),
  ],
};

const PAIR_STACKS = {
  "prod-aws1": ["stage-aws1", "stage-aws1-releases"],
  "prod-aws1-releases": ["prod-aws1", "stage-aws1", "stage-aws1-releases"],
  "stage-aws1-releases": ["stage-aws1"],
  "stage-aws1": [],
};

const SYNTHESISING = "synthesising: node app.js\n";

describe("tandem check that synthesises", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  it("judges a refused app's model and reports once, without the app's own words", async () => {
    project.writeApp(app(BROKEN, "process.exit(1)"));
    const { code, stdout, stderr } = await project.run(["check", "--synth"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: SYNTHESISING });
    expect(stdout.match(/unreadable-manifest:/g)).toHaveLength(1);
    expect(stdout).not.toContain("words of the app");
    expect(stdout).not.toContain("Terraform JSON");
  });

  it("ends a clean run with where the Terraform JSON lies and how to deploy it, staging first", async () => {
    project.writeApp(app(PAIR_MODEL, manifest(PAIR_STACKS)));
    const { code, stdout, stderr } = await project.run(["check", "--synth"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: SYNTHESISING });
    expect(stdout).toMatch(/^No findings\n/);
    expect(stdout.slice(stdout.indexOf("\nTerraform JSON"))).toBe(`
Terraform JSON, in the order of deployment:
  stage-aws1           cdktf.out/stacks/stage-aws1/cdk.tf.json
  stage-aws1-releases  cdktf.out/stacks/stage-aws1-releases/cdk.tf.json
  prod-aws1            cdktf.out/stacks/prod-aws1/cdk.tf.json
  prod-aws1-releases   cdktf.out/stacks/prod-aws1-releases/cdk.tf.json

To deploy:
  npx cdktf deploy 'stage-*'
  npx cdktf deploy 'prod-*' --ignore-missing-stack-dependencies --parallelism 1
`);
  });

  it("names the stacks where no pattern fits, and the user's own with the first that needs them", async () => {
    const stacks = { ...PAIR_STACKS, "stage-other": [], "stage-aws1": ["network"], network: ["base"], base: [] };
    project.writeApp(app(PAIR_MODEL, manifest(stacks)));
    const { stdout } = await project.run(["check", "--synth"]);
    expect(stdout.slice(stdout.indexOf("To deploy:\n"))).toBe(`To deploy:
  npx cdktf deploy 'base' 'network' 'stage-aws1' 'stage-aws1-releases'
  npx cdktf deploy 'prod-*' --ignore-missing-stack-dependencies --parallelism 1
  npx cdktf deploy 'stage-other'
`);
  });

  it("names the stacks one by one where the alphabet is not their order and cdktf would keep none", async () => {
    project.writeApp(
      app(PAIR_MODEL, manifest({ ...PAIR_STACKS, "prod-aws1": ["stage-aws1", "prod-network"], "prod-network": [] })),
    );
    const { stdout } = await project.run(["check", "--synth"]);
    expect(stdout.slice(stdout.indexOf("To deploy:\n"))).toBe(`To deploy:
  npx cdktf deploy 'stage-*'
  npx cdktf deploy 'prod-network' 'prod-aws1' 'prod-aws1-releases' --ignore-missing-stack-dependencies --parallelism 1
`);
  });

  it("says so where cdktf has written no manifest", async () => {
    project.writeApp(app(CLEAN, ""));
    const { code, stdout } = await project.run(["check", "--synth"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\n\ncdktf wrote no cdktf\.out\/manifest\.json: where the Terraform JSON lies is not known\n$/,
    );
  });

  it("does not tell how to deploy what --fail-on stops", async () => {
    const warned = { ...PAIR_MODEL, acknowledgements: [{ rule: "removed-api", reason: "known", paths: ["aws1"] }] };
    project.writeApp(app(warned, manifest(PAIR_STACKS)));
    const { code, stdout } = await project.run(["check", "--synth", "--fail-on", "note"]);
    expect(code).toBe(1);
    expect(stdout).not.toContain("To deploy");
  });

  it("prints nothing but JSON to stdout when JSON is asked for", async () => {
    project.writeApp(app(PAIR_MODEL, manifest(PAIR_STACKS)));
    const { stdout } = await project.run(["check", "--synth", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { errors: 0 } });
  });

  it("synthesises where there is no model yet, and not where there is one", async () => {
    project.writeApp(app(CLEAN, ""));
    expect(await project.run(["check"])).toMatchObject({ code: 0, stderr: SYNTHESISING });
    expect(await project.run(["check"])).toMatchObject({ code: 0, stderr: "" });
  });

  it("hands --as-of, the output folder and the context to the app", async () => {
    const end = `fs.writeFileSync("seen", [out, process.env.CDKTF_CONTEXT_JSON, process.env.CI].join(" "));`;
    project.writeApp(app(CLEAN, end));
    project.write("cdktf.json", { app: "node app.js", output: "elsewhere", context: { a: "1" } });
    const { stdout } = await project.run(["check", "--as-of", "2026-11-20"]);
    expect(stdout).toContain("\nas of: 2026-11-20\n");
    expect(project.read("seen")).toBe('elsewhere {"a":"1"} true');
    expect(JSON.parse(project.read("elsewhere/tandem.model.json")).asOf).toBe("2026-11-20");
  });

  it("fails with the app's own words where it fails before it has written a model, also beside an old one", async () => {
    project.writeModel(CLEAN);
    project.writeApp(`throw new TypeError("no such network");`);
    const { code, stdout, stderr } = await project.run(["check", "--synth"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.startsWith(SYNTHESISING)).toBe(true);
    expect(stderr).toContain("\nTypeError: no such network\n");
    expect(stderr).not.toContain("node:internal/modules");
    expect(stderr).toMatch(
      /\ntandem: the app failed \(node app\.js: exit code 1\); its own words are above: fix that, then run tandem check --synth\n$/,
    );
  });

  it("fails where the app fails with nothing to refuse", async () => {
    project.writeApp(app(CLEAN, "process.exit(3)"));
    expect(await project.run(["check", "--synth"])).toEqual({
      code: 2,
      stdout: "",
      stderr: `${SYNTHESISING}words of the app on stdout
words of the app on stderr
tandem: the app failed (node app.js: exit code 3); its own words are above: fix that, then run tandem check --synth
`,
    });
  });

  it("fails where the app ends well and writes no model", async () => {
    project.writeApp("");
    expect(await project.run(["check"])).toEqual({
      code: 2,
      stdout: "",
      stderr: `${SYNTHESISING}tandem: the app wrote no model to cdktf.out/tandem.model.json (node app.js); it needs an EksCluster or a ClusterPair, and app.synth() at its end\n`,
    });
  });

  it.each<[string, unknown, string]>([
    ["has no app", {}, `cdktf.json has no "app", the command that synthesises, such as "npx tsx main.ts"`],
    ["has a strange app", { app: 7 }, 'cdktf.json: "app": expected text, got 7'],
    ["has a blank output", { app: "true", output: " " }, 'cdktf.json: "output": expected text, got " "'],
    ["is a list", [], "cdktf.json: expected an object, got []"],
    ["is not JSON", "", "cdktf.json cannot be read: Unexpected end of JSON input"],
  ])("fails where cdktf.json %s", async (_, config, problem) => {
    project.write("cdktf.json", config);
    expect(await project.run(["check"])).toEqual({ code: 2, stdout: "", stderr: `tandem: ${problem}\n` });
  });

  it("fails where there is no cdktf.json", async () => {
    expect(await project.run(["check"])).toEqual({
      code: 2,
      stdout: "",
      stderr: `tandem: there is no cdktf.json in ${project.folder} to synthesise from; go to the folder that has it, or name a model with --model FILE\n`,
    });
  });
});
