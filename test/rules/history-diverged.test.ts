import { historyDiverged } from "../../lib/rules/history-diverged";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModel } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const history = aHistory(["2026-11-10", aCluster()]);

describe("history-diverged", () => {
  it("passes a history of one line, and none", () => {
    expect(placesOf(historyDiverged, aModel({ clusters: [aCluster()], history }))).toEqual([]);
    expect(placesOf(historyDiverged, aModel({ clusters: [aCluster()] }))).toEqual([]);
  });

  it("reports a cluster that two branches have recorded", () => {
    const diverged = history.map((each) => ({ ...each, diverged: ["sha256:1", "sha256:2"] }));
    const model = aModel({ clusters: [aCluster()], history: diverged });
    expect(placesOf(historyDiverged, model)).toEqual([["history-diverged", "stage-aws1/cluster"]]);
    expect(textsOf(historyDiverged, model)).toEqual([
      [
        "2 branches have recorded cluster stage-aws1 and were merged, so that what it runs is not known; it is compared with the newest " +
          "entry, of 2026-11-10T12:00:00.000Z by ada.",
        "Record what runs: npx tandem record stage-aws1 --state FILE; the new entry joins them.",
      ],
    ]);
  });
});
