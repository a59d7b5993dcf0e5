import { apiLifecycle, isDeprecated } from "../domain/api-lifecycle";
import { isClusterScoped } from "../domain/cluster-scope";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, KubernetesObject, RenderedObject } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { thirdPartyApi } from "../domain/third-party-api";

/** What has to be looked at, of one part of a cluster, at every Kubernetes upgrade. */
export interface UpgradeCost {
  /** CustomResourceDefinitions that Helm upgrades. */
  readonly crds: number;
  /** CustomResourceDefinitions of a chart's `crds/`, which Helm never upgrades. */
  readonly crdsByHand: number;
  /** Webhook configurations: API calls wait for their pods. */
  readonly webhooks: number;
  /** Other objects without a namespace. */
  readonly clusterScoped: number;
  /** Hooks of Helm. */
  readonly hooks: number;
  /** API versions that are deprecated, as `networking.k8s.io/v1beta1 Ingress`. */
  readonly deprecated: readonly string[];
  /** Those whose removal is known or planned, or done. */
  readonly removed: readonly string[];
}

/** What each thing counts for. `itself`: its version has to be compared with the new Kubernetes version. */
export const COST_WEIGHTS = {
  itself: 1,
  crds: 1,
  crdsByHand: 2,
  webhooks: 2,
  clusterScoped: 1,
  hooks: 1,
  deprecated: 3,
  removed: 5,
} as const;

/** What objects cost. */
export function upgradeCost(objects: readonly (KubernetesObject | RenderedObject)[], cluster: Cluster): UpgradeCost {
  const keeperOf = (object: KubernetesObject | RenderedObject) => ("keeper" in object ? object.keeper : undefined);
  const kept = objects.filter((object) => keeperOf(object) !== "hook");
  const definitions = kept.filter(({ kind }) => kind === "CustomResourceDefinition");
  const webhooks = kept.filter(({ kind }) => /^(?:Mutating|Validating)WebhookConfiguration$/.test(kind));
  const byHand = definitions.filter((object) => keeperOf(object) === "crds").length;
  const scoped = kept.filter((object) => isClusterScoped(object) && object.kind !== "Namespace");
  return {
    crds: definitions.length - byHand,
    crdsByHand: byHand,
    webhooks: webhooks.length,
    clusterScoped: scoped.filter((object) => !definitions.includes(object) && !webhooks.includes(object)).length,
    hooks: objects.length - kept.length,
    ...endingApis(objects, cluster),
  };
}

function endingApis(
  objects: readonly (KubernetesObject | RenderedObject)[],
  cluster: Cluster,
): Pick<UpgradeCost, "deprecated" | "removed"> {
  const version = knownVersion(cluster.version);
  const ending = new Map(
    objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, endingOf(apiVersion, kind, version)]),
  );
  const named = (wanted: Ending) => [...ending].flatMap(([api, is]) => (is === wanted ? api : [])).sort();
  return { deprecated: named("deprecated"), removed: named("removed") };
}

type Ending = "deprecated" | "removed";

/** A custom resource's component deprecates and removes its APIs whatever the version of Kubernetes. */
function endingOf(apiVersion: string, kind: string, version: KubernetesVersion | undefined): Ending | undefined {
  const builtIn = apiLifecycle(apiVersion, kind);
  const custom = builtIn ? undefined : thirdPartyApi(apiVersion, kind);
  if ((builtIn ?? custom)?.removed !== undefined) return "removed";
  const isOld = builtIn ? version && isDeprecated(builtIn, version) : custom?.deprecated !== undefined;
  return isOld ? "deprecated" : undefined;
}

/** The same of two clusters that are upgraded one after the other: the larger of each. */
export function largerCost(a: UpgradeCost, b: UpgradeCost): UpgradeCost {
  const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();
  return {
    crds: Math.max(a.crds, b.crds),
    crdsByHand: Math.max(a.crdsByHand, b.crdsByHand),
    webhooks: Math.max(a.webhooks, b.webhooks),
    clusterScoped: Math.max(a.clusterScoped, b.clusterScoped),
    hooks: Math.max(a.hooks, b.hooks),
    deprecated: union([a.deprecated, b.deprecated]),
    removed: union([a.removed, b.removed]),
  };
}

/** One number to sort by. */
export function costScore({ deprecated, removed, ...counts }: UpgradeCost): number {
  const lists = deprecated.length * COST_WEIGHTS.deprecated + removed.length * COST_WEIGHTS.removed;
  return (Object.keys(counts) as (keyof typeof counts)[]).reduce(
    (sum, key) => sum + counts[key] * COST_WEIGHTS[key],
    COST_WEIGHTS.itself + lists,
  );
}
