import { daysAfter } from "../domain/calendar-date";
import type { Hop, Step } from "./plan";

/** How much there is to do. */
export interface RouteSize {
  /** Changes of code that are deployed; waits are none. */
  readonly steps: number;
  readonly controlPlanes: number;
  /** Node groups rolled, each time it is. */
  readonly nodeRolls: number;
  /** Charts that have to move before a control plane may, in any cluster. */
  readonly chartsFirst: number;
  /** Days of waiting. */
  readonly waitDays: number;
}

/** How much there is to do in these hops. */
export function routeSize(hops: readonly Hop[]): RouteSize {
  const steps = hops.flatMap((hop) => hop.steps);
  const moves = (kind: string, of: readonly Step[] = steps) =>
    of.flatMap((step) => step.moves).filter((move) => move.kind === kind).length;
  return {
    steps: steps.filter(({ kind }) => kind !== "soak").length,
    controlPlanes: moves("control-plane"),
    nodeRolls: moves("node-group"),
    chartsFirst: moves(
      "chart",
      steps.filter(({ phase }) => phase === "before" || phase === "control-plane"),
    ),
    waitDays: steps.reduce((sum, { days = 0 }) => sum + days, 0),
  };
}

/** The first day on which all of it can be done; undefined where there is nothing to do. */
export function lastDay(hops: readonly Hop[]): string | undefined {
  const last = hops.at(-1)?.steps.at(-1);
  return last && daysAfter(last.day, last.days ?? 0);
}
