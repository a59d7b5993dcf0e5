import { aModelOfTwins, anAddon, aRelease, someManifests } from "../../lib/testing";
import { Project } from "./a-project";

const OWNED = {
  owner: "platform",
  why: "metrics for the autoscaler",
  reviewBy: "2026-11-01",
};
const MODEL = aModelOfTwins({
  both: {
    addons: [anAddon()],
    releases: [aRelease(OWNED)],
    manifests: [someManifests({ objects: [] })],
  },
});

describe("tandem inventory", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.writeModel(MODEL);
  });
  afterEach(() => project.remove());

  const inventory = (...argv: string[]) => project.run(["inventory", ...argv]);

  it("tells what runs, whose it is, what it costs and what may be superfluous", async () => {
    const { code, stdout, stderr } = await inventory();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "cost  what                    where  version             owner     review by

         1  add-on coredns          aws1   v1.13.2-eksbuild.4  -         -
            at every upgrade: its version

         1  release metrics-server  aws1   3.13.1              platform  2026-11-01
            why: metrics for the autoscaler
            at every upgrade: its version
            Its review was due on 2026-11-01.

         1  manifests storefront    aws1   -                   -         -
            at every upgrade: its APIs
            It brings no object to any cluster.

      3 items, cost 3; 2 without an owner, 1 past the review date, 1 in doubt
      "
    `);
  });

  it("tells programs the same", async () => {
    const cost = { crds: 0, crdsByHand: 0, webhooks: 0, clusterScoped: 0, hooks: 0, deprecated: [], removed: [] };
    const nobody = { owner: null, why: null, reviewBy: null, isReviewDue: false };
    const on = (version?: string) => ["stage-aws1", "prod-aws1"].map((cluster) => ({ cluster, version }));
    const alike = { home: "aws1", score: 1, cost, isCostKnown: true, doubts: [] };
    expect(JSON.parse((await inventory("--format", "json")).stdout)).toEqual({
      schemaVersion: 1,
      asOf: "2026-11-23",
      cost: 3,
      isCostKnown: true,
      items: [
        { kind: "add-on", name: "coredns", ...alike, ...nobody, runs: on("v1.13.2-eksbuild.4") },
        { kind: "release", name: "metrics-server", ...alike, ...OWNED, isReviewDue: true, runs: on("3.13.1") },
        {
          kind: "manifests",
          name: "storefront",
          ...alike,
          ...nobody,
          runs: on(),
          doubts: ["It brings no object to any cluster."],
        },
      ],
    });
  });

  it("tells people the same in a file of Markdown", async () => {
    expect(await inventory("--format", "markdown", "--output", "inventory.md")).toMatchObject({ code: 0, stdout: "" });
    expect(project.read("inventory.md")).toMatchInlineSnapshot(`
      "## Inventory

      | Cost | What | Where | Version | Owner | Review by | At every upgrade |
      |---:|---|---|---|---|---|---|
      | 1 | add-on **coredns** | aws1 | v1.13.2-eksbuild.4 |  |  | its version |
      | 1 | release **metrics-server**<br>metrics for the autoscaler | aws1 | 3.13.1 | platform | 2026-11-01 | its version<br>⚠️ Its review was due on 2026-11-01. |
      | 1 | manifests **storefront** | aws1 |  |  |  | its APIs<br>⚠️ It brings no object to any cluster. |

      3 items, cost 3; 2 without an owner, 1 past the review date, 1 in doubt, as of 2026-11-23.
      "
    `);
  });

  it("judges review dates on the day that TANDEM_AS_OF names", async () => {
    const on = async (day: string) => (await project.run(["inventory"], { TANDEM_AS_OF: day })).stdout;
    expect(await on("2026-11-01")).not.toContain("review was due");
    expect(await on("2026-11-02")).toContain("Its review was due on 2026-11-01.");
  });

  it("refuses a TANDEM_AS_OF that is no day", async () => {
    expect(await project.run(["inventory"], { TANDEM_AS_OF: "soon" })).toEqual({
      code: 2,
      stdout: "",
      stderr: 'tandem: TANDEM_AS_OF: expected a date such as "2026-11-23", got "soon"\n',
    });
  });

  it.each([
    [
      ["--pair", "aws1", "--cluster", "x"],
      "tandem inventory: --pair has both of its clusters, --cluster one; give one of them",
    ],
    [
      ["--cluster", "prod-aws2"],
      'tandem inventory: unknown cluster "prod-aws2"; did you mean prod-aws1?; the clusters are prod-aws1, stage-aws1',
    ],
    [["--pair", "aws2"], 'tandem inventory: unknown pair "aws2"; did you mean aws1?; the pairs are aws1'],
  ])("refuses %j", async (argv, problem) => {
    const { code, stdout, stderr } = await inventory(...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`tandem: ${problem}\n`);
  });
});
