import { stagingTooFarAhead } from "../../lib/rules/staging-too-far-ahead";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const twins = (staging: string | null, production: string | null) =>
  aModelOfTwins({ staging: { version: staging }, production: { version: production } });

describe("staging-too-far-ahead", () => {
  it.each([
    ["1.36", "1.36"],
    ["1.36", "1.35"],
    ["1.35", "1.37"],
  ])("passes staging at %s and production at %s", (staging, production) => {
    expect(placesOf(stagingTooFarAhead, twins(staging, production))).toEqual([]);
  });

  it("warns when staging no longer runs what production's next hop leads to", () => {
    const model = twins("1.37", "1.35");
    expect(placesOf(stagingTooFarAhead, model)).toEqual([["staging-too-far-ahead", "stage-aws1/cluster"]]);
    expect(textsOf(stagingTooFarAhead, model)).toEqual([
      [
        "Cluster stage-aws1 runs 1.37 and its twin prod-aws1 1.35: production's next hop, to 1.36, is not what staging runs.",
        "Bring prod-aws1 to 1.36 before stage-aws1 goes further.",
      ],
    ]);
    expect(findingsOf(stagingTooFarAhead, model)[0]?.severity).toBe("warning");
  });

  it("does not apply to a cluster without a twin", () => {
    expect(placesOf(stagingTooFarAhead, aModelOf({ version: "1.37" }))).toEqual([]);
  });

  it.each([
    [null, "1.33"],
    ["1.37", null],
    ["1.37", "1.33.1"],
  ])("leaves staging at %s and production at %s to version-unknown", (staging, production) => {
    expect(placesOf(stagingTooFarAhead, twins(staging, production))).toEqual([]);
  });
});
