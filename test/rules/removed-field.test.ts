import { removedField } from "../../lib/rules/removed-field";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { ci, holding } from "./kubernetes-objects";

const withField = (...fields: string[]) => ci("batch/v1", "CronJob", { fields });

describe("removed-field", () => {
  it.each([
    ["an object without any such field", ci("batch/v1", "CronJob")],
    ["a field that the version still honours", withField("strict-ip-cidr")],
  ])("passes %s", (_case, object) => {
    expect(placesOf(removedField, aModelOf({ version: "1.35", ...holding(object) }))).toEqual([]);
  });

  it("reports a field that the version no longer honours, with the advice of its row", () => {
    const model = aModelOf({ version: "1.35", ...holding(withField("cronjob-tz")) });
    expect(placesOf(removedField, model)).toEqual([["removed-field", "stage-aws1-releases/storefront"]]);
    expect(textsOf(removedField, model)).toEqual([
      [
        'CronJob "ci" uses what Kubernetes 1.29 ended (cronjob-tz); cluster stage-aws1 runs 1.35.',
        "Create is rejected from 1.29 (update of an existing object only warns). Use spec.timeZone (default-on 1.25, GA 1.27).",
      ],
    ]);
  });

  it.each([
    ["cronjob-tz", "1.35", "error"],
    ["cronjob-tz", "1.28", "warning"],
    ["intree-volume-awselasticblockstore", "1.35", "warning"],
    ["taint-master", "1.35", "note"],
    ["serviceAccount-field", "1.35", "note"],
  ])("gives %s at %s the severity %s", (field, version, severity) => {
    expect(findingsOf(removedField, aModelOf({ version, ...holding(withField(field)) }))).toMatchObject([{ severity }]);
  });

  it("reports each field of an object, and in each cluster", () => {
    const both = holding(withField("cronjob-tz", "apparmor-annotation"));
    expect(
      placesOf(removedField, aModelOfTwins({ both: { version: "1.35", ...both } })).map(([, path]) => path),
    ).toEqual([
      "prod-aws1-releases/storefront",
      "prod-aws1-releases/storefront",
      "stage-aws1-releases/storefront",
      "stage-aws1-releases/storefront",
    ]);
  });

  it("judges an object of one twin at the other's version too", () => {
    const model = aModelOfTwins({
      staging: { version: "1.36" },
      production: { version: "1.35", ...holding(withField("strict-ip-cidr")) },
    });
    expect(textsOf(removedField, model)[0]?.[0]).toBe(
      'CronJob "ci" uses what Kubernetes 1.36 ended (strict-ip-cidr); cluster stage-aws1, the twin of prod-aws1, runs 1.36.',
    );
  });

  it("warns of a field change that the table does not have", () => {
    expect(findingsOf(removedField, aModelOf({ version: "1.35", ...holding(withField("of-tomorrow")) }))).toMatchObject(
      [
        {
          severity: "warning",
          message:
            'CronJob "ci" uses of-tomorrow, a field change that is not in the table and was not judged; cluster stage-aws1 runs 1.35.',
        },
      ],
    );
  });

  it("leaves a cluster of unknown version to version-unknown", () => {
    expect(placesOf(removedField, aModelOf({ version: null, ...holding(withField("cronjob-tz")) }))).toEqual([]);
  });
});
