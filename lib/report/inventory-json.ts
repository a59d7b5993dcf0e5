import type { Inventory } from "../upgrade/inventory";
import { jsonText } from "./json";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/** What runs for programs: `{ schemaVersion, asOf, cost, isCostKnown, items }`, the dearest first. */
export function inventoryJson({ asOf, items }: Inventory): string {
  const cost = items.reduce((sum, { score }) => sum + score, 0);
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    asOf,
    cost,
    isCostKnown: items.every(({ isCostKnown }) => isCostKnown),
    items: items.map((item) => ({
      kind: item.kind,
      name: item.name,
      home: item.home,
      runs: item.runs,
      owner: item.owner ?? null,
      why: item.why ?? null,
      reviewBy: item.reviewBy ?? null,
      isReviewDue: item.isReviewDue,
      score: item.score,
      cost: item.cost,
      isCostKnown: item.isCostKnown,
      doubts: item.doubts,
      ...(item.location && { location: item.location }),
    })),
  });
}
