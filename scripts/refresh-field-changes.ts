/**
 * Compares lib/data/field-changes.json with what kube-apiserver itself warns of, and rewrites it in canonical form.
 *
 *   tsx scripts/refresh-field-changes.ts <checkout of kubernetes/kubernetes>
 *
 * The warnings are the authority for annotations, node labels and in-tree volumes only: each must have a row that matches it and
 * agrees with the releases it names. Exit code 1 names those that do not; what the row should say is for a person to find out.
 * No row is added, changed or dropped here: the other rows rest on the sources that they name.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FieldChange } from "../lib/domain/field-change";
import { Checkout } from "./refresh/checkout";
import { readUpstreamWarnings, type UpstreamWarning } from "./refresh/upstream-warnings";
import { formatTable, type Row, writeTable } from "./refresh/write-table";

const STATEMENT = ["id", "deprecatedIn", "removedIn", "hardRemovedIn", "severity", "scope", "eksOnly"];
const COLUMNS = [...STATEMENT, "appliesTo", "elsewhere", "match", "advice", "sources", "confidence"];

/**
 * Rewrites the table in canonical form when it is in any other.
 * @param checkout folder of a checkout of kubernetes/kubernetes.
 * @returns a sentence for each upstream warning that no row of the table covers or agrees with.
 */
export function refreshFieldChanges(checkout: string, table: string): string[] {
  const text = readFileSync(table, "utf8");
  const { rows, ...header } = JSON.parse(text) as Row & { readonly rows: readonly (FieldChange & Row)[] };
  const problems = readUpstreamWarnings(new Checkout(checkout)).flatMap((warning) => problemOf(warning, rows));
  if (formatTable(header, rows, COLUMNS, ["id"]) !== text) writeTable(table, header, rows, COLUMNS, ["id"]);
  return problems;
}

function problemOf(warning: UpstreamWarning, rows: readonly FieldChange[]): string[] {
  const row = rows.find((one) => isAbout(one, warning.term));
  if (!row) return [`no row matches ${warning.term}, of which ${warning.file} warns`];
  return (["deprecatedIn", "removedIn"] as const)
    .filter((field) => warning[field] !== undefined && warning[field] !== row[field])
    .map((field) => `${row.id} says ${field} ${row[field] ?? "nothing"}, ${warning.file} says ${warning[field]}`);
}

/** Upstream's warnings do not spell every field as the API does: it is `storageos`, not `storageOS`. */
function isAbout({ match = [] }: FieldChange, term: string): boolean {
  const field = `.${term.toLowerCase()}`;
  return match.some(
    ({ paths, equals, prefix }) =>
      equals === term ||
      prefix === term ||
      paths.some((path) => path.replace(/\[\]$/, "").toLowerCase().endsWith(field)),
  );
}

if (require.main === module) {
  const [checkout] = process.argv.slice(2);
  if (!checkout) throw new Error("expected a folder: a checkout of kubernetes/kubernetes");
  const problems = refreshFieldChanges(checkout, join(__dirname, "../lib/data/field-changes.json"));
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(""));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
