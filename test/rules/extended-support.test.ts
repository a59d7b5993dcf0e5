import { extendedSupport } from "../../lib/rules/extended-support";
import { aCluster, aModel } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const on = (asOf: string, version: string | null, supportType: "STANDARD" | "EXTENDED" = "EXTENDED") =>
  aModel({ asOf, clusters: [aCluster({ version, supportType })] });

describe("extended-support", () => {
  it("passes a version in standard support", () => {
    expect(placesOf(extendedSupport, on("2026-07-28", "1.33"))).toEqual([]);
  });

  it("reports a version from the day that standard support ends, and what it costs", () => {
    const model = on("2026-07-29", "1.33");
    expect(placesOf(extendedSupport, model)).toEqual([["extended-support", "stage-aws1/cluster"]]);
    expect(textsOf(extendedSupport, model)).toEqual([
      [
        "Cluster stage-aws1 runs 1.33, in extended support from 2026-07-29 to 2027-07-29. " +
          "Its support type is EXTENDED: EKS bills 0.6 instead of 0.1 USD an hour (check the price list: these are not read from AWS).",
        "Upgrade to a version in standard support.",
      ],
    ]);
    expect(findingsOf(extendedSupport, model)[0]?.severity).toBe("warning");
  });

  it("says of the support type STANDARD that EKS upgrades by itself", () => {
    expect(textsOf(extendedSupport, on("2026-11-23", "1.33", "STANDARD"))[0]?.[0]).toBe(
      "Cluster stage-aws1 runs 1.33, in extended support from 2026-07-29 to 2027-07-29. " +
        "Its support type is STANDARD: EKS upgrades the control plane by itself.",
    );
  });

  it("does not apply once all support has ended", () => {
    expect(placesOf(extendedSupport, on("2026-11-23", "1.30"))).toEqual([]);
  });

  it.each([null, "1.99"])("leaves %s to version-unknown", (version) => {
    expect(placesOf(extendedSupport, on("2026-11-23", version))).toEqual([]);
  });
});
