import { productionAheadOfStaging } from "../../lib/rules/production-ahead-of-staging";
import { aModelOf, aModelOfTwins, aNodeGroup, anAddon } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

describe("production-ahead-of-staging", () => {
  it.each([
    ["alike", { staging: { version: "1.35" }, production: { version: "1.35" } }],
    ["with staging ahead", { staging: { version: "1.36" }, production: { version: "1.35" } }],
  ])("passes twins %s", (_case, twins) => {
    expect(placesOf(productionAheadOfStaging, aModelOfTwins(twins))).toEqual([]);
  });

  it("reports the control plane and each node group that is ahead", () => {
    const model = aModelOfTwins({ staging: { version: "1.9" }, production: { version: "1.10" } });
    expect(placesOf(productionAheadOfStaging, model)).toEqual([
      ["production-ahead-of-staging", "prod-aws1/cluster"],
      ["production-ahead-of-staging", "prod-aws1/cluster/general"],
    ]);
    expect(textsOf(productionAheadOfStaging, model)).toEqual([
      [
        "Cluster prod-aws1 runs 1.10, but its staging twin stage-aws1 runs 1.9.",
        "Upgrade stage-aws1 to 1.10 first, or bring prod-aws1 back to 1.9.",
      ],
      [
        "Node group general of prod-aws1 runs 1.10, but its twin in stage-aws1 runs 1.9.",
        "Upgrade node group general of stage-aws1 to 1.10 first.",
      ],
    ]);
  });

  it("does not apply to a cluster without a twin, nor to a node group without one", () => {
    expect(placesOf(productionAheadOfStaging, aModelOf({ version: "1.37" }))).toEqual([]);
    const model = aModelOfTwins({ both: { version: "1.36" }, staging: { nodeGroups: [] } });
    expect(placesOf(productionAheadOfStaging, model)).toEqual([]);
  });

  it("does not order add-ons", () => {
    const model = aModelOfTwins({
      staging: { addons: [anAddon({ version: "v1.13.1-eksbuild.1" })] },
      production: { addons: [anAddon({ version: "v1.13.2-eksbuild.1" })] },
    });
    expect(placesOf(productionAheadOfStaging, model)).toEqual([]);
  });

  it("leaves unknown versions to version-unknown", () => {
    const nodeGroups = [aNodeGroup({ version: null })];
    const model = aModelOfTwins({ both: { version: "1.36" }, staging: { version: null, nodeGroups } });
    expect(placesOf(productionAheadOfStaging, model)).toEqual([]);
  });
});
