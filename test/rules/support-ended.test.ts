import { supportEnded } from "../../lib/rules/support-ended";
import { aCluster, aModel } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const on = (asOf: string, version: string | null) => aModel({ asOf, clusters: [aCluster({ version })] });

describe("support-ended", () => {
  it.each([
    ["in standard support", "1.36"],
    ["in extended support", "1.31"],
  ])("passes a version %s", (_case, version) => {
    expect(placesOf(supportEnded, on("2026-11-25", version))).toEqual([]);
  });

  it("reports a version from the day that extended support ends", () => {
    const model = on("2026-11-26", "1.31");
    expect(placesOf(supportEnded, model)).toEqual([["support-ended", "stage-aws1/cluster"]]);
    expect(textsOf(supportEnded, model)).toEqual([
      [
        "Cluster stage-aws1 runs 1.31, whose support ended on 2026-11-26: EKS creates no such cluster and upgrades those that exist without notice.",
        "Upgrade to a version in standard support, one minor version at a time.",
      ],
    ]);
  });

  it("knows versions that never had extended support", () => {
    expect(textsOf(supportEnded, on("2026-11-23", "1.22"))[0]?.[0]).toContain("whose support ended on 2023-06-04");
  });

  it.each([null, "1.20", "1.99"])("leaves %s to version-unknown", (version) => {
    expect(placesOf(supportEnded, on("2026-11-23", version))).toEqual([]);
  });
});
