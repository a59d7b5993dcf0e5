import type { DataHorizon } from "../domain/data-horizon";
import type { Result } from "../rules/rule";
import { wrapList } from "./layout";
import { counted } from "./summary";
import { visible } from "./visible";

/** What was looked at, so that "no findings" can be told from "nobody looked". */
export function scannedLines({ scanned, rulesRun }: Result): string[] {
  const parts = [
    counted(scanned.pairs, "pair"),
    counted(scanned.clusters, "cluster"),
    counted(scanned.nodeGroups, "node group"),
    counted(scanned.addons, "add-on"),
    counted(scanned.releases, "release"),
    counted(scanned.objects, "Kubernetes object"),
  ];
  const skipped = [counted(scanned.unreadable, "unreadable document"), counted(scanned.notJudged, "custom resource")];
  return [
    ...wrapList([...parts, `by ${counted(rulesRun.length, "rule")}`], "scanned: "),
    ...wrapList(skipped, "not judged: "),
  ];
}

/** How far the data reaches, and the day that was judged on. */
export function horizonLines({ dataHorizon, model }: Result): string[] {
  return [...tableLines(dataHorizon), `as of: ${visible(model.asOf)}`];
}

/** How far the data reaches, tables of one day together. */
export function tableLines(dataHorizon: readonly DataHorizon[]): string[] {
  const byDay = new Map<string, DataHorizon[]>();
  for (const table of dataHorizon) byDay.set(table.retrieved, [...(byDay.get(table.retrieved) ?? []), table]);
  const days = [...byDay].sort(([a], [b]) => (a < b ? -1 : 1));
  return days.flatMap(([day, tables]) => wrapList(tables.map(tableText), `data of ${visible(day)}: `));
}

function tableText({ table, covers }: DataHorizon): string {
  return visible(covers ? `${table} (Kubernetes ${covers.from} to ${covers.to})` : table);
}
