import type { PlannedChange } from "../domain/model";
import { type ChangeVerdict, changeSubject, ofChanges } from "./planned-changes";
import { defineRule } from "./rule";

export const planForcesUpdate = defineRule({
  id: "plan-forces-update",
  title: "A Terraform plan would make EKS go on where it would stop an update",
  severity: "warning",
  remedy: "Take force_update_version out, and mend what stops the update.",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html",
  check: (model) => ofChanges(model, forced),
});

function forced(change: PlannedChange): ChangeVerdict[] {
  if (!change.after?.forceUpdate) return [];
  const what =
    change.kind === "cluster"
      ? "EKS goes on though its upgrade insights say what would break"
      : "EKS ends pods though a PodDisruptionBudget forbids it";
  return [{ message: `The plan changes ${changeSubject(change)} with force_update_version set: ${what}.` }];
}
