/**
 * Rebuilds lib/data/kubernetes-apis.json.
 *
 *   tsx scripts/refresh-kubernetes-apis.ts <checkout of kubernetes/api> <checkout of kubernetes-client/python>
 *
 * Both with tags and branches; bare clones do. Every row is rebuilt from these two and from nothing else:
 * - which release serves what, from the branches of kubernetes-client/python, generated from each release's OpenAPI document;
 * - deprecations, planned removals and replacements, from the lifecycle tags of kubernetes/api.
 * Where they disagree, what was served wins. What neither says, and what they get wrong, is in
 * scripts/refresh/kubernetes-apis.overrides.json with a reason each. Nothing is carried over from the old table, which is read
 * only to name rows that would get lost (an error) and to keep `retrieved` when nothing is new.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiId } from "../lib/domain/api-lifecycle";
import { keyOf } from "./refresh/api-key";
import { Checkout } from "./refresh/checkout";
import { type ApiRow, computeRows } from "./refresh/kubernetes-rows";
import { readLifecycleTags } from "./refresh/lifecycle-tags";
import { applyOverrides, needlessOverrides, type Override, refuseLosses } from "./refresh/overrides";
import { readServedMatrix } from "./refresh/served-matrix";
import { formatTable, type Row, writeTable } from "./refresh/write-table";

/** What a refresh reads and writes. */
export interface KubernetesApisRefresh {
  /** Folder of a checkout of kubernetes/api. */
  readonly api: string;
  /** Folder of a checkout of kubernetes-client/python. */
  readonly client: string;
  readonly table: string;
  readonly overrides: string;
  /** The day to put in `retrieved` when there is news, `YYYY-MM-DD`. */
  readonly today: string;
}

interface Overrides {
  readonly covers: { readonly from: string; readonly to: string };
  readonly betas: { readonly lastReleaseServedByDefault: string };
  readonly sources: Readonly<Record<string, string>>;
  readonly entries: readonly Override[];
}

interface Table {
  readonly retrieved: string;
  readonly rows: readonly ApiId[];
}

const SORT_BY = ["group", "kind", "version"];
const LIFECYCLE = ["category", "introduced", "deprecated", "removed", "removedStatus", "codeRemoved", "replacement"];
const COLUMNS = [...SORT_BY, ...LIFECYCLE, "servedByDefault", "servedOnEksSince", "note", "sources"];

/**
 * Rebuilds the table.
 * @returns what the reader of the diff should know: overrides that are no longer needed.
 * @throws Error when a row of the old table is accounted for by nothing.
 */
export function refreshKubernetesApis({
  api,
  client,
  table,
  overrides: overridesFile,
  today,
}: KubernetesApisRefresh): string[] {
  const old = JSON.parse(readFileSync(table, "utf8")) as Table;
  const overrides = JSON.parse(readFileSync(overridesFile, "utf8")) as Overrides;
  const [apiCheckout, clientCheckout] = [new Checkout(api), new Checkout(client)];
  const computed = computeRows({
    matrix: readServedMatrix(clientCheckout),
    tags: readLifecycleTags(apiCheckout),
    lastWithBetasOn: overrides.betas.lastReleaseServedByDefault,
  });
  const rows = applyOverrides(computed, overrides.entries);
  refuseLosses(old.rows.map(keyOf), rows);

  const sourceVersion = `kubernetes/api at ${apiCheckout.describe("HEAD")}, kubernetes-client/python at ${clientCheckout.describe("HEAD")}`;
  const header = (retrieved: string) => headerOf(overrides, sourceVersion, retrieved);
  const list = sortedSources([...rows.values()], Object.keys(overrides.sources));
  const isNews = formatTable(header(old.retrieved), list, COLUMNS, SORT_BY) !== readFileSync(table, "utf8");
  if (isNews) writeTable(table, header(today), list, COLUMNS, SORT_BY);
  return needlessOverrides(computed, overrides.entries).map(
    ({ apis, reason }) => `no longer needed: ${apis.join(", ")} (${reason})`,
  );
}

function headerOf({ covers, sources }: Overrides, sourceVersion: string, retrieved: string): Row {
  const source = "https://github.com/kubernetes/api and https://github.com/kubernetes-client/python";
  const { from, to } = covers;
  return { table: "kubernetes-apis", source, sourceVersion, retrieved, covers: { from, to }, sources };
}

function sortedSources(rows: readonly ApiRow[], legend: readonly string[]): Row[] {
  return rows.map((row) => {
    const stray = row.sources.find((source) => !legend.includes(source));
    if (stray) throw new Error(`source "${stray}" of ${row.kind} is not in the legend of the overrides`);
    return { ...row, sources: legend.filter((source) => row.sources.includes(source)) };
  });
}

if (require.main === module) {
  const [api, client] = process.argv.slice(2);
  if (!api || !client)
    throw new Error("expected two folders: a checkout of kubernetes/api and one of kubernetes-client/python");
  const hints = refreshKubernetesApis({
    ...{ api, client, today: new Date().toISOString().slice(0, 10) },
    table: join(__dirname, "../lib/data/kubernetes-apis.json"),
    overrides: join(__dirname, "refresh/kubernetes-apis.overrides.json"),
  });
  process.stderr.write(hints.map((hint) => `${hint}\n`).join(""));
}
