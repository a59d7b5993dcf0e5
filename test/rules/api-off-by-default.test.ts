import { apiOffByDefault } from "../../lib/rules/api-off-by-default";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";
import { ci, holding } from "./kubernetes-objects";

const ADDRESS = ci("networking.k8s.io/v1beta1", "IPAddress");

describe("api-off-by-default", () => {
  it.each([
    ["an API that is on by default", ci("networking.k8s.io/v1", "IPAddress")],
    [
      "a beta API that EKS switches on although Kubernetes does not",
      ci("storage.k8s.io/v1beta1", "VolumeAttributesClass"),
    ],
  ])("passes %s", (_case, object) => {
    expect(placesOf(apiOffByDefault, aModelOf({ version: "1.34", ...holding(object) }))).toEqual([]);
  });

  it("reports a beta API that is off, with the API that is on", () => {
    const model = aModelOf({ version: "1.34", ...holding(ADDRESS) });
    expect(placesOf(apiOffByDefault, model)).toEqual([["api-off-by-default", "stage-aws1-releases/storefront"]]);
    expect(textsOf(apiOffByDefault, model)).toEqual([
      [
        'IPAddress "ci" uses networking.k8s.io/v1beta1, a beta API that EKS leaves off; cluster stage-aws1 runs 1.34.',
        "Use networking.k8s.io/v1, which 1.34 serves.",
      ],
    ]);
  });

  it("reports an alpha API, also where nothing is served in its place", () => {
    const model = aModelOf({ version: "1.34", ...holding(ci("internal.apiserver.k8s.io/v1alpha1", "StorageVersion")) });
    expect(textsOf(apiOffByDefault, model)).toEqual([
      [
        'StorageVersion "ci" uses internal.apiserver.k8s.io/v1alpha1, an alpha API that EKS leaves off; cluster stage-aws1 runs 1.34.',
        "Leave it out: EKS 1.34 has no switch for it and serves nothing in its place.",
      ],
    ]);
  });

  it("says which twin's version has nothing better", () => {
    const model = aModelOfTwins({
      both: holding(ADDRESS),
      staging: { version: "1.33" },
      production: { version: "1.32" },
    });
    expect(textsOf(apiOffByDefault, model).map(([, remedy]) => remedy)).toEqual([
      "Leave it out: EKS 1.32 has no switch for it and serves nothing in its place.",
      "Leave it out: EKS 1.33 has no switch for it and serves nothing in its place.",
    ]);
  });

  it("leaves a cluster of unknown version to version-unknown", () => {
    expect(placesOf(apiOffByDefault, aModelOf({ version: null, ...holding(ADDRESS) }))).toEqual([]);
  });
});
