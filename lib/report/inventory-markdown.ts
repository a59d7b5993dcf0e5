import type { Inventory, InventoryItem } from "../upgrade/inventory";
import { costText, notesOf, runsText, scoreText, totalText } from "./inventory-words";
import { markdown } from "./markdown";

const HEADER =
  "| Cost | What | Where | Version | Owner | Review by | At every upgrade |\n|---:|---|---|---|---|---|---|";

/** What runs as a Markdown table, the dearest first. */
export function inventoryMarkdown(inventory: Inventory): string {
  const { items, asOf } = inventory;
  const table = items.length > 0 ? [[HEADER, ...items.map(row)].join("\n")] : [];
  return `${["## Inventory", ...table, `${totalText(inventory)}, as of ${asOf}.`].join("\n\n")}\n`;
}

function row(item: InventoryItem): string {
  const { kind, name, home, owner = "", reviewBy = "", why } = item;
  const what = [`${kind} **${markdown(name)}**`, ...(why === undefined ? [] : [markdown(why)])].join("<br>");
  const upgrade = [markdown(costText(item)), ...notesOf(item).map((note) => `⚠️ ${markdown(note)}`)].join("<br>");
  const cells = [scoreText(item), what, ...[home, runsText(item), owner, reviewBy].map(markdown), upgrade];
  return `| ${cells.join(" | ")} |`;
}
