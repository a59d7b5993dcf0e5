import * as fs from "node:fs";
import * as path from "node:path";
import { aModelOf, aNodeGroup } from "../../lib/testing/build-model";
import { Project } from "./a-project";

const MODEL = {
  ...aModelOf({
    version: "1.34",
    nodeGroups: [aNodeGroup({ version: "1.34" })],
    location: { file: "main.ts", line: 7, column: 1 },
  }),
  asOf: "2026-11-23",
};

describe("tandem plan", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.writeModel(MODEL);
  });
  afterEach(() => project.remove());

  const plan = (...argv: string[]) => project.run(["plan", ...argv]);

  it("tells step by step what to do", async () => {
    expect(await plan("--to", "1.35")).toEqual({
      code: 0,
      stdout: `Cluster stage-aws1, to Kubernetes 1.35
  stage-aws1 runs 1.34, nodes 1.34 (as the code describes it)
  1 hop, 2 steps, 1 node group rolled, 0 days of waiting; done on 2026-11-23 at the earliest
  note: The history does not know stage-aws1: the plan takes what the code describes for what runs.
        npx tandem record writes down what runs.

Hop 1: 1.34 to 1.35

  stage-aws1, from 2026-11-23
    must now: control plane 1.34 -> 1.35
      write   controlPlane: "1.35"  (versions.controlPlane, main.ts:7)
      deploy  npx cdktf deploy 'stage-aws1'
    should: node group general 1.34 -> 1.35
      write   nodes: "1.35"  (versions.nodes, main.ts:7)
      deploy  npx cdktf deploy 'stage-aws1'

Before each deploy: npx tandem check --synth. After it: npx tandem record CLUSTER --state FILE.
--format markdown has the reason, the checks and the way back of each step; --format json has all of it.
`,
      stderr: "",
    });
  });

  it("gives programs the same, with its size", async () => {
    const { stdout } = await plan("--to", "1.35", "--format", "json", "--nodes", "fewest");
    const { routes, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ schemaVersion: 1, to: "1.35", asOf: "2026-11-23", nodes: "fewest", blocked: false });
    expect(routes[0].size).toEqual({ steps: 2, controlPlanes: 1, nodeRolls: 1, chartsFirst: 0, waitDays: 0 });
    expect(routes[0].done).toBe("2026-11-23");
  });

  it("writes Markdown with what is folded away", async () => {
    expect(await plan("--to", "1.35", "--format", "markdown", "--output", "plan.md")).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    const text = fs.readFileSync(path.join(project.folder, "plan.md"), "utf8");
    expect(text).toContain("- *must now*: control plane 1.34 -&gt; 1.35\n\n  <details><summary>How</summary>\n");
    expect(text).toContain("  npx tandem check --synth\n  npx cdktf deploy 'stage-aws1'\n");
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it("tells what blocks it, and fails", async () => {
    const al2 = aNodeGroup({ version: "1.32", amiType: "AL2_x86_64" });
    project.writeModel({ ...aModelOf({ version: "1.35", nodeGroups: [al2] }), asOf: "2026-11-23" });
    const { code, stdout } = await plan("--to", "1.36");
    expect(code).toBe(1);
    expect(stdout).toContain(`Blocked at 1.36

  node group general of stage-aws1 (ami-type-unavailable)
    stage-aws1/cluster/general
    Node group general runs kubelet 1.32, which Kubernetes 1.36 no longer supports, and has the AMI
    type AL2_x86_64, of which EKS has no AMI after 1.32: it cannot be brought to 1.35.
    To unblock: Add a node group beside it with amiType: AmiType.AL2023_x86_64_STANDARD, wait until
                its workloads run there, and take it out. Changing its amiType replaces it at once.
`);
  });

  it.each([
    [[], "tandem: tandem plan: which Kubernetes version is to be reached? Give --to, such as --to 1.37\n"],
    [
      ["--to", "1.34"],
      "tandem: stage-aws1 runs 1.34 already, the nodes too: there is nothing to plan; choose a newer version\n",
    ],
    [["--to", "1.35", "--nodes", "few"], 'tandem: tandem plan: --nodes expects one of each-hop, fewest, got "few"\n'],
    [
      ["--to", "1.35", "--pair", "shop"],
      'tandem: there is no pair and no cluster without a twin named "shop"; there is stage-aws1\n',
    ],
  ])("refuses %j", async (argv, stderr) => {
    expect(await plan(...argv)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("does not plan from a history that is damaged", async () => {
    project.write("tandem.history.json", '[\n{"id":"sha256:0"');
    const { code, stdout, stderr } = await plan("--to", "1.35");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^tandem: tandem\.history\.json /);
  });
});

describe("tandem forecast", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.writeModel(MODEL);
  });
  afterEach(() => project.remove());

  it("tells how hard each hop will be", async () => {
    expect(await project.run(["forecast", "--to", "1.36"])).toEqual({
      code: 0,
      stdout: `Cluster stage-aws1, to Kubernetes 1.36
  stage-aws1 runs 1.34, nodes 1.34 (as the code describes it)
  stage-aws1, 1.34: standard support for 9 more days, extended support for 374 more days; support
  type STANDARD

  hop                    removed upstream  ours  charts first  node rolls  fewest  support of it ends
  1.34 -> 1.35  routine  3                 0     0             1           0       in 124 days, extended in 490 days
  1.35 -> 1.36  routine  1                 0     0             1           1       in 252 days, extended in 618 days

A control plane costs 73.00 USD a month in standard support and 438.00 in extended support (0.10 and
0.60 an hour).
None of these clusters is in extended support.
The prices are of 2026-11-23, from third-party price lists; not read from AWS: check them.
`,
      stderr: "",
    });
  });

  it("is a table in Markdown, and plain data in JSON", async () => {
    const { stdout } = await project.run(["forecast", "--to", "1.35", "--format", "markdown"]);
    expect(stdout).toContain(
      "| 1.34 to 1.35 | ✅ routine | 3 | 0 | 0 | 1 | 1 | in 124 days, extended in 490 days |  |",
    );
    const json = await project.run(["forecast", "--to", "1.35", "--format", "json"]);
    expect(Object.keys(JSON.parse(json.stdout))).toEqual(["schemaVersion", "to", "asOf", "prices", "routes"]);
  });
});
