import type { NodeGroupState } from "../domain/cluster-state";
import type { NodeGroup } from "../domain/model";
import { type RecordedCluster, recordedClusters, recordedPart } from "../domain/recorded-cluster";
import { recordedOn } from "./recorded";
import { enumerated } from "./release-subject";
import { defineRule, type Violation } from "./rule";

/**
 * Terraform cannot change these in place: it makes new nodes, then takes all the old ones away at once. An error where no node group of the
 * cluster is left as it is, a warning else. What a plan would replace is `plan-replaces`'.
 */
export const replacesNodes = defineRule({
  id: "replaces-nodes",
  title: "A change of a node group would replace all its nodes at once",
  severity: "error",
  remedy: "Add a node group beside it, move the pods, and take the old one out in a deployment of its own.",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html",
  check: (model) => recordedClusters(model).flatMap(replacedIn),
});

interface Replaced {
  readonly group: NodeGroup;
  readonly changes: readonly string[];
}

function replacedIn(recorded: RecordedCluster): Violation[] {
  const { cluster, history } = recorded;
  const replaced = cluster.nodeGroups.flatMap((group): Replaced[] => {
    const before = recordedPart(history.state.nodeGroups, group.name);
    const changes = before ? changesOf(group, before) : [];
    return changes.length > 0 ? [{ group, changes }] : [];
  });
  const isKept = ({ name }: NodeGroup) =>
    recordedPart(history.state.nodeGroups, name) !== undefined && !replaced.some(({ group }) => group.name === name);
  const isAnyKept = cluster.nodeGroups.some(isKept);
  return replaced.map((each) => violation(each, recorded, isAnyKept));
}

function violation({ group, changes }: Replaced, { cluster, history }: RecordedCluster, isAnyKept: boolean): Violation {
  const { name, path, location } = group;
  const extent = isAnyKept ? "" : ", and no node group of the cluster stays as it is";
  return {
    path,
    location,
    ...(isAnyKept && { severity: "warning" }),
    message:
      `Node group ${name} of cluster ${cluster.name} would be replaced, as ${recordedOn(history)}: ${enumerated(changes)}. Its new nodes ` +
      `come first; then all the old ones go, and their pods move at once${extent}.`,
    remedy:
      `Restore it, and add a node group beside it under another name with what is new; deploy and record, move the pods, and take ${name} ` +
      "out in a deployment of its own.",
  };
}

function changesOf({ amiType, instanceTypes, capacityType }: NodeGroup, before: NodeGroupState): string[] {
  return [
    ...change("amiType", before.amiType, amiType),
    ...change("instanceTypes", before.instanceTypes.join(", "), instanceTypes.join(", ")),
    ...change("capacityType", before.capacityType, capacityType),
  ];
}

function change(argument: string, before: string, after: string | null): string[] {
  return after === null || before === after ? [] : [`${argument} goes from ${before} to ${after}`];
}
