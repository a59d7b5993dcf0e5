import { type LabelSelector, type Labels, selects } from "./label-selector";
import type { Cluster, ObjectFacts, Rendering } from "./model";

/** What an object says of the evictions of pods: a budget for them, a workload that has pods, an autoscaler that says how many. */
export type Disruption = Budget | Workload | Autoscaler;

/** A PodDisruptionBudget. */
export interface Budget {
  readonly is: "budget";
  /** A number of pods or a share of them, `50%`. */
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  /** The pods of its namespace that it is about; absent: none. */
  readonly selector?: LabelSelector;
}

/** A workload whose pods an eviction may take: a Deployment, StatefulSet, ReplicaSet or ReplicationController. */
export interface Workload {
  readonly is: "workload";
  /** Absent where it states none: 1, if no autoscaler says otherwise. */
  readonly replicas?: number;
  /** Of its pods. */
  readonly labels: Labels;
}

/** A HorizontalPodAutoscaler, or a ScaledObject of KEDA, which makes one. */
export interface Autoscaler {
  readonly is: "autoscaler";
  readonly target: { readonly kind: string; readonly name: string };
  /** The fewest pods that it leaves. */
  readonly minReplicas: number;
}

/** A workload that a budget is about, at the fewest pods that it has. */
export interface BudgetedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly replicas: number;
  /** The autoscaler that says how many; absent where the workload does. */
  readonly autoscaler?: Pick<ObjectFacts, "kind" | "name">;
}

/** An object in the namespace where it lands. */
export interface NamespacedObject<T extends ObjectFacts = ObjectFacts> {
  readonly object: T;
  readonly namespace: string;
}

/** Whether a budget ever lets one of its pods go. `unknown` where nobody here knows how many pods it is about. */
export type Allowance = "sometimes" | "never" | "unknown";

/**
 * Whether a budget lets a pod go when all of its pods are healthy, as the disruption controller counts: shares are rounded up.
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 * @param workloads those that it is about, as far as they are known
 */
export function allowance(
  { minAvailable, maxUnavailable, selector }: Budget,
  workloads: readonly BudgetedWorkload[],
): Allowance {
  if (!selector) return "sometimes";
  const pods = workloads.reduce((sum, { replicas }) => sum + replicas, 0);
  if (maxUnavailable !== undefined) {
    const gone = podsOf(maxUnavailable, 100);
    if (gone === undefined) return "unknown";
    if (gone > 0) return "sometimes";
    return noneOr("never", workloads, pods);
  }
  if (minAvailable === undefined) return "unknown";
  const kept = podsOf(minAvailable, pods);
  if (kept === undefined) return "unknown";
  if (isNothing(minAvailable)) return "sometimes";
  return noneOr(kept >= pods ? "never" : "sometimes", workloads, pods);
}

/** Without pods there is nothing to evict; without a workload nobody knows. */
function noneOr(allowance: Allowance, workloads: readonly BudgetedWorkload[], pods: number): Allowance {
  if (workloads.length === 0) return "unknown";
  return pods === 0 ? "sometimes" : allowance;
}

const PERCENT = /^(\d+)%$/;

/** A number of pods; a share of them, rounded up. Undefined for what is neither. */
function podsOf(stated: number | string, pods: number): number | undefined {
  if (typeof stated === "number") return stated;
  const percent = PERCENT.exec(stated)?.[1];
  return percent === undefined ? undefined : Math.ceil((Number(percent) * pods) / 100);
}

function isNothing(stated: number | string): boolean {
  return podsOf(stated, 100) === 0;
}

/** The objects of a cluster that say something of evictions, each in its namespace; hooks come and go and are left out. */
export function disruptionsOf({ manifests, releases }: Cluster): NamespacedObject[] {
  const rendered = releases.flatMap(({ namespace, renderings = [] }) =>
    (renderings.find(({ at }) => at === "current")?.objects ?? [])
      .filter(({ keeper }) => keeper !== "hook")
      .map((object) => ({ object, namespace })),
  );
  const own = manifests.flatMap(({ namespace, objects }) => objects.map((object) => ({ object, namespace })));
  return [...own, ...rendered]
    .filter(({ object }) => object.disruption)
    .map(({ object, namespace }) => ({ object, namespace: object.namespace ?? namespace }));
}

/**
 * The workloads that a budget is about.
 * @param all `disruptionsOf` its cluster
 */
export function budgetedWorkloads(
  budget: Budget,
  namespace: string,
  all: readonly NamespacedObject[],
): BudgetedWorkload[] {
  return selectedBy(budget, namespace, all).map(({ workload, stated, scaler }) => ({
    kind: workload.kind,
    name: workload.name,
    replicas: scaler?.minReplicas ?? stated.replicas ?? 1,
    ...(scaler && { autoscaler: { kind: scaler.object.kind, name: scaler.object.name } }),
  }));
}

/** A workload that a budget selects, and the autoscaler that it has. */
interface Selected {
  readonly workload: ObjectFacts;
  readonly stated: Workload;
  readonly scaler?: { readonly object: ObjectFacts; readonly minReplicas: number };
}

function selectedBy({ selector }: Budget, namespace: string, all: readonly NamespacedObject[]): Selected[] {
  if (!selector) return [];
  const here = all.filter((each) => each.namespace === namespace).map(({ object }) => object);
  return here.flatMap((workload) => {
    const { disruption: stated } = workload;
    if (stated?.is !== "workload" || !selects(selector, stated.labels)) return [];
    const scaler = autoscalerOf(workload, here);
    return { workload, stated, ...(scaler && { scaler }) };
  });
}

function autoscalerOf({ kind, name }: ObjectFacts, objects: readonly ObjectFacts[]): Selected["scaler"] {
  for (const object of objects) {
    const { disruption } = object;
    if (disruption?.is !== "autoscaler" || disruption.target.kind !== kind || disruption.target.name !== name) continue;
    return { object, minReplicas: disruption.minReplicas };
  }
  return undefined;
}

/**
 * A cluster in which only those objects say something of evictions that a budget makes matter: most workloads have none, and labels of
 * all would be much of the model.
 */
export function withBudgetedAlone(cluster: Cluster): Cluster {
  const needed = neededIn(disruptionsOf(cluster));
  const lean = <T extends ObjectFacts>(object: T): T => {
    if (!object.disruption || needed.has(object)) return object;
    const { disruption: _, ...rest } = object;
    return rest as T;
  };
  const leanRendering = (rendering: Rendering) => ({ ...rendering, objects: rendering.objects.map(lean) });
  return {
    ...cluster,
    manifests: cluster.manifests.map((each) => ({ ...each, objects: each.objects.map(lean) })),
    releases: cluster.releases.map(({ renderings, ...release }) => ({
      ...release,
      ...(renderings && { renderings: renderings.map(leanRendering) }),
    })),
  };
}

function neededIn(all: readonly NamespacedObject[]): ReadonlySet<ObjectFacts> {
  return new Set(
    all.flatMap(({ object, namespace }) => {
      if (object.disruption?.is !== "budget") return [];
      const selected = selectedBy(object.disruption, namespace, all);
      return [object, ...selected.flatMap(({ workload, scaler }) => (scaler ? [workload, scaler.object] : [workload]))];
    }),
  );
}
