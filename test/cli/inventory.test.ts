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
    const { items } = JSON.parse((await inventory("--format", "json")).stdout);
    expect(items.map(({ name, owner, isReviewDue }: Record<string, unknown>) => [name, owner, isReviewDue])).toEqual([
      ["coredns", null, false],
      ["metrics-server", "platform", true],
      ["storefront", null, false],
    ]);
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

  it.each([
    [
      ["--pair", "aws1", "--cluster", "x"],
      "tandem inventory: --pair has both of its clusters, --cluster one; give one of them",
    ],
    [["--pair", "aws2"], 'tandem inventory: unknown pair "aws2"; did you mean aws1?; the pairs are aws1'],
  ])("refuses %j", async (argv, problem) => {
    const { code, stdout, stderr } = await inventory(...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`tandem: ${problem}\n`);
  });
});
