import type { PlannedChange, PlannedKind } from "../domain/model";
import { because, type ChangeVerdict, changeSubject, isReplaced, ofChanges } from "./planned-changes";
import { defineRule, type Severity } from "./rule";

/**
 * An error where something is lost or missing that workloads need: a cluster, its key or network, nodes that go before the new ones
 * are there. A warning where pods only move, or what is made anew comes back as it was.
 */
export const planReplaces = defineRule({
  id: "plan-replaces",
  title: "A Terraform plan would replace a part of a cluster",
  severity: "error",
  remedy: "Take back the change of the argument that forces it.",
  source: "https://developer.hashicorp.com/terraform/language/resources/behavior#how-terraform-applies-a-configuration",
  check: (model) => ofChanges(model, (change) => (isReplaced(change) ? [verdict(change)] : [])),
});

interface Loss {
  readonly severity: Severity;
  readonly what: string;
  readonly remedy?: string;
}

function verdict(change: PlannedChange): ChangeVerdict {
  const { severity, what, remedy } = lossOf(change);
  return {
    message: `Terraform would replace ${changeSubject(change)}${because(change)}. ${what}`,
    severity,
    ...(remedy !== undefined && { remedy }),
  };
}

function lossOf({ kind, action, cluster }: PlannedChange): Loss {
  if (kind === "node group") return action === "delete-create" ? NODES_FIRST : NODES_LAST;
  const loss = LOSSES[kind];
  return kind !== "cluster" && cluster === undefined ? { ...loss, severity: "warning" } : loss;
}

const BESIDE =
  "a node group beside it under another name, apply, move the pods, and take the old one out in an apply of its own";

const NODES_FIRST: Loss = {
  severity: "error",
  what: "All its nodes go, and their pods with them, before a new one is there.",
  remedy: `Add ${BESIDE}; or give it a name prefix and lifecycle { create_before_destroy = true }.`,
};

const NODES_LAST: Loss = {
  severity: "warning",
  what: "The new nodes come first; then all the old ones go, and their pods move at once.",
  remedy: `If the pods can move at once, go on. If not, add ${BESIDE}.`,
};

const LOSSES: Readonly<Record<Exclude<PlannedKind, "node group">, Loss>> = {
  cluster: {
    severity: "error",
    what: "The old cluster is deleted with everything that runs in it and all that it stores.",
    remedy:
      "Take back the change of the argument that forces it. If it has to be: make a second cluster and move to it.",
  },
  "add-on": {
    severity: "warning",
    what: "What it does is missing until it is there again.",
  },
  release: {
    severity: "warning",
    what: "Helm uninstalls it with all its objects before it installs it again.",
  },
  "KMS key": {
    severity: "error",
    what: "Without the old key nobody can read what the cluster encrypted with it.",
    remedy: "Keep the key. A cluster cannot change its key.",
  },
  VPC: {
    severity: "error",
    what: "A cluster cannot leave its VPC: the apply fails halfway, or the cluster is replaced too.",
  },
  subnet: {
    severity: "error",
    what: "The control plane has network interfaces in it: the apply fails halfway, or the API server cannot be reached from there.",
    remedy:
      "Add a subnet, give it to the cluster and its node groups, and take the old one out in an apply of its own.",
  },
};
