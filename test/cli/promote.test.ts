import * as path from "node:path";
import { Project } from "./a-project";

const LIBRARY = path.resolve(__dirname, "../../dist/lib/index.js");

/** An app in which staging is one minor version ahead. */
const APP = `
const { App } = require(${JSON.stringify(require.resolve("cdktf"))});
const { AmiType, ClusterPair, differs, Network } = require(${JSON.stringify(LIBRARY)});
const app = new App();
const pair = new ClusterPair(app, "aws1", {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: differs({
    staging: { controlPlane: "1.36", nodes: "1.36" },
    production: { controlPlane: "1.35", nodes: "1.35" },
    because: "1.36 soaks in staging", // until December
  }),
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});
pair.addNodeGroup("general", {
  amiType: AmiType.AL2023_ARM_64_STANDARD, instanceTypes: ["m7g.large"], size: { min: 2, max: 4 },
});
pair.addAddon("coredns", {
  version: differs({ staging: "v1.14.3-eksbuild.16", production: "v1.13.2-eksbuild.21", because: "it soaks" }),
});
app.synth();
`;

describe("tandem promote", () => {
  let project: Project;
  beforeEach(async () => {
    project = new Project();
    project.writeApp(APP);
  });
  afterEach(() => project.remove());

  const run = (...argv: string[]) => project.run(argv);
  const synthesised = async (day: string) =>
    expect(await run("check", "--synth", "--as-of", day)).toMatchObject({ code: 0 });
  const recorded = async (cluster: string, at: string) =>
    expect(await run("record", cluster, "--at", at, "--by", "Ada")).toMatchObject({ code: 0 });

  async function begun(): Promise<void> {
    await synthesised("2026-11-02");
    await recorded("stage-aws1", "2026-11-02T08:00:00Z");
    await recorded("prod-aws1", "2026-11-02T08:00:00Z");
  }

  it("raises production to what staging has proven, the nodes once their control plane is recorded", async () => {
    await begun();
    await synthesised("2026-11-24");
    const shown = await run("promote", "aws1");
    expect(shown).toEqual({
      code: 0,
      stdout: `--- a/app.js
+++ b/app.js
@@ -10,7 +10,7 @@
   }),
   versions: differs({
     staging: { controlPlane: "1.36", nodes: "1.36" },
-    production: { controlPlane: "1.35", nodes: "1.35" },
+    production: { controlPlane: "1.36", nodes: "1.35" },
     because: "1.36 soaks in staging", // until December
   }),
   supportType: "STANDARD",
@@ -20,6 +20,6 @@
   amiType: AmiType.AL2023_ARM_64_STANDARD, instanceTypes: ["m7g.large"], size: { min: 2, max: 4 },
 });
 pair.addAddon("coredns", {
-  version: differs({ staging: "v1.14.3-eksbuild.16", production: "v1.13.2-eksbuild.21", because: "it soaks" }),
+  version: "v1.14.3-eksbuild.16",
 });
 app.synth();
`,
      stderr: `The control plane: 1.35 to 1.36 (app.js:5:14)
Add-on coredns: v1.13.2-eksbuild.21 to v1.14.3-eksbuild.16 (app.js:22:6)
The nodes of prod-aws1 follow its control plane: deploy, npx tandem record prod-aws1, then promote again.
`,
    });
    expect(project.read("app.js")).toBe(APP);

    expect((await run("promote", "aws1", "--write")).stderr).toContain("written; next: npx tandem check --synth\n");
    await synthesised("2026-11-24");
    await recorded("prod-aws1", "2026-11-24T08:00:00Z");
    expect((await run("promote", "aws1", "--write")).code).toBe(0);
    expect(project.read("app.js")).toContain('  versions: { controlPlane: "1.36", nodes: "1.36" },\n  supportType');
    await synthesised("2026-11-25");
    expect(await run("promote", "aws1")).toEqual({
      code: 0,
      stdout: "",
      stderr: "nothing to promote: prod-aws1 is described to run what stage-aws1 runs\n",
    });
  }, 60_000);

  it("refuses what staging has not run long enough, and says since when", async () => {
    await begun();
    await synthesised("2026-11-05");
    const { code, stdout, stderr } = await run("promote", "aws1");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^prod-aws1 is not promoted:\n {2}soak-too-short: .*3 days/);
  }, 60_000);

  it("refuses before anything is recorded, and what is not deployed yet", async () => {
    await synthesised("2026-11-02");
    expect(await run("promote", "aws1")).toEqual({
      code: 1,
      stdout: "",
      stderr: `prod-aws1 is not promoted:
  Nothing is recorded of stage-aws1: deploy it, then npx tandem record stage-aws1.
  Nothing is recorded of prod-aws1: deploy it, then npx tandem record prod-aws1.
`,
    });
    await begun();
    project.write("app.js", APP.replace("v1.14.3-eksbuild.16", "v1.14.3-eksbuild.23"));
    await synthesised("2026-11-24");
    expect((await run("promote", "aws1")).stderr).toBe(`prod-aws1 is not promoted:
  Add-on coredns of stage-aws1 is described as v1.14.3-eksbuild.23, which is not what is recorded: deploy it and npx tandem record stage-aws1.
`);
  }, 60_000);

  it("takes the next step of a plan in a file, where it is asked for", async () => {
    await begun();
    const { code, stdout, stderr } = await run("plan", "--to", "1.37", "--apply-to", "app.js");
    expect([code, stdout.match(/^[-+] .*/gm), stderr]).toEqual([
      0,
      [
        '-  version: differs({ staging: "v1.14.3-eksbuild.16", production: "v1.13.2-eksbuild.21", because: "it soaks" }),',
        '+  version: "v1.14.3-eksbuild.16",',
      ],
      `next: 1.36/prod-aws1/before/add-on/coredns, not before 2026-11-09
addons.coredns.version: v1.14.3-eksbuild.16, staging keeps v1.14.3-eksbuild.16 (app.js:22:6)
`,
    ]);
    expect(await run("plan", "--to", "1.37", "--write")).toMatchObject({
      code: 2,
      stderr: "tandem: tandem plan: --write writes what --apply-to FILE shows; name the file\n",
    });
  }, 60_000);

  it("leaves to people what is not written out", async () => {
    project.write(
      "app.js",
      APP.replace('production: "v1.13.2-eksbuild.21"', 'production: ["v1.13.2-eksbuild.21"].join()'),
    );
    await begun();
    await synthesised("2026-11-24");
    const { code, stderr } = await run("promote", "aws1");
    expect(code).toBe(1);
    expect(stderr).toContain(
      'by hand: Add-on coredns: v1.13.2-eksbuild.21 to v1.14.3-eksbuild.16 (app.js:22:6), because ["v1.13.2-eksbuild.21"].join() is no text that is written out\n',
    );
  }, 60_000);

  it.each([
    [[], "tandem promote: name a pair, such as tandem promote aws1"],
    [["aws2"], 'tandem promote: unknown pair "aws2"; did you mean aws1?; the pairs are aws1'],
  ])("refuses %j", async (argv, problem) => {
    await synthesised("2026-11-02");
    expect(await run("promote", ...argv)).toEqual({ code: 2, stdout: "", stderr: `tandem: ${problem}\n` });
  });
});
