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

/** A pair, and what staging's node groups have ever run. */
interface State extends SmallPair {
  readonly ran: readonly (readonly number[])[];
}

/**
 * The least number of control-plane upgrades and node-group rolls that brings a pair to a version, found by trying everything: every
 * legal state, one change at a time. Production's nodes may only run what staging's have run. Undefined where there is no way.
 * @param isEachHop whether nodes have to run the version of their control plane before that goes on
 */
export function fewestSteps(start: SmallPair, target: number, isEachHop: boolean): number | undefined {
  const first: State = { ...start, ran: start.staging.nodes.map((each) => [each]) };
  const seen = new Set([keyOf(first)]);
  let states: State[] = [first];
  for (let steps = 0; states.length > 0; steps++) {
    if (states.some((state) => isDone(state, target))) return steps;
    states = states.flatMap((state) =>
      nextStates(state, target, isEachHop).filter((next) => {
        const key = keyOf(next);
        return !seen.has(key) && seen.add(key);
      }),
    );
  }
  return undefined;
}

function isDone({ staging, production }: SmallPair, target: number): boolean {
  return [staging, production].every(({ controlPlane, nodes }) =>
    [controlPlane, ...nodes].every((each) => each === target),
  );
}

function nextStates(state: State, target: number, isEachHop: boolean): State[] {
  const sides = ["staging", "production"] as const;
  const upgrades = sides.flatMap((side): State[] => {
    const cluster = state[side];
    const mayGoOn = !isEachHop || cluster.nodes.every((each) => each === cluster.controlPlane);
    if (cluster.controlPlane >= target || !mayGoOn) return [];
    return [{ ...state, [side]: { ...cluster, controlPlane: cluster.controlPlane + 1 } }];
  });
  const rolls = sides.flatMap((side) => state[side].nodes.flatMap((_, index) => rolled(state, side, index)));
  return [...upgrades, ...rolls].filter(isLegal);
}

function rolled(state: State, side: "staging" | "production", index: number): State[] {
  const { controlPlane, nodes } = state[side];
  const hasRun = state.ran[index]?.includes(controlPlane);
  if (nodes[index] === controlPlane || (side === "production" && !hasRun)) return [];
  const isNews = side === "staging" && !hasRun;
  return [
    {
      ...state,
      ...(isNews && { ran: state.ran.map((each, at) => (at === index ? [...each, controlPlane] : each)) }),
      [side]: { controlPlane, nodes: nodes.map((each, at) => (at === index ? controlPlane : each)) },
    },
  ];
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

function keyOf({ staging, production, ran }: State): string {
  return JSON.stringify([staging, production, ran]);
}
