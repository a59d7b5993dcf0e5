import { versionNotOffered } from "../../lib/rules/version-not-offered";
import { aCluster, aModel } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const on = (asOf: string, version: string | null) => aModel({ asOf, clusters: [aCluster({ version })] });

describe("version-not-offered", () => {
  it("passes a version from the day that EKS offers it", () => {
    expect(placesOf(versionNotOffered, on("2026-06-02", "1.36"))).toEqual([]);
  });

  it("reports a version on the day before", () => {
    const model = on("2026-06-01", "1.36");
    expect(placesOf(versionNotOffered, model)).toEqual([["version-not-offered", "stage-aws1/cluster"]]);
    expect(textsOf(versionNotOffered, model)).toEqual([
      [
        "Cluster stage-aws1 asks for 1.36, which EKS offers from 2026-06-02; it is 2026-06-01.",
        "Wait for that day, or choose an older version.",
      ],
    ]);
  });

  it("does not apply to a version whose time is over", () => {
    expect(placesOf(versionNotOffered, on("2026-11-23", "1.24"))).toEqual([]);
  });

  it.each([null, "1.99", "1.36.1"])("leaves %s to version-unknown", (version) => {
    expect(placesOf(versionNotOffered, on("2026-11-23", version))).toEqual([]);
  });
});
