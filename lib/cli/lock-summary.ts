import type { Lock, LockRow } from "../domain/lock";
import { rowText } from "../helm/lock/lock-file";
import { visible } from "../report/visible";

/** Digits of a digest that tell charts apart. */
const SHORT = "sha256:".length + 12;

const MARKS = { new: "+", removed: "-", changed: "~", same: " " } as const;
type Change = keyof typeof MARKS;

/** What is locked, one chart a line, and what the lock before did not have or has lost. */
export function lockSummary(file: string, before: Lock | undefined, { charts }: Lock): string {
  const former = new Map((before?.charts ?? []).map((row) => [keyOf(row), row]));
  const now = charts.map((row) => ({ row, change: changeOf(row, former.get(keyOf(row))) }));
  const kept = new Set(charts.map(keyOf));
  const removed = [...former.values()].filter((row) => !kept.has(keyOf(row)));
  const lines = [...now, ...removed.map((row) => ({ row, change: "removed" as const }))];
  return `${headline(file, charts.length, lines)}\n${table(lines)}`;
}

/** A version that changes is a chart that comes and one that goes. */
function keyOf({ source, name, version }: LockRow): string {
  return JSON.stringify([source, name, version]);
}

function changeOf(row: LockRow, former: LockRow | undefined): Change {
  if (!former) return "new";
  return rowText(row) === rowText(former) ? "same" : "changed";
}

function headline(file: string, count: number, lines: readonly { readonly change: Change }[]): string {
  const changes = (["new", "changed", "removed"] as const).flatMap((change) => {
    const amount = lines.filter((line) => line.change === change).length;
    return amount === 0 ? [] : [`${amount} ${change}`];
  });
  const charts = count === 1 ? "1 chart" : `${count} charts`;
  return `${charts} locked in ${file}: ${changes.length === 0 ? "nothing has changed" : changes.join(", ")}`;
}

function table(lines: readonly { readonly row: LockRow; readonly change: Change }[]): string {
  const cells = lines.map(({ row, change }) => [
    `${MARKS[change]} ${row.name}`,
    row.version,
    row.appVersion === undefined ? "" : `app ${row.appVersion}`,
    row.digest.slice(0, SHORT),
    row.deprecated ? `${row.source} (deprecated)` : row.source,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) => `${line.map((cell, column) => visible(cell).padEnd(widths[column] ?? 0)).join("  ")}\n`)
    .join("");
}
