import type { PlannedChange } from "../domain/model";
import { type ChangeVerdict, changeSubject, ofChanges } from "./planned-changes";
import { defineRule } from "./rule";

export const planDropsProtection = defineRule({
  id: "plan-drops-protection",
  title: "A Terraform plan would switch off a cluster's deletion protection",
  severity: "warning",
  remedy: "Leave deletion_protection true, unless the cluster is to be deleted next.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html",
  check: (model) => ofChanges(model, dropped),
});

function dropped(change: PlannedChange): ChangeVerdict[] {
  const { before, after } = change;
  if (before?.deletionProtection !== true || !after || after.deletionProtection === true) return [];
  const how = after.deletionProtection === null ? "may switch" : "switches";
  return [{ message: `The plan ${how} off the deletion protection of ${changeSubject(change)}.` }];
}
