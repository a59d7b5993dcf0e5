/** Text that every YAML reader takes as itself when it stands without quotes. */
const PLAIN = /^[A-Za-z_][\w./-]*$/;
const OTHER_TYPES = /^(y|n|yes|no|on|off|true|false|null)$/i;

/** A scalar as it is written into YAML, in block or in flow style. */
export function scalarText(value: unknown): string {
  if (typeof value === "string" && PLAIN.test(value) && !OTHER_TYPES.test(value)) return value;
  return JSON.stringify(value);
}

/** The same in the quotes that the scalar before it had. */
export function quotedAs(before: string, value: unknown): string {
  if (typeof value !== "string") return scalarText(value);
  if (before.startsWith('"')) return JSON.stringify(value);
  return before.startsWith("'") ? `'${value.replaceAll("'", "''")}'` : scalarText(value);
}
