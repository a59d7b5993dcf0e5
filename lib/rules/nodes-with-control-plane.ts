import type { Planned, PlannedChange, PlannedFacts, Stated } from "../domain/model";
import { controlPlaneStep, nodeGroupSteps, type RecordedCluster, recordedClusters } from "../domain/recorded-cluster";
import { stepBetween, type VersionStep } from "../domain/version-step";
import { type ChangeVerdict, changeSubject, isReplaced, ofChanges } from "./planned-changes";
import { recordedOn } from "./recorded";
import { defineRule, type Violation } from "./rule";

/** Terraform does not stop between the two: that the control plane is well at its new version is seen when the nodes have rolled too. */
export const nodesWithControlPlane = defineRule({
  id: "nodes-with-control-plane",
  title: "One apply would upgrade a control plane and roll its nodes",
  severity: "error",
  remedy: "Upgrade the control plane in an apply of its own, look at the cluster, then upgrade the nodes.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html",
  check: (model) => [
    ...ofChanges(model, (change, planned) => (change.kind === "node group" ? rolled(change, planned) : [])),
    ...recordedClusters(model).flatMap(rolledSinceRecorded),
  ],
});

/** That both go down at once is `downgrade`'s. */
function rolledSinceRecorded(recorded: RecordedCluster): Violation[] {
  const { cluster, history } = recorded;
  const controlPlane = controlPlaneStep(recorded);
  if (!controlPlane) return [];
  return nodeGroupSteps(recorded)
    .filter(({ step }) => controlPlane.minors > 0 || step.minors > 0)
    .map(({ group, step }) => ({
      path: group.path,
      location: group.location,
      message:
        `One apply would take the control plane of cluster ${cluster.name} from ${controlPlane.from} to ${controlPlane.to} and node ` +
        `group ${group.name} from ${step.from} to ${step.to}, as ${recordedOn(history)}.`,
      remedy:
        `Leave node group ${group.name} at ${step.from} (versions.nodes, or its version), deploy the control plane, look at the ` +
        `cluster, npx tandem record ${cluster.name}, and upgrade the nodes then.`,
    }));
}

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
