import { readFileSync } from "node:fs";
import { formatTable, type Row, writeTable } from "./write-table";

/** A data table as it stands: its header, and its rows. */
export interface TableFile<T> {
  readonly file: string;
  readonly header: Row & { readonly sourceVersion: string; readonly retrieved: string };
  readonly rows: readonly T[];
}

/** What a refresh found out. */
export interface Refreshed {
  /** Header fields that change; those not named keep what people wrote. */
  readonly header: Row;
  readonly rows: readonly object[];
  readonly columns: readonly string[];
  readonly sortBy: readonly string[];
  /** The day to put in `retrieved` when there is news, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Reads a table. */
export function readTable<T>(file: string): TableFile<T> {
  const { rows, ...header } = JSON.parse(readFileSync(file, "utf8"));
  return { file, header, rows };
}

/** Writes the table back, unless nothing in it is new. */
export function rewriteTable({ file, header: old }: TableFile<unknown>, news: Refreshed): void {
  const rows = news.rows as readonly Row[];
  const header = (retrieved: string): Row => ({ ...old, ...news.header, retrieved });
  const isSame = formatTable(header(old.retrieved), rows, news.columns, news.sortBy) === readFileSync(file, "utf8");
  if (!isSame) writeTable(file, header(news.today), rows, news.columns, news.sortBy);
}

/**
 * The `sourceVersion` of a table: `<repository> at <day> (<commit>)` for each authority.
 * @param versions by repository, in the form of `Checkout.describe`
 * @throws Error when a checkout is older than the one that the table was made from: it would take facts back without anybody noticing.
 */
export function sourceVersion(old: string, versions: Readonly<Record<string, string>>): string {
  const entries = Object.entries(versions);
  for (const [repository, version] of entries) refuseOlder(old, repository, version.slice(0, "YYYY-MM-DD".length));
  return entries.map(([repository, version]) => `${repository} at ${version}`).join(", ");
}

function refuseOlder(old: string, repository: string, day: string): void {
  const known = old.split(", ").find((entry) => entry.startsWith(`${repository} at `));
  const knownDay = known?.slice(`${repository} at `.length, `${repository} at YYYY-MM-DD`.length);
  if (knownDay === undefined || knownDay <= day) return;
  throw new Error(
    `the checkout of ${repository} is of ${day}, but the table was made from one of ${knownDay}: update the checkout`,
  );
}
