import { clientSkew } from "../../lib/rules/client-skew";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

describe("client-skew", () => {
  it.each(["1.34", "1.35", "1.36"])("passes kubectl %s with a control plane of 1.35", (kubectl) => {
    expect(placesOf(clientSkew, aModelOf({ version: "1.35", clients: { kubectl } }))).toEqual([]);
  });

  it("reports each cluster that kubectl does not fit", () => {
    const model = aModelOfTwins({
      both: { clients: { kubectl: "1.34" } },
      staging: { version: "1.36" },
      production: { version: "1.35" },
    });
    expect(placesOf(clientSkew, model)).toEqual([["client-skew", "stage-aws1/cluster"]]);
    expect(textsOf(clientSkew, model)).toEqual([
      [
        "kubectl 1.34 talks to cluster stage-aws1, which runs 1.36 and supports kubectl 1.35 to 1.37.",
        "Use kubectl 1.35 to 1.37 with stage-aws1.",
      ],
    ]);
  });

  it("does not apply where no client is stated", () => {
    expect(placesOf(clientSkew, aModelOf({ clients: {} }))).toEqual([]);
  });

  it.each([
    { version: "1.36", clients: { kubectl: null } },
    { version: null, clients: { kubectl: "1.20" } },
    { version: "1.36", clients: { kubectl: "latest" } },
  ])("leaves what is not known to version-unknown: %j", (cluster) => {
    expect(placesOf(clientSkew, aModelOf(cluster))).toEqual([]);
  });
});
