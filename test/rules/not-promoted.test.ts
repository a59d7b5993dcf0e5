import type { Cluster } from "../../lib/domain/model";
import { notPromoted } from "../../lib/rules/not-promoted";
import { aModelOfTwins, aNodeGroup, anAddon, aRelease } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { described, type RecordedTwins } from "./promoted";

const AS_OF = "2026-11-23";

function pinned(version: string, chart: string, digest = "sha256:0"): Partial<Cluster> {
  return {
    version,
    nodeGroups: [aNodeGroup({ version })],
    addons: [anAddon({ version: `v${version}.0-eksbuild.1` })],
    releases: [
      aRelease({
        chart: { source: "repository", url: "https://charts.example.com", name: "metrics-server", version: chart },
        lock: { state: "locked", digest, archive: "a.tgz" },
      }),
    ],
  };
}

const OLD = pinned("1.35", "3.12.0");
const NEW = pinned("1.36", "3.13.1");
/** Both ran the old ones, and staging has gone on. */
const SOAKED: RecordedTwins[] = [
  ["2026-01-10", { both: OLD }],
  ["2026-11-01", { staging: NEW, production: OLD }],
];

describe("not-promoted", () => {
  it.each([
    ["what production runs already", described(AS_OF, { staging: NEW, production: OLD }, SOAKED)],
    ["what staging has run", described(AS_OF, { both: NEW }, SOAKED)],
    [
      "what staging ran once",
      described(AS_OF, { staging: OLD, production: NEW }, [...SOAKED, ["2026-11-20", { both: OLD }]]),
    ],
    [
      "what production itself ran before",
      described(AS_OF, { both: OLD }, [
        ["2026-01-10", { staging: NEW, production: OLD }],
        ["2026-11-01", { both: NEW }],
      ]),
    ],
    ["a project without a history", { ...aModelOfTwins({ both: NEW }), asOf: AS_OF }],
    ["a pair that is new", described(AS_OF, { both: NEW }, [])],
    [
      "values, sizes and instance types",
      described(
        AS_OF,
        { both: { nodeGroups: [aNodeGroup({ instanceTypes: ["m8g.large"], size: { min: 9, max: 9 } })] } },
        [["2026-01-10", {}]],
      ),
    ],
    [
      "a version that nobody knows",
      described(AS_OF, { both: { version: null, nodeGroups: [] } }, [["2026-01-10", { both: { nodeGroups: [] } }]]),
    ],
  ])("passes %s", (_case, model) => {
    expect(placesOf(notPromoted, model)).toEqual([]);
  });

  it("reports each part of production that goes where staging never was", () => {
    const model = described(AS_OF, { both: NEW }, [["2026-01-10", { both: OLD }]]);
    expect(placesOf(notPromoted, model)).toEqual([
      ["not-promoted", "prod-aws1-releases/metrics-server"],
      ["not-promoted", "prod-aws1/cluster"],
      ["not-promoted", "prod-aws1/cluster/coredns"],
      ["not-promoted", "prod-aws1/cluster/general"],
    ]);
    const remedy =
      "Leave prod-aws1 as it runs, with differs(), deploy stage-aws1, npx tandem record stage-aws1, and let it soak for 7 days; if it " +
      "may not wait, acknowledge not-promoted on it with the reason and an end.";
    expect(textsOf(notPromoted, model)).toEqual([
      [
        "Release metrics-server of prod-aws1 is to go from 3.12.0@sha256:0 to 3.13.1@sha256:0, which its staging twin stage-aws1 has never run.",
        remedy,
      ],
      [
        "The control plane of prod-aws1 is to go from 1.35 to 1.36, which its staging twin stage-aws1 has never run.",
        remedy,
      ],
      [
        "Add-on coredns of prod-aws1 is to go from v1.35.0-eksbuild.1 to v1.36.0-eksbuild.1, which its staging twin stage-aws1 has never run.",
        remedy,
      ],
      [
        "Node group general of prod-aws1 is to go from 1.35 to 1.36, which its staging twin stage-aws1 has never run.",
        remedy,
      ],
    ]);
  });

  it("takes a chart with another digest for another chart", () => {
    const model = described(AS_OF, { both: pinned("1.36", "3.13.1", "sha256:1") }, [["2026-01-10", { both: NEW }]]);
    expect(findingsOf(notPromoted, model).map(({ message }) => message)).toEqual([
      "Release metrics-server of prod-aws1 is to go from 3.13.1@sha256:0 to 3.13.1@sha256:1, which its staging twin stage-aws1 has never run.",
    ]);
  });

  it("tells how a part that is new comes to staging first", () => {
    const model = described(AS_OF, { both: { ...OLD, addons: [anAddon({ name: "vpc-cni" })] } }, [
      ["2026-01-10", { both: OLD }],
    ]);
    expect(textsOf(notPromoted, model)).toEqual([
      [
        "Add-on vpc-cni of prod-aws1 is to run v1.13.2-eksbuild.4, which its staging twin stage-aws1 has never run.",
        "Add it to the staging side of aws1 alone first, with undeclared-difference acknowledged, deploy stage-aws1, npx tandem record " +
          "stage-aws1, and let it soak for 7 days; if it may not wait, acknowledge not-promoted on it with the reason and an end.",
      ],
    ]);
  });

  it("tells that nothing is recorded of production, or of staging", () => {
    const both = { version: "1.35", nodeGroups: [] };
    const recorded: RecordedTwins[] = [["2026-01-10", { both: { version: "1.34", nodeGroups: [] } }]];
    expect(textsOf(notPromoted, described(AS_OF, { both }, recorded, { unrecorded: "production" }))).toEqual([
      [
        "The control plane of prod-aws1 is to run 1.35, which its staging twin stage-aws1 has never run.",
        "Leave prod-aws1 as it runs, with differs(), deploy stage-aws1, npx tandem record stage-aws1, and let it soak for 7 days; if it " +
          "may not wait, acknowledge not-promoted on it with the reason and an end. Nothing is recorded of prod-aws1: if it runs that " +
          "already, npx tandem record prod-aws1 --state FILE.",
      ],
    ]);
    const model = described(AS_OF, { both: { ...both, addons: [anAddon()] } }, recorded, { unrecorded: "staging" });
    expect(placesOf(notPromoted, model)).toEqual([["not-promoted", "prod-aws1/cluster"]]);
    expect(textsOf(notPromoted, model)).toEqual([
      [
        "prod-aws1 is to change: the control plane (1.35) and add-on coredns (v1.13.2-eksbuild.4). Nothing is recorded of its staging " +
          "twin stage-aws1, so that nobody knows what it has proven.",
        "Record what it runs: npx tandem record stage-aws1 --state FILE.",
      ],
    ]);
  });

  it("is acknowledged like any other", () => {
    const model = described(AS_OF, { both: NEW }, [["2026-01-10", { both: OLD }]]);
    const acknowledgements = [
      { rule: "not-promoted", reason: "CVE-2026-1", until: "2026-11-30", paths: ["prod-aws1"] },
    ];
    const findings = findingsOf(notPromoted, { ...model, acknowledgements });
    expect(findings.map(({ path, acknowledged }) => [path, acknowledged?.reason])).toEqual([
      ["prod-aws1-releases/metrics-server", undefined],
      ["prod-aws1/cluster", "CVE-2026-1"],
      ["prod-aws1/cluster/coredns", "CVE-2026-1"],
      ["prod-aws1/cluster/general", "CVE-2026-1"],
    ]);
  });
});
