import type { PlannedChange } from "../domain/model";
import { rollbackLimits, stepBetween, type VersionStep } from "../domain/version-step";
import { type ChangeVerdict, changeSubject, ofChanges } from "./planned-changes";
import { recordedDowngrades } from "./recorded-downgrades";
import { defineRule } from "./rule";

/**
 * Terraform plans a lowered version in place like a raised one, so that a commit that was reverted rolls a cluster back by itself. A
 * rollback is therefore declared, and has to be one that EKS takes.
 */
export const downgrade = defineRule({
  id: "downgrade",
  title: "A Kubernetes version would go down",
  severity: "error",
  remedy: "Restore the version that runs.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html",
  check: (model) => [
    ...ofChanges(model, (change) => {
      const step = stepBetween(change.before?.version, change.after?.version);
      if (!step || step.minors > 0) return [];
      if (change.kind === "cluster") return [controlPlaneDown(change, step)];
      return change.kind === "node group" ? [nodesDown(change, step)] : [];
    }),
    ...recordedDowngrades(model),
  ],
});

function controlPlaneDown({ name }: PlannedChange, { from, to, minors }: VersionStep): ChangeVerdict {
  const limits = rollbackLimits();
  const what = `The plan takes the control plane of cluster ${name} from ${from} back to ${to}`;
  const restore = `Restore ${from}`;
  if (-minors > limits.minors) {
    return {
      message: `${what}: EKS goes back ${limits.minors} minor version at most, and would refuse it.`,
      remedy: `${restore}.`,
    };
  }
  return {
    message:
      `${what}: EKS would run it as a rollback, which it does for ${limits.minors} minor version within ${limits.windowDays} days of the ` +
      "upgrade, once the nodes are back.",
    remedy: `${restore}, unless the rollback is meant: then bring the nodes to ${to} in an apply before this one, and acknowledge downgrade here.`,
  };
}

function nodesDown(change: PlannedChange, { from, to }: VersionStep): ChangeVerdict {
  return {
    message: `The plan takes ${changeSubject(change)} from ${from} back to ${to}: EKS takes nodes back ahead of a rollback of their control plane only.`,
    remedy: `Restore ${from}, unless the control plane is to be rolled back to ${to} next: then acknowledge downgrade here.`,
  };
}
