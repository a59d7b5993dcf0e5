/**
 * Rebuilds the rows of source `eksctl` in lib/data/addons.json.
 *
 *   tsx scripts/refresh-addons.ts <checkout of eksctl-io/eksctl, with its history>
 *
 * eksctl's authors keep, per Kubernetes minor version, the CoreDNS build that EKS offers (pkg/addons/default/assets/coredns-<minor>.json).
 * Every build in the history of those files is a row, seen first on the day of its commit. Rows of other sources, the facts of the add-ons
 * and the rest of the header are written by hand and kept. A row of source `eksctl` that the history does not show is an error, and so is
 * a checkout older than the last one used. `covers` ends at the newest minor on which all networking add-ons were seen.
 */
import { join } from "node:path";
import { KubernetesVersion } from "../lib/domain/kubernetes-version";
import { Checkout } from "./refresh/checkout";
import { readTable, rewriteTable, sourceVersion } from "./refresh/table-file";

/** What a refresh reads and writes. */
export interface AddonsRefresh {
  /** Folder of a checkout of eksctl-io/eksctl. */
  readonly checkout: string;
  readonly table: string;
  /** The day to put in `retrieved` when there is news, `YYYY-MM-DD`. */
  readonly today: string;
}

interface Row {
  readonly addon: string;
  readonly kubernetes: string;
  readonly version: string;
  readonly firstSeen?: string;
  readonly source: string;
}

const COLUMNS = ["addon", "kubernetes", "version", "firstSeen", "source"];
const SORT_BY = ["addon", "kubernetes", "version"];
const ASSETS = "pkg/addons/default/assets/coredns-*.json";
const SOURCE = "eksctl";

/**
 * Rebuilds the table.
 * @throws Error when a row of source `eksctl` is not in the history.
 */
export function refreshAddons({ checkout: folder, table: file, today }: AddonsRefresh): void {
  const checkout = new Checkout(folder);
  const table = readTable<Row>(file);
  const version = sourceVersion(table.header.sourceVersion, { "eksctl-io/eksctl": checkout.describe("HEAD") });
  const { from } = table.header.covers as { from: string };
  const history = readHistory(checkout).filter((row) => !isBefore(row.kubernetes, from));
  refuseLosses(table.rows, history);
  const others = table.rows.filter((row) => row.source !== SOURCE);
  const keys = new Set(others.map(keyOf));
  const rows = [...others, ...history.filter((row) => !keys.has(keyOf(row)))];
  const covers = { from, to: newestCovered(rows, networkingAddons(table.header.addons)) };
  rewriteTable(table, { header: { sourceVersion: version, covers }, rows, columns: COLUMNS, sortBy: SORT_BY, today });
}

/** Every CoreDNS build that the assets ever named, with the day of the first commit that did. */
function readHistory(checkout: Checkout): Row[] {
  const log = checkout.git("log", "--reverse", "--patch", "--format=day %cs", "--", ASSETS);
  const rows = new Map<string, Row>();
  let [day, minor] = ["", ""];
  for (const line of log.split("\n")) {
    day = /^day (\S+)$/.exec(line)?.[1] ?? day;
    minor = /^\+\+\+ b\/.*coredns-(\d+\.\d+)\.json$/.exec(line)?.[1] ?? minor;
    const version = /^\+.*\/coredns:(v[^"]+)"/.exec(line)?.[1];
    const row = version && { addon: "coredns", kubernetes: minor, version, firstSeen: day, source: SOURCE };
    if (row && !rows.has(keyOf(row))) rows.set(keyOf(row), row);
  }
  if (rows.size === 0) throw new Error(`the history of the checkout has no ${ASSETS}`);
  return [...rows.values()];
}

function refuseLosses(old: readonly Row[], history: readonly Row[]): void {
  const keys = new Set(history.map(keyOf));
  const lost = old.filter((row) => row.source === SOURCE && !keys.has(keyOf(row)));
  if (lost.length === 0) return;
  throw new Error(
    `the history of ${ASSETS} does not show ${lost.map(keyOf).join(", ")}: is the checkout without its history?`,
  );
}

function networkingAddons(facts: unknown): string[] {
  const entries = Object.entries(facts as Record<string, { networking?: boolean }>);
  return entries.filter(([, { networking }]) => networking).map(([name]) => name);
}

function newestCovered(rows: readonly Row[], addons: readonly string[]): string | undefined {
  const minors = [...new Set(rows.map((row) => row.kubernetes))].filter((minor) =>
    addons.every((addon) => rows.some((row) => row.addon === addon && row.kubernetes === minor)),
  );
  return minors.sort((a, b) => (isBefore(a, b) ? -1 : 1)).at(-1);
}

function keyOf({ addon, kubernetes, version }: Row): string {
  return `${addon} ${version} on ${kubernetes}`;
}

function isBefore(a: string, b: string): boolean {
  return KubernetesVersion.parse(a).isBefore(KubernetesVersion.parse(b));
}

if (require.main === module) {
  const [checkout] = process.argv.slice(2);
  if (!checkout) throw new Error("expected a folder: a checkout of eksctl-io/eksctl, with its history");
  const table = join(__dirname, "../lib/data/addons.json");
  refreshAddons({ checkout, table, today: new Date().toISOString().slice(0, 10) });
}
