import { dataHorizons } from "../../lib/domain/data-horizons";
import { STALE_AFTER_DAYS, staleData } from "../../lib/rules/stale-data";
import { aModel } from "../../lib/testing/build-model";
import { findingsOf, placesOf } from "./judged";

const NEWEST =
  dataHorizons()
    .map(({ retrieved }) => retrieved)
    .sort()
    .at(-1) ?? "";

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

describe("stale-data", () => {
  it("passes tables that are as old as the policy allows", () => {
    const oldest =
      dataHorizons()
        .map(({ retrieved }) => retrieved)
        .sort()[0] ?? "";
    expect(placesOf(staleData, aModel({ asOf: daysAfter(oldest, STALE_AFTER_DAYS) }))).toEqual([]);
  });

  it("reports every table that is older", () => {
    const asOf = daysAfter(NEWEST, STALE_AFTER_DAYS + 1);
    const findings = findingsOf(staleData, aModel({ asOf }));
    expect(findings.map(({ path }) => path)).toEqual(dataHorizons().map(() => ""));
    expect(findings[0]).toMatchObject({
      severity: "warning",
      message: expect.stringMatching(
        new RegExp(
          `^The table addons was read on \\d{4}-\\d\\d-\\d\\d, \\d{3} days before ${asOf}; after 120 days it may lack a Kubernetes release\\.$`,
        ),
      ),
      remedy: "Update eks-tandem: npm install eks-tandem@latest.",
    });
  });

  it("does not apply to a day before the tables were read", () => {
    expect(placesOf(staleData, aModel({ asOf: "2020-01-01" }))).toEqual([]);
  });
});
