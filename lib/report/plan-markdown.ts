import { daysAfter } from "../domain/calendar-date";
import type { Blocker, Hop, Plan, Route, Step } from "../upgrade/plan";
import { code, markdown } from "./markdown";
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

/** The plan as Markdown: the steps as a list, the code, the checks and the way back of each folded away. */
export function planMarkdown(plan: Plan): string {
  const blocks = [
    `# Plan to Kubernetes ${plan.to}`,
    `Made on ${plan.asOf}; nodes are rolled ${plan.nodes === "fewest" ? "as seldom as the version skew allows" : "after each hop"}.`,
    ...plan.routes.flatMap(routeBlocks),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function routeBlocks(route: Route): string[] {
  const facts = [
    ...route.starts.map(startText),
    ...(route.hops.length > 0 ? [sizeText(route.hops)] : []),
    ...route.notes,
    ...route.starts.flatMap(({ undeployed }) => undeployed),
  ];
  return [
    `## ${markdown(routeHeading(route))}`,
    facts.map((fact) => `- ${markdown(fact)}`).join("\n"),
    ...blockedBlocks(route),
    ...route.hops.flatMap(hopBlocks),
  ];
}

function blockedBlocks({ blockers }: Route): string[] {
  if (blockers.length === 0) return [];
  return [`### Blocked at ${blockers[0]?.hop}`, blockers.map(blockerItem).join("\n")];
}

function blockerItem(blocker: Blocker): string {
  const place = blocker.location ? `${blocker.location.file}:${blocker.location.line}` : blocker.path;
  return [
    `- **${blocker.hop}: ${markdown(blockerHeading(blocker))}**, ${code(place)}`,
    `  ${markdown(blocker.why)}`,
    `  To unblock: ${markdown(blocker.unblock)}`,
  ].join("  \n");
}

function hopBlocks({ from, to, steps }: Hop): string[] {
  const clusters = byCluster(steps).map(({ cluster, steps: own }) => {
    const role = own[0]?.environment === undefined ? "" : ` (${own[0].environment})`;
    return `**${markdown(cluster)}${role}**\n\n${own.map(stepItem).join("\n")}`;
  });
  return [`### ${from} to ${to}`, ...clusters];
}

function stepItem(step: Step): string {
  if (step.kind === "soak") return `- ${waitText(step, daysAfter(step.day, step.days ?? 0))}. ${markdown(step.why)}`;
  const heading = step.moves.map(moveText).join(", ");
  return `- *${URGENCIES[step.urgency]}*: ${markdown(heading)}\n\n${indented(details(step))}\n`;
}

function details({ why, changes, deploy, check, wayBack, notes }: Step): string {
  const blocks = [
    "<details><summary>How</summary>",
    markdown(why),
    `Write (${changes.map(({ path }) => code(path)).join(", ")}):`,
    fenced(
      "ts",
      changes.map((change) => change.code),
    ),
    "Check, deploy and look:",
    fenced("sh", [...check.before, ...deploy, ...check.after]),
    `Way back: ${markdown(wayBack)}`,
    ...notes.map((note) => markdown(note)),
    "</details>",
  ];
  return blocks.join("\n\n");
}

/** The fence is longer than any row of backticks in it. */
function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines.map(visible), fence].join("\n");
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}
