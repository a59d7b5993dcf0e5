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

let crypto: typeof import("node:crypto") | undefined;

/** `sha256:…` of canonical JSON text. */
export function sha256(text: string): string {
  // Loaded late: what reads manifests without hashing them starts sooner by as much as it takes to read a hundred.
  crypto ??= require("node:crypto") as typeof import("node:crypto");
  // Node has the quicker of the two since 20.12.
  const digest = crypto.hash?.("sha256", text) ?? crypto.createHash("sha256").update(text).digest("hex");
  return `sha256:${digest}`;
}
