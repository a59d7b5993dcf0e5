/** A pair in small: minor versions as numbers. */
export interface SmallPair {
  readonly staging: SmallCluster;
  readonly production: SmallCluster;
}

export interface SmallCluster {
  readonly controlPlane: number;
  /** Of each node group; the twins have the same. */
  readonly nodes: readonly number[];
}

const KUBELETS_BEHIND = 3;
const STAGING_AHEAD = 1;

/**
 * The least number of control-plane upgrades and node-group rolls that brings a pair to a version, found by trying everything: every
 * legal state, one change at a time.
 * @param isEachHop whether nodes have to run the version of their control plane before that goes on
 */
export function fewestSteps(start: SmallPair, target: number, isEachHop: boolean): number {
  const seen = new Set([keyOf(start)]);
  let states: SmallPair[] = [start];
  for (let steps = 0; states.length > 0; steps++) {
    if (states.some((state) => isDone(state, target))) return steps;
    states = states.flatMap((state) =>
      nextStates(state, target, isEachHop).filter((next) => {
        const key = keyOf(next);
        return !seen.has(key) && seen.add(key);
      }),
    );
  }
  throw new Error("there is no way");
}

function isDone({ staging, production }: SmallPair, target: number): boolean {
  return [staging, production].every(({ controlPlane, nodes }) =>
    [controlPlane, ...nodes].every((each) => each === target),
  );
}

function nextStates(state: SmallPair, target: number, isEachHop: boolean): SmallPair[] {
  const sides = ["staging", "production"] as const;
  return sides.flatMap((side) => {
    const cluster = state[side];
    const mayUpgrade = !isEachHop || cluster.nodes.every((each) => each === cluster.controlPlane);
    const upgraded =
      cluster.controlPlane < target && mayUpgrade ? [{ ...cluster, controlPlane: cluster.controlPlane + 1 }] : [];
    const rolled = cluster.nodes.map((_, index) => ({
      ...cluster,
      nodes: cluster.nodes.map((each, at) => (at === index ? cluster.controlPlane : each)),
    }));
    return [...upgraded, ...rolled].map((next) => ({ ...state, [side]: next })).filter(isLegal);
  });
}

function isLegal({ staging, production }: SmallPair): boolean {
  const isWithinSkew = ({ controlPlane, nodes }: SmallCluster) =>
    nodes.every((each) => each <= controlPlane && controlPlane - each <= KUBELETS_BEHIND);
  const ahead = staging.controlPlane - production.controlPlane;
  return (
    [staging, production].every(isWithinSkew) &&
    ahead >= 0 &&
    ahead <= STAGING_AHEAD &&
    production.nodes.every((each, index) => each <= Number(staging.nodes[index]))
  );
}

function keyOf({ staging, production }: SmallPair): string {
  return JSON.stringify([staging, production]);
}
