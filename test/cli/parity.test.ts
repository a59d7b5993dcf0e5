import type { Difference, Model } from "../../lib/domain/model";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModel, aModelOfTwins, anAddon, aRelease } from "../../lib/testing/build-model";
import { Project } from "./a-project";

const COST: Difference = {
  path: "nodeGroups.general.size",
  staging: { min: 2, max: 4 },
  production: { min: 3, max: 30 },
  because: "cost",
  location: { file: "main.ts", line: 31, column: 9 },
};
const VERSIONS: Difference = {
  path: "versions",
  staging: { controlPlane: "1.36", nodes: "1.36" },
  production: { controlPlane: "1.35", nodes: "1.35" },
  because: "1.36 is soaking in staging",
};

/** Twins of which staging is a version ahead for 24 days, and has an add-on that nobody declared. */
function twins(): Model {
  const location = { file: "main.ts", line: 50, column: 14 };
  return {
    ...aModelOfTwins({
      both: { version: "1.35", releases: [aRelease()] },
      staging: { version: "1.36", addons: [anAddon({ location })] },
      differences: [VERSIONS, COST],
    }),
    asOf: "2026-11-24",
    history: aHistory(
      ["2026-10-01", aCluster({ name: "stage-aws1", version: "1.35" })],
      ["2026-10-01", aCluster({ name: "prod-aws1", version: "1.35" })],
      ["2026-10-31", aCluster({ name: "stage-aws1", version: "1.36" })],
    ),
  };
}

describe("tandem parity", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  const parity = (model: Model, ...argv: string[]) => {
    project.write("model.json", model);
    return project.run(["parity", "--model", "model.json", ...argv]);
  };

  it("tells every difference, what nobody declared first, with its reason and age", async () => {
    expect(await parity(twins())).toEqual({
      code: 1,
      stdout: `Pair aws1: staging stage-aws1, production prod-aws1

  not declared  addons.coredns  main.ts:50:14
    Add-on coredns is in stage-aws1 and not in its twin prod-aws1.
    fix: Add it to pair aws1, so that both clusters get it; if it is meant for one only, acknowledge
         undeclared-difference on it with the reason.

  declared  nodeGroups.general.size  main.ts:31:9
    stage-aws1: {"min":2,"max":4}
    prod-aws1:  {"min":3,"max":30}
    because: cost

  declared  versions
    stage-aws1: {"controlPlane":"1.36","nodes":"1.36"}
    prod-aws1:  {"controlPlane":"1.35","nodes":"1.35"}
    because: 1.36 is soaking in staging
    since 2026-10-31 (24 days)

1 not declared, 2 declared, 0 acknowledged; the same in both: 0 of 1 node groups, 0 of 1 add-ons, 1
of 1 releases
`,
      stderr: "",
    });
  });

  it("passes where every difference is declared or acknowledged, and tells the reason of either", async () => {
    const acknowledgement = {
      rule: "undeclared-difference",
      reason: "staging tries it out",
      paths: ["stage-aws1/cluster/coredns"],
    };
    const { code, stdout } = await parity({ ...twins(), acknowledgements: [acknowledgement] });
    expect(code).toBe(0);
    expect(stdout).toContain(
      "  acknowledged  addons.coredns  main.ts:50:14\n" +
        "    Add-on coredns is in stage-aws1 and not in its twin prod-aws1.\n" +
        "    because: staging tries it out\n",
    );
    expect(stdout).toContain("0 not declared, 2 declared, 1 acknowledged");
  });

  it("says of a declared difference that is none any more what to write", async () => {
    const differences = [{ ...VERSIONS, production: VERSIONS.staging }];
    const { stdout } = await parity(aModelOfTwins({ differences }));
    expect(stdout).toContain("    both sides say the same by now; write the plain value in the place of differs()\n");
  });

  it("never shows the fingerprint of what may be secret", async () => {
    const values: Difference = {
      ...COST,
      path: "releases.db.values.password",
      staging: `sha256:${"a".repeat(64)}`,
      production: `sha256:${"b".repeat(64)}`,
    };
    const model = aModelOfTwins({ differences: [values] });
    for (const format of ["text", "markdown"]) {
      const { stdout } = await parity(model, "--format", format);
      expect(stdout).toContain("(may be secret and is not shown)");
      expect(stdout).not.toContain("aaaa");
    }
  });

  it("tells programs the same", async () => {
    const { stdout } = await parity(twins(), "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      asOf: "2026-11-24",
      pairs: [
        {
          pair: "aws1",
          staging: "stage-aws1",
          production: "prod-aws1",
          undeclared: [{ at: "addons.coredns", severity: "error", path: "stage-aws1/cluster/coredns" }],
          declared: [
            { at: "nodeGroups.general.size", because: "cost", isSame: false },
            { at: "versions", age: { since: "2026-10-31", isAtLeast: false } },
          ],
          alike: [
            { kind: "node group", same: 0, all: 1 },
            { kind: "Fargate profile", same: 0, all: 0 },
            { kind: "add-on", same: 0, all: 1 },
            { kind: "release", same: 1, all: 1 },
            { kind: "manifests", same: 0, all: 0 },
          ],
        },
      ],
    });
  });

  it("writes a table for a pull request to a file", async () => {
    await parity(twins(), "--format", "markdown", "--output", "parity.md");
    expect(project.read("parity.md")).toBe(`## Pair aws1: staging stage-aws1, production prod-aws1

| | Where | stage-aws1 | prod-aws1 | Why | Since |
|---|---|---|---|---|---|
| ❌ not declared | \`addons.coredns\`<br>\`main.ts:50:14\` | Add-on coredns is in stage-aws1 and not in its twin prod-aws1. | | **Fix:** Add it to pair aws1, so that both clusters get it; if it is meant for one only, acknowledge undeclared-difference on it with the reason. |  |
| declared | \`nodeGroups.general.size\`<br>\`main.ts:31:9\` | \`{"min":2,"max":4}\` | \`{"min":3,"max":30}\` | cost |  |
| declared | \`versions\` | \`{"controlPlane":"1.36","nodes":"1.36"}\` | \`{"controlPlane":"1.35","nodes":"1.35"}\` | 1.36 is soaking in staging | since 2026-10-31 (24 days) |

1 not declared, 2 declared, 0 acknowledged; the same in both: 0 of 1 node groups, 0 of 1 add-ons, 1 of 1 releases.
`);
  });

  it("looks at the one pair that is named", async () => {
    expect((await parity(twins(), "aws1")).stdout).toContain("Pair aws1");
    expect(await parity(twins(), "aws2")).toEqual({
      code: 2,
      stdout: "",
      stderr: 'tandem: tandem parity: unknown pair "aws2"; did you mean aws1?; the pairs are aws1\n',
    });
  });

  it("says that there is no pair", async () => {
    expect(await parity(aModel())).toEqual({ code: 0, stdout: "The model has no pair.\n", stderr: "" });
  });
});
