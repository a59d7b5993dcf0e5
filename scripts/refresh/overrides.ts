import type { ApiId } from "../../lib/domain/api-lifecycle";
import { type ApiKey, apiOf } from "./api-key";

/** A correction of what the authorities say, and why. */
export interface Override {
  readonly reason: string;
  readonly apis: readonly ApiKey[];
  /** The authorities have no such row: make one. */
  readonly create?: boolean;
  /** Columns to set; a replacement is written as a key. */
  readonly set?: Readonly<Record<string, string | boolean>>;
  /** Sources to add, by their name in the legend. */
  readonly sources?: readonly string[];
}

/**
 * Lays the overrides over the rows, in order.
 * @throws Error when an override speaks of a row that is not there, or makes one that is: it has to be looked at again.
 */
export function applyOverrides<R extends ApiId>(
  rows: ReadonlyMap<ApiKey, R>,
  overrides: readonly Override[],
): Map<ApiKey, R> {
  const result = new Map(rows);
  for (const override of overrides) {
    for (const key of override.apis) result.set(key, overridden(result.get(key), key, override));
  }
  return result;
}

/** Overrides that change nothing any more: the authorities say the same by now, and they can go. */
export function needlessOverrides<R extends ApiId>(
  rows: ReadonlyMap<ApiKey, R>,
  overrides: readonly Override[],
): Override[] {
  const outcome = (kept: readonly Override[]) => JSON.stringify([...applyOverrides(rows, kept)]);
  const changing = overrides.filter(({ create }) => !create);
  return changing.filter((one) => outcome(overrides.filter((other) => other !== one)) === outcome(overrides));
}

function overridden<R extends ApiId>(row: R | undefined, key: ApiKey, override: Override): R {
  const { create, set, sources = [], reason } = override;
  if (create && row)
    throw new Error(`${key}: it is in the checkout by now; drop "create" from its override (${reason})`);
  if (!create && !row) throw new Error(`${key}: it is not in the checkout, so its override hits nothing (${reason})`);
  const before = (row ?? apiOf(key)) as R & { sources?: string[] };
  const after = { ...before, ...set };
  if (typeof set?.replacement === "string") Object.assign(after, { replacement: apiOf(set.replacement) });
  if (sources.length > 0) after.sources = [...new Set([...(before.sources ?? []), ...sources])];
  return after;
}

/** @throws Error naming the rows of the old table that neither a checkout nor an override accounts for. */
export function refuseLosses(old: Iterable<ApiKey>, rows: ReadonlyMap<ApiKey, unknown>): void {
  const lost = [...old].filter((key) => !rows.has(key));
  if (lost.length === 0) return;
  throw new Error(
    `neither the checkout nor an override accounts for ${lost.join(", ")}: ` +
      "fetch all tags and branches, or add an override that says why the row stays",
  );
}
