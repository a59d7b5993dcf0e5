import type { Inventory, InventoryItem } from "../upgrade/inventory";
import { costText, notesOf, runsText, scoreText, totalText } from "./inventory-words";
import { wrap } from "./layout";
import { colored, type Paint, plain } from "./paint";
import { visible } from "./visible";

export interface InventoryTextOptions {
  /**
   * Colours as ANSI escapes.
   * @default false
   */
  readonly color?: boolean;
}

type Row = readonly [cost: string, what: string, home: string, runs: string, owner: string, review: string];

const HEADER: Row = ["cost", "what", "where", "version", "owner", "review by"];

/** What runs for people: a table, the dearest first, with what each costs and what is wrong with it below. */
export function inventoryText(inventory: Inventory, options: InventoryTextOptions = {}): string {
  if (inventory.items.length === 0) return "Nothing is deployed: there is no add-on, release or manifest.\n";
  const paint = options.color ? colored : plain;
  const rows = inventory.items.map(rowOf);
  const widths = HEADER.map((_, column) => Math.max(...[HEADER, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: Row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const blocks = inventory.items.map((item, index) =>
    [line(rows[index] ?? HEADER), ...detailLines(item, " ".repeat((widths[0] ?? 0) + 2), paint)].join("\n"),
  );
  return `${[paint.heading(line(HEADER)), ...blocks, wrap(totalText(inventory), "").join("\n")].join("\n\n")}\n`;
}

function rowOf(item: InventoryItem): Row {
  const { kind, name, home, owner = "-", reviewBy = "-" } = item;
  return [scoreText(item), `${kind} ${name}`, home, runsText(item) || "-", owner, reviewBy].map(
    visible,
  ) as unknown as Row;
}

function detailLines(item: InventoryItem, indent: string, paint: Paint): string[] {
  return [
    ...(item.why === undefined ? [] : wrap(visible(item.why), indent, "why: ")),
    ...wrap(visible(costText(item)), indent, "at every upgrade: "),
    ...notesOf(item).flatMap((note) => wrap(visible(note), indent).map((line) => paint.severity("warning", line))),
  ];
}
