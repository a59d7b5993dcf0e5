import { daysAfter } from "../domain/calendar-date";
import type { Blocker, CodeChange, Hop, Plan, Route, Step } from "../upgrade/plan";
import { wrap } from "./layout";
import { colored, type Paint, plain } from "./paint";
import {
  blockerHeading,
  byCluster,
  moveText,
  routeHeading,
  sizeText,
  startText,
  URGENCIES,
  waitText,
} from "./plan-words";
import { visible } from "./visible";

export interface PlanTextOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

/** The plan for people: what there is to do in which order, and the code to write for it. What else a step has is in the other forms. */
export function planText(plan: Plan, options: PlanTextOptions = {}): string {
  const paint = options.color ? colored : plain;
  const blocks = [
    ...plan.routes.map((route) => [
      ...introduction(route, plan, paint),
      ...hopLines(route, paint),
      ...blockedLines(route, paint),
    ]),
    FOOTER,
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const FOOTER = [
  "Before each deploy: npx tandem check --synth. After it: npx tandem record CLUSTER --state FILE.",
  "--format markdown has the reason, the checks and the way back of each step; --format json has all of it.",
];

function introduction(route: Route, { to }: Plan, paint: Paint): string[] {
  const heading = paint.heading(visible(`${routeHeading(route)}, to Kubernetes ${to}`));
  const facts = [
    ...route.starts.flatMap((start) => wrap(startText(start), "  ")),
    ...(route.hops.length > 0 ? wrap(sizeText(route.hops), "  ") : []),
    ...[...route.notes, ...route.starts.flatMap(({ undeployed }) => undeployed)].flatMap((note) =>
      wrap(note, "  ", "note: "),
    ),
  ];
  return [heading, ...facts.map(visible), ...verdictLines(route, to, paint)];
}

function verdictLines({ blockers, hops }: Route, to: string, paint: Paint): string[] {
  const [first] = blockers;
  if (first) return [paint.severity("error", `  blocked at ${first.hop}: see below`)];
  return hops.length === 0 ? [paint.good(`  runs ${to} already`)] : [];
}

function hopLines({ hops }: Route, paint: Paint): string[] {
  return hops.flatMap((hop, index) => [
    "",
    paint.heading(`Hop ${index + 1}: ${hop.from} to ${hop.to}`),
    ...clusterLines(hop, paint),
  ]);
}

function clusterLines({ steps }: Hop, paint: Paint): string[] {
  return byCluster(steps).flatMap(({ cluster, steps: own }) => {
    const [first] = own;
    const role = first?.environment === undefined ? "" : ` (${first.environment})`;
    return ["", visible(`  ${cluster}${role}, from ${first?.day}`), ...own.flatMap((step) => stepLines(step, paint))];
  });
}

function stepLines(step: Step, paint: Paint): string[] {
  if (step.kind === "soak") return wrap(`${waitText(step, daysAfter(step.day, step.days ?? 0))}. ${step.why}`, "    ");
  const urgency = URGENCIES[step.urgency];
  const heading = wrap(step.moves.map(moveText).join(", "), "    ", `${urgency}: `).map(visible);
  const [first = "", ...others] = heading;
  return [
    first.replace(`${urgency}:`, paint.severity(SEVERITIES[step.urgency], `${urgency}:`)),
    ...others,
    ...step.changes.map((change) => visible(`      write   ${change.code}  (${placeOf(change)})`)),
    ...step.deploy.map((command) => visible(`      deploy  ${command}`)),
    ...step.notes.flatMap((note) => wrap(note, "      ", "note    ")).map(visible),
  ];
}

function placeOf({ path, location }: CodeChange): string {
  return location ? `${path}, ${location.file}:${location.line}` : path;
}

const SEVERITIES = { "must-now": "error", "must-before-next-hop": "warning", should: "note" } as const;

function blockedLines({ blockers }: Route, paint: Paint): string[] {
  const hops = [...new Set(blockers.map(({ hop }) => hop))];
  return hops.flatMap((hop, index) => {
    const heading = index === 0 ? `Blocked at ${hop}` : `In the way of ${hop}, as far as is known`;
    return ["", paint.severity("error", heading), ...blockers.filter((each) => each.hop === hop).flatMap(blockerLines)];
  });
}

function blockerLines(blocker: Blocker): string[] {
  const place = blocker.location ? `${blocker.location.file}:${blocker.location.line}` : blocker.path;
  return [
    "",
    ...wrap(blockerHeading(blocker), "  "),
    `    ${place}`,
    ...wrap(blocker.why, "    "),
    ...wrap(blocker.unblock, "    ", "To unblock: "),
  ].map(visible);
}
