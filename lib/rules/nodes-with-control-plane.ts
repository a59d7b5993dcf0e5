import type { Planned, PlannedChange, PlannedFacts, Stated } from "../domain/model";
import { stepBetween, type VersionStep } from "../domain/version-step";
import { type ChangeVerdict, changeSubject, isReplaced, ofChanges } from "./planned-changes";
import { defineRule } from "./rule";

/** Terraform does not stop between the two: that the control plane is well at its new version is seen when the nodes have rolled too. */
export const nodesWithControlPlane = defineRule({
  id: "nodes-with-control-plane",
  title: "One apply would upgrade a control plane and roll its nodes",
  severity: "error",
  remedy: "Upgrade the control plane in an apply of its own, look at the cluster, then upgrade the nodes.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html",
  check: (model) =>
    ofChanges(model, (change, planned) => (change.kind === "node group" ? rolled(change, planned) : [])),
});

function rolled(group: PlannedChange, { changes }: Planned): ChangeVerdict[] {
  const step = changes.map((change) => stepOf(change, group.cluster)).find((each) => each !== undefined);
  const why = whyNodesRoll(group);
  if (!step || why === undefined) return [];
  return [
    {
      message:
        `The plan takes the control plane of cluster ${group.cluster} from ${step.from} to ${step.to}, and in the same apply rolls ` +
        `the nodes of ${changeSubject(group)}: ${why}.`,
      remedy:
        "Leave the node group as it is (version, release_version, launch template), apply, look at the cluster, and change the node " +
        "group in an apply of its own.",
    },
  ];
}

function stepOf({ kind, name, before, after }: PlannedChange, cluster: string | undefined): VersionStep | undefined {
  return kind === "cluster" && name === cluster ? stepBetween(before?.version, after?.version) : undefined;
}

function whyNodesRoll(group: PlannedChange): string | undefined {
  const { action, before, after } = group;
  if (isReplaced(group)) return "it is replaced";
  if (action !== "update" || !before || !after) return undefined;
  return ARGUMENTS.map(([fact, argument]) => changeOf(argument, before[fact], after[fact])).find(
    (why) => why !== undefined,
  );
}

const ARGUMENTS: readonly (readonly [
  keyof Pick<PlannedFacts, "version" | "releaseVersion" | "launchTemplate">,
  string,
])[] = [
  ["version", "version"],
  ["releaseVersion", "release_version"],
  ["launchTemplate", "launch_template"],
];

function changeOf(argument: string, before: Stated | undefined, after: Stated | undefined): string | undefined {
  if (before === after) return undefined;
  if (after === null) return `${argument} is only known after the apply`;
  return `${argument} goes from ${before ?? "none"} to ${after ?? "none"}`;
}
