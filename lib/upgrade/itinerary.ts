import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Model } from "../domain/model";
import { matches, whyExpired } from "../rules/acknowledged";
import type { Shelf } from "./chart-turn";
import type { NodeStrategy } from "./plan";
import { described, twinOf } from "./position";
import type { RollSchedule } from "./roll-schedule";
import type { Walk } from "./walk";

/** What every part of a hop is decided by. */
export interface Itinerary {
  readonly walk: Walk;
  readonly shelf: Shelf;
  readonly nodes: NodeStrategy;
  /** For `fewest`: when nodes roll. */
  readonly schedule: RollSchedule;
  /** The version at the end of the way. */
  readonly target: KubernetesVersion;
  /** Paths of releases that a plan cannot move and does not ask about again, because that blocks already. */
  readonly settled: Set<string>;
}

/** One hop of one cluster. */
export interface ClusterHop {
  readonly name: string;
  readonly from: KubernetesVersion;
  readonly to: KubernetesVersion;
}

/** The staging twin of a production cluster: what production gets, staging has proven. */
export function stagingOf(walk: Walk, cluster: Cluster): Cluster | undefined {
  return cluster.environment === "production" ? twinOf(walk.position, cluster) : undefined;
}

/** Whether somebody has decided to live with a finding, also once the cluster is described as `after`. */
export function isAcknowledged(walk: Walk, rule: string, path: string, after: Cluster): boolean {
  const model: Model = described(walk.position, after);
  return model.acknowledgements.some((each) => matches(each, { rule, path }) && whyExpired(each, model) === undefined);
}
