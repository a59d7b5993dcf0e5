import { skipsMinor } from "../../lib/rules/skips-minor";
import { findingsOf, textsOf } from "./judged";
import { aChange, aGroupChange, aModelOfPlan } from "./planned";

const controlPlane = (from: string | null, to: string | null) =>
  aModelOfPlan([aChange({ before: { version: from }, after: { version: to } })]);

const addon = (name: string, from: string, to: string) =>
  aModelOfPlan([aChange({ kind: "add-on", name, before: { version: from }, after: { version: to } })]);

describe("skips-minor", () => {
  it("reports a control plane that goes up more than one minor version, with every hop", () => {
    expect(textsOf(skipsMinor, controlPlane("1.33", "1.36"))).toEqual([
      [
        "The plan takes the control plane of cluster prod from 1.33 to 1.36, and EKS takes one minor version at a time: the apply would fail.",
        "Plan and apply 1.34, 1.35 and 1.36 one after the other, each with its nodes and add-ons within the skew.",
      ],
    ]);
  });

  it.each([
    ["1.35", "1.36"],
    ["1.35", "1.35"],
    ["1.36", "1.34"],
    [null, "1.36"],
    ["1.34", null],
    ["1.34", "1.36.1"],
  ])("passes or leaves to another rule a control plane that goes from %s to %s", (from, to) => {
    expect(findingsOf(skipsMinor, controlPlane(from, to))).toEqual([]);
  });

  it("passes a node group, which may go up to its control plane at once", () => {
    const group = aGroupChange({ before: { version: "1.33" }, after: { version: "1.36" } });
    expect(findingsOf(skipsMinor, aModelOfPlan([group]))).toEqual([]);
  });

  it("passes what is created or deleted", () => {
    const created = aChange({ action: "create", after: { version: "1.36" } });
    expect(findingsOf(skipsMinor, aModelOfPlan([created]))).toEqual([]);
  });

  it("warns of an add-on that is to go one minor version at a time", () => {
    const model = addon("vpc-cni", "v1.18.1-eksbuild.1", "v1.20.0-eksbuild.1");
    expect(findingsOf(skipsMinor, model).map(({ severity }) => severity)).toEqual(["warning"]);
    expect(textsOf(skipsMinor, model)).toEqual([
      [
        "The plan takes add-on vpc-cni of cluster prod from v1.18.1-eksbuild.1 to v1.20.0-eksbuild.1; it goes one minor version at a time.",
        "Apply a build of v1.19 first.",
      ],
    ]);
  });

  it.each([
    ["vpc-cni", "v1.19.0-eksbuild.1", "v1.20.0-eksbuild.1"],
    ["vpc-cni", "v1.20.0-eksbuild.1", "v1.18.1-eksbuild.1"],
    ["aws-ebs-csi-driver", "v1.58.0-eksbuild.1", "v1.63.1-eksbuild.1"],
    ["vpc-cni", "latest", "v1.20.0-eksbuild.1"],
  ])("passes the add-on %s from %s to %s", (name, from, to) => {
    expect(findingsOf(skipsMinor, addon(name, from, to))).toEqual([]);
  });
});
