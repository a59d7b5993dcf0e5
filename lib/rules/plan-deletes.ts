import type { PlannedChange, PlannedKind } from "../domain/model";
import { because, type ChangeVerdict, changeSubject, isDeleted, ofChanges } from "./planned-changes";
import { defineRule, type Severity } from "./rule";

/** A warning for what can be installed again as it was, and for what the plan shows to be of no cluster. */
export const planDeletes = defineRule({
  id: "plan-deletes",
  title: "A Terraform plan would delete a part of a cluster",
  severity: "error",
  remedy: "Put it back into the configuration. If it is to go, acknowledge it here.",
  source: "https://developer.hashicorp.com/terraform/internals/json-format#change-representation",
  check: (model) => ofChanges(model, (change) => (isDeleted(change) ? [verdict(change)] : [])),
});

function verdict(change: PlannedChange): ChangeVerdict {
  const { kind, cluster } = change;
  const { severity, what } = LOSSES[kind];
  return {
    message: `Terraform would delete ${changeSubject(change)}${because(change)}. ${what}`,
    ...(severity && { severity }),
    ...(kind !== "cluster" && cluster === undefined && { severity: "warning" as const }),
  };
}

const LOSSES: Readonly<Record<PlannedKind, { readonly what: string; readonly severity?: Severity }>> = {
  cluster: { what: "Everything that runs in it goes, and all that it stores." },
  "node group": { what: "All its nodes go; their pods need room on others." },
  "add-on": { what: "What it does is missing from then on.", severity: "warning" },
  release: { what: "Helm uninstalls it with all its objects.", severity: "warning" },
  "KMS key": { what: "Without it nobody can read what a cluster encrypted with it." },
  VPC: { what: "What stands in it cannot be reached any more." },
  subnet: { what: "The control plane and the nodes have network interfaces in it." },
};
