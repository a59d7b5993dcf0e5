import { apiNotServedYet } from "../../lib/rules/api-not-served-yet";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { ci, holding } from "./kubernetes-objects";

const CLASS = ci("storage.k8s.io/v1", "VolumeAttributesClass");
const CLAIM = ci("resource.k8s.io/v1", "ResourceClaim");

describe("api-not-served-yet", () => {
  it("passes an API that both twins serve", () => {
    expect(placesOf(apiNotServedYet, aModelOfTwins({ both: { version: "1.35", ...holding(CLASS) } }))).toEqual([]);
  });

  it("reports what staging's newer version serves and production's older one does not", () => {
    const model = aModelOfTwins({
      both: holding(CLASS),
      staging: { version: "1.34" },
      production: { version: "1.33" },
    });
    expect(placesOf(apiNotServedYet, model)).toEqual([["api-not-served-yet", "prod-aws1-releases/storefront"]]);
    expect(textsOf(apiNotServedYet, model)).toEqual([
      [
        'VolumeAttributesClass "ci" uses storage.k8s.io/v1, which Kubernetes 1.34 introduces; cluster prod-aws1 runs 1.33.',
        "Use storage.k8s.io/v1beta1, which both 1.33 and 1.34 serve.",
      ],
    ]);
  });

  it("judges an object that stands in staging only at production's version too", () => {
    const model = aModelOfTwins({
      staging: { version: "1.34", ...holding(CLASS) },
      production: { version: "1.33" },
    });
    expect(findingsOf(apiNotServedYet, model)).toMatchObject([
      {
        path: "stage-aws1-releases/storefront",
        message:
          'VolumeAttributesClass "ci" uses storage.k8s.io/v1, which Kubernetes 1.34 introduces; cluster prod-aws1, the twin of stage-aws1, runs 1.33.',
      },
    ]);
  });

  it("says to upgrade first where nothing older is served", () => {
    expect(textsOf(apiNotServedYet, aModelOf({ version: "1.31", ...holding(CLAIM) }))).toEqual([
      [
        'ResourceClaim "ci" uses resource.k8s.io/v1, which Kubernetes 1.34 introduces; cluster stage-aws1 runs 1.31.',
        "Upgrade stage-aws1 to 1.34 first, or leave the object out until then.",
      ],
    ]);
  });

  it("leaves a cluster of unknown version to version-unknown, and a kind without a table to unknown-api", () => {
    expect(placesOf(apiNotServedYet, aModelOf({ version: null, ...holding(CLASS) }))).toEqual([]);
    expect(placesOf(apiNotServedYet, aModelOf({ version: "1.31", ...holding(ci("apps/v9", "Deployment")) }))).toEqual(
      [],
    );
  });
});
