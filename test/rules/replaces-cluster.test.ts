import { replacesCluster } from "../../lib/rules/replaces-cluster";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModel } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const ACKNOWLEDGE =
  "If it was taken down, acknowledge this on the app: Acknowledgements.of(app).add({ rule, reason }).";
const GONE = [{ cluster: "prod-shop", at: "2026-11-10T12:00:00.000Z" }];
const known = aCluster();

describe("replaces-cluster", () => {
  it.each([
    ["an app without a history", aModel({ clusters: [known] })],
    ["a history of what is described", aModel({ clusters: [known], history: aHistory(["2026-11-10", known]) })],
    [
      "a cluster that is new beside it",
      aModel({ clusters: [known, aCluster({ name: "new" })], history: aHistory(["2026-11-10", known]) }),
    ],
  ])("passes %s", (_case, model) => {
    expect(placesOf(replacesCluster, model)).toEqual([]);
  });

  it("refuses another name: what was recorded is gone, and what is described was never recorded", () => {
    const renamed = [aCluster({ name: "prod-store" }), known];
    const model = aModel({ clusters: renamed, history: aHistory(["2026-11-10", known]), undescribed: GONE });
    expect(textsOf(replacesCluster, model)).toEqual([
      [
        "Cluster prod-shop, recorded on 2026-11-10, is described no more, and prod-store has never been recorded: under another name " +
          "Terraform makes a second cluster beside the first.",
        `Describe it under the name that is recorded: \`names\` of the pair, or \`name\` of the cluster. ${ACKNOWLEDGE}`,
      ],
    ]);
    expect(findingsOf(replacesCluster, model).map(({ severity, path }) => [severity, path])).toEqual([["error", ""]]);
  });

  it("names all that were never recorded", () => {
    const model = aModel({
      clusters: [aCluster({ name: "a" }), aCluster({ name: "b" })],
      history: [],
      undescribed: GONE,
    });
    expect(textsOf(replacesCluster, model)[0]?.[0]).toBe(
      "Cluster prod-shop, recorded on 2026-11-10, is described no more, and a and b have never been recorded: under another name " +
        "Terraform makes a second cluster beside the first.",
    );
  });

  it("warns of one that is only gone", () => {
    const model = aModel({ clusters: [known], history: aHistory(["2026-11-10", known]), undescribed: GONE });
    expect(textsOf(replacesCluster, model)).toEqual([
      [
        "Cluster prod-shop, recorded on 2026-11-10, is described no more: if it runs, nobody judges it, and Terraform leaves it where it is.",
        `Describe it again. ${ACKNOWLEDGE}`,
      ],
    ]);
    expect(findingsOf(replacesCluster, model).map(({ severity }) => severity)).toEqual(["warning"]);
  });
});
