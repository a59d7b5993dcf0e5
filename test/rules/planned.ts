import type { Model, Planned, PlannedChange } from "../../lib/domain/model";
import { aModel } from "../../lib/testing/build-model";

/** An update of the cluster `prod`, but for what is stated. */
export function aChange(stated: Partial<PlannedChange> = {}): PlannedChange {
  return {
    kind: "cluster",
    name: "prod",
    cluster: "prod",
    path: "aws_eks_cluster.prod",
    action: "update",
    forcedBy: [],
    ...stated,
  };
}

/** The same for its node group `general`. */
export function aGroupChange(stated: Partial<PlannedChange> = {}): PlannedChange {
  return aChange({ kind: "node group", name: "general", path: "aws_eks_node_group.general", ...stated });
}

/** A model of a plan that does these things. */
export function aModelOfPlan(changes: readonly PlannedChange[], stated: Partial<Planned> = {}): Model {
  return aModel({ planned: { name: "plan.json", changes, drift: [], isComplete: true, ...stated } });
}
