import { renameSync, writeFileSync } from "node:fs";

/** One row of a table: column name to value. Columns without a value (undefined, null, empty) are left out. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Writes a data table the way all of lib/data is written, so that a refresh without news gives no diff:
 * the header's fields in the order given, then `rows`, one a line, columns in the order of `columns`, rows sorted.
 * The file is written whole or not at all.
 * @param sortBy columns to sort the rows by; default: all columns in order.
 * @throws Error when a row has a column that is not listed, or two rows agree in every column of `sortBy`.
 */
export function writeTable(
  file: string,
  header: Row,
  rows: readonly Row[],
  columns: readonly string[],
  sortBy: readonly string[] = columns,
): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, formatTable(header, rows, columns, sortBy));
  renameSync(temporary, file);
}

/** The text that {@link writeTable} writes. */
export function formatTable(
  header: Row,
  rows: readonly Row[],
  columns: readonly string[],
  sortBy: readonly string[] = columns,
): string {
  const lines = sorted(rows, sortBy).map((row) => `    ${formatRow(row, columns)}`);
  const fields = Object.entries(header).map(([name, value]) => `  ${JSON.stringify(name)}: ${formatField(value)},`);
  return ["{", ...fields, '  "rows": [', lines.join(",\n"), "  ]", "}", ""].join("\n");
}

/** A header field: on one line, but a legend (an object with an object or a sentence per name) gets one line per name. */
function formatField(value: unknown): string {
  const isLegend =
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 2;
  if (!isLegend) return formatValue(value);
  const lines = Object.entries(value).map(([name, entry]) => `    ${JSON.stringify(name)}: ${formatValue(entry)}`);
  return `{\n${lines.join(",\n")}\n  }`;
}

function formatRow(row: Row, columns: readonly string[]): string {
  const stray = Object.keys(row).find((column) => !columns.includes(column));
  if (stray) throw new Error(`column "${stray}" is not one of ${columns.join(", ")}: ${JSON.stringify(row)}`);
  const present = columns.filter((column) => hasValue(row[column]));
  return formatObject(present.map((column) => [column, row[column]]));
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  if (typeof value === "object" && value !== null) return formatObject(Object.entries(value));
  return JSON.stringify(value);
}

function formatObject(entries: readonly (readonly [string, unknown])[]): string {
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([name, value]) => `${JSON.stringify(name)}: ${formatValue(value)}`).join(", ")} }`;
}

function sorted(rows: readonly Row[], sortBy: readonly string[]): Row[] {
  const keyed = rows.map((row) => ({ row, key: sortBy.map((column) => sortKey(row[column])) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  keyed.forEach(({ key }, index) => {
    const previous = keyed[index - 1];
    if (previous && compareKeys(previous.key, key) === 0)
      throw new Error(`two rows have the same ${sortBy.join(", ")}: ${key.join(" ")}`);
  });
  return keyed.map(({ row }) => row);
}

function sortKey(value: unknown): string {
  if (!hasValue(value)) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Text is compared by code unit, so that the order is the same on every machine. */
function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const other = b[index] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
