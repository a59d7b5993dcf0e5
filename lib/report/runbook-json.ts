import type { Line, Runbook } from "../upgrade/runbook/runbook";
import { jsonText } from "./json";
import { filledIn, readRunbook } from "./runbook-text";

/**
 * The runbook for programs: as `Runbook`, and of each line whether it is ticked and what people named as evidence.
 * @param markdown the same runbook as Markdown, with what people did
 */
export function runbookJson(runbook: Runbook, markdown: string): string {
  const blocks = new Map(readRunbook(markdown).blocks.map((block) => [block.id, block]));
  const stated = (line: Line) => {
    const field = blocks.get(`${line.id}/evidence`);
    const evidence = field ? filledIn(field) : "";
    return { ...line, ticked: blocks.get(line.id)?.isTicked ?? false, ...(evidence !== "" && { evidence }) };
  };
  const routes = runbook.routes.map((route) => ({
    ...route,
    hops: route.hops.map((hop) => ({
      ...hop,
      clusters: hop.clusters.map((cluster) => ({
        ...cluster,
        sections: cluster.sections.map((section) => ({ ...section, lines: section.lines.map(stated) })),
      })),
    })),
  }));
  return jsonText({ ...runbook, routes });
}
