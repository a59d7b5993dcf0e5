import type { Blocker, Hop, Move, Route, Start, Step, Urgency } from "../upgrade/plan";
import { lastDay, routeSize } from "../upgrade/route-size";
import { clustersText } from "./clusters-text";
import { listed } from "./layout";
import { counted } from "./summary";

/** How plans and forecasts name things, in text and in Markdown. */

export const URGENCIES: Readonly<Record<Urgency, string>> = {
  "must-now": "must now",
  "must-before-next-hop": "must before the next hop",
  should: "should",
};

/** `Pair shop: stage-shop (staging) and prod-shop (production)`. */
export function routeHeading({ pair, starts }: Pick<Route, "pair" | "starts">): string {
  return pair === undefined ? `Cluster ${clustersText(starts)}` : `Pair ${pair}: ${clustersText(starts)}`;
}

/** `stage-shop runs 1.35, nodes 1.33 to 1.35 (recorded on 2026-11-20)`. */
export function startText({ cluster, version, nodes, basis, recordedAt }: Start): string {
  const span = nodes && (nodes.oldest === nodes.newest ? nodes.oldest : `${nodes.oldest} to ${nodes.newest}`);
  const source = basis === "recorded" ? `recorded on ${recordedAt?.slice(0, 10)}` : "as the code describes it";
  return `${cluster} runs ${listed([version, span && `nodes ${span}`])} (${source})`;
}

/** `3 hops, 12 steps, 4 node groups rolled, 21 days of waiting; done on 2026-12-14 at the earliest`. */
export function sizeText(hops: readonly Hop[]): string {
  const { steps, nodeRolls, waitDays } = routeSize(hops);
  const sizes = [
    counted(hops.length, "hop"),
    counted(steps, "step"),
    `${counted(nodeRolls, "node group")} rolled`,
    `${counted(waitDays, "day")} of waiting`,
  ];
  return `${sizes.join(", ")}; done on ${lastDay(hops)} at the earliest`;
}

/** `chart cert-manager v1.19.2 -> v1.21.0`; the application's versions where they are others than the chart's. */
export function moveText({ kind, name, from, to = "a version to look up", app }: Move): string {
  const what = kind === "node-group" ? "node group" : kind.replace("-", kind === "control-plane" ? " " : "-");
  const isOther = app?.to !== undefined && app.to !== to;
  const application = isOther ? ` (application ${app?.from ?? "unknown"} -> ${app?.to})` : "";
  return kind === "control-plane" ? `${what} ${from} -> ${to}` : `${what} ${name} ${from} -> ${to}${application}`;
}

/** `wait 7 days, until 2026-12-01`. */
export function waitText({ days = 0 }: Step, until: string): string {
  return `wait ${counted(days, "day")}, until ${until}`;
}

/** `1.37 is blocked by chart cert-manager (chart-not-covered)`. */
export function blockerHeading({ kind, name, rule, cluster }: Blocker): string {
  const what = kind === "nodes" ? "node group" : kind === "control-plane" ? "control plane" : kind;
  return `${what} ${name}${kind === "control-plane" ? "" : ` of ${cluster}`}${rule === undefined ? "" : ` (${rule})`}`;
}

/** The steps of a hop, those of one cluster after those of the other. */
export function byCluster(steps: readonly Step[]): { readonly cluster: string; readonly steps: readonly Step[] }[] {
  const groups: { cluster: string; steps: Step[] }[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.cluster === step.cluster) last.steps.push(step);
    else groups.push({ cluster: step.cluster, steps: [step] });
  }
  return groups;
}
