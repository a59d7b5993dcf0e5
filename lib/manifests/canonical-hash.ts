/**
 * JSON with sorted keys and without spaces, so that equal values give equal text however they were written down.
 * Leaves out undefined, as JSON does.
 * @throws RangeError for a value nested without end.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = value as Record<string, unknown>;
  let members = "";
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] === undefined) continue;
    members += `${members && ","}${JSON.stringify(key)}:${canonicalJson(fields[key])}`;
  }
  return `{${members}}`;
}

/** `sha256:…` of canonical JSON text. */
export function sha256(text: string): string {
  // Loaded late: what reads manifests without hashing them starts sooner by as much as it takes to read a hundred.
  const { createHash } = require("node:crypto") as typeof import("node:crypto");
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
