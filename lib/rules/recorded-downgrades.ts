import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Model, Rollback } from "../domain/model";
import {
  controlPlaneStep,
  historyOf,
  type NodeGroupStep,
  nodeGroupSteps,
  type RecordedCluster,
  recordedClusters,
} from "../domain/recorded-cluster";
import { notBackYet, openRollbackWindow, rollbackObstacles } from "../domain/rollback";
import { knownVersion } from "../domain/stated-version";
import type { VersionStep } from "../domain/version-step";
import { recordedOn } from "./recorded";
import type { Severity, Violation } from "./rule";

/** Versions that are lower than the recorded ones, and declared rollbacks that are none. */
export function recordedDowngrades(model: Model): Violation[] {
  return [
    ...recordedClusters(model).flatMap((recorded) => [
      ...controlPlane(recorded, model.asOf),
      ...nodeGroupSteps(recorded).flatMap((each) => nodeGroupDown(each, recorded)),
    ]),
    ...model.clusters.flatMap((cluster) => (historyOf(cluster, model) ? [] : unrecorded(cluster))),
  ];
}

type Told = Pick<Violation, "message" | "remedy" | "severity">;

function controlPlane(recorded: RecordedCluster, asOf: string): Violation[] {
  const { cluster } = recorded;
  const { rollback } = cluster;
  const step = controlPlaneStep(recorded);
  const isDown = step !== undefined && step.minors < 0;
  if (!rollback) return isDown ? [at(cluster, undeclared(recorded, step, asOf))] : [];
  const told = isDown ? lowered(recorded, rollback, step, asOf) : notLowered(recorded, rollback, asOf);
  return told.map((each) => at(cluster, each));
}

function undeclared({ cluster, history }: RecordedCluster, { from, to }: VersionStep, asOf: string): Told {
  const window = openRollbackWindow(history, asOf);
  const declare =
    `to roll back, which EKS does until ${window?.lastDay}: bring the nodes to ${window?.back} first, and declare it with ` +
    `rollback({ to: "${window?.back}", because: "…" }) on the cluster`;
  return {
    message: `Cluster ${cluster.name} runs ${from}, ${recordedOn(history)}, and would go down to ${to}; no rollback is declared.`,
    remedy: `Restore versions.controlPlane to ${from}${window?.back.equals(to) ? `, or, ${declare}` : ""}.`,
  };
}

/** The control plane goes down, and a rollback is declared: it has to be the one that EKS takes now. */
function lowered({ cluster, history }: RecordedCluster, { to }: Rollback, step: VersionStep, asOf: string): Told[] {
  if (step.to.toString() !== to) {
    return [
      {
        message: `Cluster ${cluster.name} declares a rollback to ${to}, and its versions.controlPlane is ${step.to}.`,
        remedy: `Set versions.controlPlane to ${to}, or restore ${step.from} and take out rollback().`,
      },
    ];
  }
  const obstacles = [...rollbackObstacles({ cluster, history }, step.to, asOf), ...notBackYet(history, step.to)];
  return obstacles.map(({ what, remedy }) => ({
    message: `The control plane of cluster ${cluster.name} cannot go back from ${step.from} to ${to}: ${what}.`,
    remedy,
  }));
}

/** The control plane stays or goes up: a declared rollback then begins with the nodes, or it is over, or it never was one. */
function notLowered(recorded: RecordedCluster, { to }: Rollback, asOf: string): Told[] {
  const { cluster, history } = recorded;
  const [runs, wanted] = [knownVersion(history.state.version), knownVersion(cluster.version)];
  const back = KubernetesVersion.tryParse(to);
  if (!runs || !wanted || !back) return [];
  const declares = `Cluster ${cluster.name} declares a rollback to ${to}`;
  if (!back.isBefore(runs)) {
    return [
      warning(`${declares} and runs ${runs}, ${recordedOn(history)}: nothing is to go back.`, "Take out rollback()."),
    ];
  }
  if (wanted.isAfter(runs)) {
    const message = `${declares}, and its versions.controlPlane goes up from ${runs} to ${wanted}.`;
    return [
      { message, remedy: `Set versions.controlPlane to ${runs} while the nodes go back, or take out rollback().` },
    ];
  }
  const obstacles = rollbackObstacles(recorded, back, asOf);
  if (obstacles.length > 0) {
    return obstacles.map(({ what, remedy }) => ({ message: `${declares}, which EKS would refuse: ${what}.`, remedy }));
  }
  if (nodeGroupSteps(recorded).some(({ step }) => step.minors < 0)) return [];
  const [next] = notBackYet(history, back);
  const remedy = next?.remedy ?? `Set versions.controlPlane to ${to}, or take out rollback().`;
  return [warning(`${declares}, and its control plane stays at ${runs}, with no node group going back.`, remedy)];
}

function nodeGroupDown({ group, step }: NodeGroupStep, { cluster, history }: RecordedCluster): Violation[] {
  if (step.minors > 0) return [];
  const back = knownVersion(cluster.rollback?.to);
  if (back && !step.to.isBefore(back)) return [];
  const rollback = back
    ? `the rollback that is declared goes to ${back}`
    : "no rollback is declared, ahead of which alone EKS takes nodes back";
  return [
    {
      path: group.path,
      location: group.location,
      message:
        `Node group ${group.name} of cluster ${cluster.name} runs ${step.from}, ${recordedOn(history)}, and would go down to ` +
        `${step.to}; ${rollback}.`,
      remedy: `Restore ${back ?? step.from}${back ? "" : `, or declare rollback({ to: "${step.to}", because: "…" }) on the cluster`}.`,
    },
  ];
}

function unrecorded(cluster: Cluster): Violation[] {
  if (!cluster.rollback) return [];
  const { name, rollback } = cluster;
  return [
    at(cluster, {
      message:
        `Cluster ${name} declares a rollback to ${rollback.to}, and nothing is recorded of it: neither what it runs nor when it was ` +
        "upgraded is known.",
      remedy: `Record what runs: npx tandem record ${name} --state FILE.`,
    }),
  ];
}

function warning(message: string, remedy: string): Told & { readonly severity: Severity } {
  return { message, remedy, severity: "warning" };
}

function at({ path, location, rollback }: Cluster, told: Told): Violation {
  return { path, location: rollback?.location ?? location, ...told };
}
