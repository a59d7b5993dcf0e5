import type { Acknowledgement } from "../../lib/domain/model";
import { expiredAcknowledgement } from "../../lib/rules/expired-acknowledgement";
import { aCluster, aModel, aModelOfTwins, aRelease } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const acknowledgement = (stated: Partial<Acknowledgement>): Acknowledgement => ({
  rule: "removed-api",
  reason: "going soon",
  paths: ["stage-aws1/cluster"],
  ...stated,
});
const on = (asOf: string, stated: Partial<Acknowledgement>) =>
  aModel({ asOf, clusters: [aCluster({ version: "1.35" })], acknowledgements: [acknowledgement(stated)] });
const inPair = (paths: string[], staging: string | null, production: string | null) => ({
  ...aModelOfTwins({
    both: { releases: [aRelease()] },
    staging: { version: staging },
    production: { version: production },
  }),
  acknowledgements: [acknowledgement({ until: "1.36", paths })],
});

describe("expired-acknowledgement", () => {
  it.each([
    ["without an end", {}],
    ["on its last day", { until: "2026-11-23" }],
    ["until a version that is not reached", { until: "1.36" }],
  ])("passes an acknowledgement %s", (_case, stated) => {
    expect(placesOf(expiredAcknowledgement, on("2026-11-23", stated))).toEqual([]);
  });

  it("does not apply to a model without acknowledgements", () => {
    expect(placesOf(expiredAcknowledgement, aModel())).toEqual([]);
  });

  it("reports an acknowledgement on the day after its last", () => {
    const location = { file: "main.ts", line: 9, column: 1 };
    const model = on("2026-11-24", { until: "2026-11-23", location });
    expect(placesOf(expiredAcknowledgement, model)).toEqual([["expired-acknowledgement", "stage-aws1/cluster"]]);
    expect(textsOf(expiredAcknowledgement, model)).toEqual([
      [
        'The acknowledgement of removed-api ("going soon") has run out: it held until 2026-11-23, and it is 2026-11-24.',
        "Fix what it acknowledges and remove it, or state a later `until` with the reason for it.",
      ],
    ]);
    expect(findingsOf(expiredAcknowledgement, model)[0]?.location).toEqual(location);
  });

  it.each([["1.35"], ["1.34"]])("reports an acknowledgement until %s in a cluster of 1.35", (until) => {
    expect(textsOf(expiredAcknowledgement, on("2026-11-23", { until }))[0]?.[0]).toBe(
      `The acknowledgement of removed-api ("going soon") has run out: it held until Kubernetes ${until}, and cluster stage-aws1 runs 1.35.`,
    );
  });

  it.each([
    ["the cluster that reached it", ["stage-aws1/cluster"], 1],
    ["its twin, which did not", ["prod-aws1/cluster"], 0],
    ["both", ["aws1", "stage-aws1/cluster", "prod-aws1/cluster"], 1],
    ["a part of the cluster that reached it", ["stage-aws1-releases/metrics-server"], 1],
    ["an object below such a part", ["stage-aws1-releases/metrics-server/web"], 1],
    ["a part of its twin", ["prod-aws1-releases/metrics-server"], 0],
    ["the stack of the cluster that reached it", ["stage-aws1-releases"], 1],
    ["the app", [""], 1],
  ])("ends with the version of the clusters it covers: %s", (_case, paths, expired) => {
    expect(placesOf(expiredAcknowledgement, inPair(paths, "1.36", "1.35"))).toHaveLength(expired);
  });

  it("does not end by a version that only Terraform knows", () => {
    expect(placesOf(expiredAcknowledgement, inPair([""], null, "1.35"))).toEqual([]);
  });

  it("does not accept an end that nobody understands", () => {
    expect(textsOf(expiredAcknowledgement, on("2026-11-23", { until: "soon" }))[0]?.[0]).toBe(
      'The acknowledgement of removed-api ("going soon") has run out: its end is "soon", neither a date nor a Kubernetes version.',
    );
  });
});
