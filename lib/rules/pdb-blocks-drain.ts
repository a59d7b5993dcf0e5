import { allowance, type Budget, type BudgetedWorkload, budgetedWorkloads, disruptionsOf } from "../domain/disruption";
import type { Cluster, Model } from "../domain/model";
import { historyOf, recordedPart } from "../domain/recorded-cluster";
import { inCluster } from "./cluster-name";
import { formatPlaced, type PlacedObject, placedObjects, placeOf } from "./placed-objects";
import { enumerated } from "./release-subject";
import { defineRule, type Severity, type Violation } from "./rule";

/**
 * A new version reaches the nodes of a group by draining them, and a drain waits for budgets. One that never lets a pod go ends the update
 * of the node group. Nothing breaks before that: an error only where the next deployment is such an update.
 */
export const pdbBlocksDrain = defineRule({
  id: "pdb-blocks-drain",
  title: "A PodDisruptionBudget never lets a pod go, so that no node that runs one can be drained",
  severity: "error",
  remedy: "Write maxUnavailable: 1, and run two replicas or more.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html",
  check: (model) => model.clusters.flatMap((cluster) => blockingIn(cluster, model)),
});

function blockingIn(cluster: Cluster, model: Model): Violation[] {
  const all = disruptionsOf(cluster);
  const namespaces = new Map(all.map(({ object, namespace }) => [object, namespace]));
  const rolled = rolledGroups(cluster, model);
  return placedObjects(cluster).flatMap((placed) => {
    const { disruption } = placed.object;
    const namespace = namespaces.get(placed.object);
    if (disruption?.is !== "budget" || namespace === undefined) return [];
    const workloads = budgetedWorkloads(disruption, namespace, all);
    const allowed = allowance(disruption, workloads);
    if (allowed === "unknown") return [unknown(placed, disruption, cluster)];
    return allowed === "never" ? [blocking(placed, disruption, workloads, cluster, rolled)] : [];
  });
}

function blocking(
  placed: PlacedObject,
  budget: Budget,
  workloads: readonly BudgetedWorkload[],
  cluster: Cluster,
  rolled: readonly string[],
): Violation {
  const severity: Severity = rolled.length > 0 ? "error" : "warning";
  const update =
    severity === "error"
      ? `The next deployment brings another version to the nodes of ${enumerated(rolled)}: it waits for the eviction and ends with`
      : "The next update of the nodes waits for the eviction and ends with";
  return {
    ...placeOf(placed),
    message:
      `${formatPlaced(placed)}${inCluster(cluster)} never lets a pod go: ${amountOf(budget)}, and ${enumerated(workloads.map(replicasOf))}. ` +
      `${update} PodEvictionFailure.`,
    remedy: remedyFor(placed, instead(budget, workloads)),
    severity,
  };
}

function unknown(placed: PlacedObject, budget: Budget, cluster: Cluster): Violation {
  const why =
    budget.minAvailable === undefined && budget.maxUnavailable === undefined
      ? "it states neither minAvailable nor maxUnavailable"
      : `${amountOf(budget)}, and no workload with its labels is described here`;
  return {
    ...placeOf(placed),
    message: `Whether ${formatPlaced(placed)}${inCluster(cluster)} ever lets a pod go is not known: ${why}.`,
    remedy: remedyFor(
      placed,
      "Look at the ALLOWED DISRUPTIONS of kubectl get poddisruptionbudgets before nodes are updated; maxUnavailable: 1 is always safe.",
    ),
    severity: "note",
  };
}

function amountOf({ minAvailable, maxUnavailable }: Budget): string {
  return maxUnavailable === undefined ? `minAvailable is ${minAvailable}` : `maxUnavailable is ${maxUnavailable}`;
}

function replicasOf({ kind, name, replicas, autoscaler }: BudgetedWorkload): string {
  const count = `${replicas} replica${replicas === 1 ? "" : "s"}`;
  if (!autoscaler) return `${kind} "${name}" has ${count}`;
  return `${kind} "${name}" has ${count} at the fewest (${autoscaler.kind} "${autoscaler.name}")`;
}

function instead({ maxUnavailable }: Budget, workloads: readonly BudgetedWorkload[]): string {
  const pods = workloads.reduce((sum, { replicas }) => sum + replicas, 0);
  if (pods > 1)
    return maxUnavailable === undefined
      ? "Write maxUnavailable: 1 in the place of minAvailable."
      : "Write maxUnavailable: 1.";
  return "Run two replicas or more with maxUnavailable: 1, or leave the budget out: one replica cannot move without an interruption.";
}

function remedyFor({ release }: PlacedObject, instead: string): string {
  return release ? `${instead} The chart writes it: say so in the values of release ${release.name}.` : instead;
}

/** Node groups that the history has at another version: those that the next deployment drains. */
function rolledGroups(cluster: Cluster, model: Model): string[] {
  const recorded = historyOf(cluster, model)?.state.nodeGroups ?? {};
  return cluster.nodeGroups
    .filter((group) => {
      const before = recordedPart(recorded, group.name);
      return before && (before.version !== group.version || before.releaseVersion !== group.releaseVersion);
    })
    .map((group) => `node group ${group.name}`);
}
