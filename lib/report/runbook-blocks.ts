import { formatLocation } from "../domain/tandem-error";
import type { Link } from "../domain/upgrade-links";
import type { Blocker, Start } from "../upgrade/plan";
import type { Detail, Line, Runbook, RunbookCluster, RunbookRoute } from "../upgrade/runbook/runbook";
import { visibleLines } from "./visible";

/** A piece of a runbook's Markdown that is made here, and made anew. */
export interface Block {
  readonly id: string;
  /** `field`: what people fill in. `details`: folded, below a line. `text`: of several lines, at the top level. */
  readonly kind: "heading" | "line" | "field" | "details" | "text";
  /** Without the box, the indent and the mark that carries the id. */
  readonly text: string;
  /** For a line: who ticks it, and whether it is ticked here. */
  readonly line?: Pick<Line, "by" | "holds" | "needs">;
}

/** The runbook as blocks, in the order of the text. */
export function runbookBlocks({ to, asOf, routes }: Runbook): Block[] {
  return [
    { id: "title", kind: "heading", text: `# Runbook: to Kubernetes ${to}` },
    { id: "about", kind: "text", text: about(asOf) },
    ...routes.flatMap((route) => routeBlocks(route)),
  ];
}

function about(asOf: string): string {
  return `Made by \`tandem runbook\` on ${asOf}. **AUTO** lines are checked and ticked by the tool, **EVIDENCE** lines are ticked by people who name a file
or page that shows it, **HUMAN** lines by people. Write ticks, notes and lines of your own where you like: they stay when this is made
anew. \`tandem runbook --check\` fails while a line is open that production waits for.`;
}

function routeBlocks(route: RunbookRoute): Block[] {
  const { name, hops, blockers } = route;
  return [
    { id: `route/${name}`, kind: "heading", text: `## ${name}` },
    { id: `route/${name}/about`, kind: "text", text: routeAbout(route) },
    ...hops.flatMap((hop) => [
      { id: `hop/${name}/${hop.to}`, kind: "heading", text: `## ${name}: ${hop.from} to ${hop.to}` } as const,
      ...hop.clusters.flatMap((cluster) => clusterBlocks(cluster, hop.to)),
    ]),
    ...(blockers.length > 0
      ? [
          { id: `route/${name}/blocked`, kind: "heading", text: `## ${name}: what is in the way` } as const,
          { id: `route/${name}/blockers`, kind: "text", text: blockers.map(blockerText).join("\n") } as const,
        ]
      : []),
  ];
}

function routeAbout({ starts, notes, hops, blockers }: RunbookRoute): string {
  const lines = [
    ...starts.map(startText),
    ...hops.map((hop) => `${hop.from} to ${hop.to}: ${hop.clusters.map(({ cluster }) => cluster).join(", then ")}`),
    ...notes,
  ];
  if (hops.length === 0 && blockers.length === 0) lines.push("Nothing is left to do.");
  return lines.map((text) => `- ${text}`).join("\n");
}

function startText({ cluster, version, nodes, basis, recordedAt, undeployed }: Start): string {
  const groups = nodes ? `, nodes ${[...new Set([nodes.oldest, nodes.newest])].join(" to ")}` : "";
  const known =
    basis === "recorded" ? `recorded on ${recordedAt?.slice(0, 10)}` : "as the code says; nothing is recorded";
  const first = undeployed.length > 0 ? `. First: ${undeployed.join(" ")}` : "";
  return `${cluster} runs ${version}${groups} (${known})${first}`;
}

function blockerText({ hop, cluster, kind, name, why, unblock, objects, location }: Blocker): string {
  const where = location ? ` (${formatLocation(location)})` : "";
  const named = objects ? `\n${objects.map((object) => `  - ${object}`).join("\n")}` : "";
  return `- ${hop}, ${cluster}, ${kind} ${name}${where}: ${why} **What opens the way:** ${unblock}${named}`;
}

function clusterBlocks({ cluster, environment, sections }: RunbookCluster, to: string): Block[] {
  const role = environment ? ` (${environment})` : "";
  return [
    { id: `${to}/${cluster}`, kind: "heading", text: `### ${cluster}${role} to ${to}` },
    ...sections.flatMap(({ id, title, lines }) => [
      { id, kind: "heading", text: `#### ${title}` } as const,
      ...lines.flatMap(lineBlocks),
    ]),
  ];
}

function lineBlocks(line: Line): Block[] {
  const { id, by, text, links, seen, wanted, holds, needs } = line;
  const pages = links.length > 0 ? `: ${links.map(link).join(", ")}` : "";
  const looked = seen === undefined ? "" : ` (${seen.replace(/\.$/, "")})`;
  return [
    {
      id,
      kind: "line",
      text: `**${by}** ${text}${looked}${pages}`,
      line: { by, ...(holds !== undefined && { holds }), ...(needs !== undefined && { needs }) },
    },
    ...(by === "EVIDENCE" ? [{ id: `${id}/evidence`, kind: "field", text: `evidence (${wanted}):` } as const] : []),
    ...detailsBlock(line),
  ];
}

function link({ title, url }: Link): string {
  return `[${title}](${url})`;
}

function detailsBlock({ id, details, ifWrong }: Line): Block[] {
  const parts = [...details.map(detail), ...(ifWrong === "" ? [] : [`If it goes wrong: ${ifWrong}`])];
  if (parts.length === 0) return [];
  const summary = details.length > 0 ? "How, and what if it goes wrong" : "What if it goes wrong";
  const text = [`<details><summary>${summary}</summary>`, ...parts, "</details>"].join("\n\n");
  return [{ id: `${id}/details`, kind: "details", text }];
}

function detail(part: Detail): string {
  if (part.kind === "text") return part.text;
  if (part.kind === "list") return part.items.map((item) => `- ${item}`).join("\n");
  return `${part.about}\n\n\`\`\`${part.language}\n${visibleLines(part.code)}\n\`\`\``;
}
