import type { Cluster, Model, Release } from "../../lib/domain/model";
import { aHistory, aModelOfTwins, aNodeGroup, aRelease } from "../../lib/testing";
import { promotionOf } from "../../lib/upgrade/promotion";

/** Twins of which staging ran what it is described to run for a month, and production what it is described to run. */
function proven(staging: Partial<Cluster>, production: Partial<Cluster>): Model {
  const differences = ["releases.web", "nodeGroups.general"].map((path) => ({
    path,
    staging: "new",
    production: "old",
    because: "it soaks",
  }));
  const model = aModelOfTwins({ staging, production, differences });
  const recorded = model.clusters.map((cluster): [string, Cluster] => ["2026-10-01", cluster]);
  return { ...model, asOf: "2026-11-24", history: aHistory(...recorded) };
}

const folder = (name: string): Release =>
  aRelease({ name: "web", chart: { source: "local", folder: `charts/${name}`, name: "web" } });
const group = (version: string, releaseVersion: string) => aNodeGroup({ version, releaseVersion });

describe("a promotion", () => {
  it("leaves a chart in a folder to people, and says so", () => {
    const { moves, later } =
      promotionOf(proven({ releases: [folder("next")] }, { releases: [folder("now")] }), "aws1") ?? {};
    expect([moves, later]).toEqual([
      [],
      ["Release web deploys another chart in stage-aws1, and one of the two is in a folder: change it by hand."],
    ]);
  });

  it("brings the image of node groups along that state one", () => {
    const model = proven(
      { version: "1.35", nodeGroups: [group("1.35", "1.35.2-20260901")] },
      { version: "1.35", nodeGroups: [group("1.35", "1.35.2-20260801")] },
    );
    expect(promotionOf(model, "aws1")?.moves.map(({ name, from, to, keys }) => [name, from, to, keys])).toEqual([
      ["Image of node group general", "1.35.2-20260801", "1.35.2-20260901", ["releaseVersion"]],
    ]);
  });

  it("refuses while staging has an error itself", () => {
    const nodes = { nodeGroups: [aNodeGroup({ version: "1.36" })] };
    const model = proven(
      { version: "1.35", ...nodes },
      { version: "1.35", nodeGroups: [aNodeGroup({ version: "1.35" })] },
    );
    expect(promotionOf(model, "aws1")?.refusals).toEqual([
      expect.stringMatching(/^stage-aws1 has an error itself: kubelet-skew: Node group general runs kubelet 1\.36/),
    ]);
  });

  it("is of no pair that the model does not have", () => {
    expect(promotionOf(proven({}, {}), "aws2")).toBeUndefined();
  });
});
