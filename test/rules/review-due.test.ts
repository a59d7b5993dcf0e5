import { reviewDue } from "../../lib/rules/review-due";
import { aModelOf, anAddon, aRelease, someManifests } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const cluster = (reviewBy?: string, owner?: string) => {
  const stated = { ...(reviewBy && { reviewBy }), ...(owner && { owner }) };
  return {
    ...aModelOf({
      addons: [anAddon({ name: "coredns", ...stated })],
      releases: [aRelease({ name: "web", ...stated })],
      manifests: [{ ...someManifests({}), name: "settings", ...stated }],
    }),
    asOf: "2026-11-24",
  };
};

const REMEDY =
  "Decide whether it is still needed: remove it, or move reviewBy on. `tandem inventory` says what it costs.";

describe("review-due", () => {
  it("warns of add-ons, releases and manifests whose review is overdue", () => {
    const until = "was to be reviewed by team-web until 2026-10-01, 54 days ago.";
    expect(textsOf(reviewDue, cluster("2026-10-01", "team-web"))).toEqual([
      [`Manifests settings of cluster stage-aws1 ${until}`, REMEDY],
      [`Release web of cluster stage-aws1 ${until}`, REMEDY],
      [`Add-on coredns of cluster stage-aws1 ${until}`, REMEDY],
    ]);
  });

  it("counts a single day, and needs no owner", () => {
    expect(textsOf(reviewDue, cluster("2026-11-23")).at(-1)).toEqual([
      "Add-on coredns of cluster stage-aws1 was to be reviewed until 2026-11-23, a day ago.",
      REMEDY,
    ]);
  });

  it.each([
    ["on the day itself", "2026-11-24"],
    ["before it", "2027-03-01"],
    ["where no day is named", undefined],
  ])("is silent %s", (_when, reviewBy) => {
    expect(placesOf(reviewDue, cluster(reviewBy))).toEqual([]);
  });
});
