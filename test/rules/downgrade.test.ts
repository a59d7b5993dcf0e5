import { downgrade } from "../../lib/rules/downgrade";
import { findingsOf, textsOf } from "./judged";
import { aChange, aGroupChange, aModelOfPlan } from "./planned";

const from = (before: string | null, after: string | null) => ({
  before: { version: before },
  after: { version: after },
});

describe("downgrade", () => {
  it("reports a control plane that goes down one minor version, which EKS would run", () => {
    expect(textsOf(downgrade, aModelOfPlan([aChange(from("1.36", "1.35"))]))).toEqual([
      [
        "The plan takes the control plane of cluster prod from 1.36 back to 1.35: EKS would run it as a rollback, which it does for 1 minor version within 7 days of the upgrade, once the nodes are back.",
        "Restore 1.36, unless the rollback is meant: then bring the nodes to 1.35 in an apply before this one, and acknowledge downgrade here.",
      ],
    ]);
  });

  it("reports one that goes down further, which EKS refuses", () => {
    expect(textsOf(downgrade, aModelOfPlan([aChange(from("1.36", "1.34"))]))).toEqual([
      [
        "The plan takes the control plane of cluster prod from 1.36 back to 1.34: EKS goes back 1 minor version at most, and would refuse it.",
        "Restore 1.36.",
      ],
    ]);
  });

  it("reports a node group that goes down", () => {
    expect(textsOf(downgrade, aModelOfPlan([aGroupChange(from("1.36", "1.35"))]))).toEqual([
      [
        "The plan takes node group general of cluster prod from 1.36 back to 1.35: EKS takes nodes back ahead of a rollback of their control plane only.",
        "Restore 1.36, unless the control plane is to be rolled back to 1.35 next: then acknowledge downgrade here.",
      ],
    ]);
  });

  it.each([
    ["1.35", "1.36"],
    ["1.36", "1.36"],
    ["1.36", null],
    [null, "1.35"],
  ])("passes or leaves to another rule what goes from %s to %s", (before, after) => {
    const model = aModelOfPlan([aChange(from(before, after)), aGroupChange(from(before, after))]);
    expect(findingsOf(downgrade, model)).toEqual([]);
  });

  it("leaves an add-on to addon-incompatible: a lower build may be the one that fits", () => {
    const addon = aChange({ kind: "add-on", name: "coredns", ...from("v1.14.3-eksbuild.1", "v1.13.2-eksbuild.4") });
    expect(findingsOf(downgrade, aModelOfPlan([addon]))).toEqual([]);
  });
});
