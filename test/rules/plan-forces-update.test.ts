import { planForcesUpdate } from "../../lib/rules/plan-forces-update";
import { findingsOf } from "./judged";
import { aChange, aGroupChange, aModelOfPlan } from "./planned";

const FORCED = { before: { forceUpdate: true }, after: { forceUpdate: true } };

describe("plan-forces-update", () => {
  it("warns of a cluster and of a node group, each with what it overrides", () => {
    const model = aModelOfPlan([aChange(FORCED), aGroupChange(FORCED)]);
    expect(findingsOf(planForcesUpdate, model).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "warning: The plan changes cluster prod with force_update_version set: EKS goes on though its upgrade insights say what would break.",
      "warning: The plan changes node group general of cluster prod with force_update_version set: EKS ends pods though a PodDisruptionBudget forbids it.",
    ]);
  });

  it("passes where it is taken out, is not set, or what has it is deleted", () => {
    const model = aModelOfPlan([
      aChange({ before: { forceUpdate: true }, after: { forceUpdate: false } }),
      aChange({ before: {}, after: {} }),
      aGroupChange({ action: "delete", before: { forceUpdate: true } }),
    ]);
    expect(findingsOf(planForcesUpdate, model)).toEqual([]);
  });
});
