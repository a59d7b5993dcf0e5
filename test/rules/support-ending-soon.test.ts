import { SUPPORT_ENDS_WITHIN_DAYS, supportEndingSoon } from "../../lib/rules/support-ending-soon";
import { aCluster, aModel } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const on = (asOf: string, version: string | null, supportType: "STANDARD" | "EXTENDED" = "STANDARD") =>
  aModel({ asOf, clusters: [aCluster({ version, supportType })] });

describe("support-ending-soon", () => {
  it("begins to report when as many days are left as the policy says", () => {
    expect(SUPPORT_ENDS_WITHIN_DAYS).toBe(60);
    expect(placesOf(supportEndingSoon, on("2026-10-02", "1.34"))).toEqual([]);
    expect(placesOf(supportEndingSoon, on("2026-10-03", "1.34"))).toEqual([
      ["support-ending-soon", "stage-aws1/cluster"],
    ]);
  });

  it.each([
    ["STANDARD", "Its support type is STANDARD: EKS then upgrades the control plane by itself."],
    ["EXTENDED", "Its support type is EXTENDED: EKS then bills extended support."],
  ] as const)("says when standard support ends and what follows with %s", (supportType, follows) => {
    expect(textsOf(supportEndingSoon, on("2026-11-23", "1.34", supportType))).toEqual([
      [
        `Cluster stage-aws1 runs 1.34, whose standard support ends on 2026-12-02, in 9 days. ${follows}`,
        "Plan the upgrade to the next minor version now.",
      ],
    ]);
  });

  it("says when extended support ends", () => {
    expect(findingsOf(supportEndingSoon, on("2026-11-25", "1.31"))).toMatchObject([
      {
        severity: "warning",
        message:
          "Cluster stage-aws1 runs 1.31, whose extended support ends on 2026-11-26, in 1 day. EKS then upgrades the control plane by itself.",
      },
    ]);
  });

  it("says so when the end is computed", () => {
    expect(textsOf(supportEndingSoon, on("2027-11-01", "1.37"))[0]?.[0]).toContain(
      "standard support ends on 2027-12-01 (a computed date, not read from AWS), in 30 days.",
    );
  });

  it("does not apply once all support has ended", () => {
    expect(placesOf(supportEndingSoon, on("2026-11-23", "1.30"))).toEqual([]);
  });

  it.each([null, "1.99"])("leaves %s to version-unknown", (version) => {
    expect(placesOf(supportEndingSoon, on("2026-11-23", version))).toEqual([]);
  });
});
