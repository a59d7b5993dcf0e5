import { aModelOfTwins, aNodeGroup, anAddon } from "../../lib/testing";
import { Project } from "./a-project";

const MODEL = aModelOfTwins({
  both: {
    version: "1.35",
    nodeGroups: [aNodeGroup({ version: "1.35" })],
    addons: [anAddon({ version: "v1.14.3-eksbuild.16" })],
  },
});

describe("tandem runbook", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.writeModel(MODEL);
  });
  afterEach(() => project.remove());

  const runbook = (...argv: string[]) => project.run(["runbook", ...argv]);

  it("prints the checklist of the plan", async () => {
    const { code, stdout, stderr } = await runbook("--to", "1.36");
    expect([code, stderr]).toEqual([0, ""]);
    const headings = stdout.split("\n").filter((line) => /^###? /.test(line));
    expect(headings.map((line) => line.replace(/ <!--.*/, ""))).toEqual([
      "## aws1",
      "## aws1: 1.35 to 1.36",
      "### stage-aws1 (staging) to 1.36",
      "### prod-aws1 (production) to 1.36",
    ]);
  });

  it("makes a file anew without losing a tick", async () => {
    expect(await runbook("--to", "1.36", "--output", "RUNBOOK.md")).toEqual({
      code: 0,
      stdout: "",
      stderr: "made: RUNBOOK.md\n",
    });
    const ticked = project.read("RUNBOOK.md").replaceAll("- [ ] **HUMAN**", "- [x] **HUMAN**");
    project.write("RUNBOOK.md", ticked);
    expect(await runbook("--to", "1.36", "--output", "RUNBOOK.md")).toEqual({
      code: 0,
      stdout: "",
      stderr: "made anew, with what people did in it: RUNBOOK.md\n",
    });
    expect(project.read("RUNBOOK.md")).toBe(ticked);
  });

  it("says which texts it left as people have rewritten them", async () => {
    await runbook("--to", "1.36", "--output", "RUNBOOK.md");
    const rewritten = project.read("RUNBOOK.md").replace("Nothing is paging", "The pager is silent");
    project.write("RUNBOOK.md", rewritten);
    expect((await runbook("--to", "1.36", "--output", "RUNBOOK.md")).stderr).toBe(
      `made anew, with what people did in it: RUNBOOK.md
1 text left as people have rewritten it; delete it to have it made anew: 1.36/stage-aws1/phase-1/pages
`,
    );
    expect(project.read("RUNBOOK.md")).toBe(rewritten);
  });

  it("gives programs the same, with what people did", async () => {
    const { stdout } = await runbook("--to", "1.36", "--format", "json");
    const [route] = JSON.parse(stdout).routes;
    const [section] = route.hops[0].clusters[0].sections;
    expect(section.lines[0]).toMatchObject({ id: "1.36/stage-aws1/before/reach", by: "HUMAN", ticked: false });
  });

  it.each([
    [[], "tandem runbook: which Kubernetes version is to be reached? Give --to, such as --to 1.37"],
    [["--to", "1.36", "--format", "html"], 'tandem runbook: --format expects one of markdown, json, got "html"'],
    [["--to", "1.36", "--nodes", "never"], 'tandem runbook: --nodes expects one of each-hop, fewest, got "never"'],
    [["--check", "RUNBOOK.md", "--to", "1.36"], "tandem runbook: --check looks at a runbook as it is; leave out --to"],
  ])("refuses %j", async (argv, problem) => {
    expect(await runbook(...argv)).toEqual({ code: 2, stdout: "", stderr: `tandem: ${problem}\n` });
  });
});
