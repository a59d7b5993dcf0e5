import type { Cluster } from "../domain/model";

/** ` in cluster stage-aws1`, as it follows what stands there. Nothing where only a version is judged for, as a scan does. */
export function inCluster({ name }: Pick<Cluster, "name">): string {
  return name === "" ? "" : ` in cluster ${name}`;
}

/** `cluster stage-aws1 runs 1.35`; `the target is 1.35` where only a version is judged for, as a scan does. */
export function clusterRuns({ name }: Pick<Cluster, "name">, version: { toString(): string }): string {
  return name === "" ? `the target is ${version}` : `cluster ${name} runs ${version}`;
}
