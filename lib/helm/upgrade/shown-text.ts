import { SECRET_WORDS } from "../../domain/secret-name";
import { canonicalJson, sha256 } from "../../manifests/canonical-hash";
import { isRecord } from "../../manifests/plain-value";

/**
 * What may be shown of a value. `open`: itself, unless it looks like a secret. `fingerprint`: `sha256:…`, so that equal values can be
 * told from different ones. `redacted`: nothing.
 */
export type Secrecy = "open" | "fingerprint" | "redacted";

const REDACTED = "(redacted)";
const LONGEST = 120;

/** A password in an address, a private key, a header, tokens of well-known make, a JSON web token. */
const SECRET_TEXT = new RegExp(
  [
    String.raw`:\/\/\S*:\S+@`,
    "PRIVATE KEY-----",
    String.raw`\b(?:Bearer|Basic)\s+\S{8,}`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\b(?:gh[opsur]|github_pat|glpat|xox[abprs]|[rs]k_live)[-_][\w-]{10,}`,
    String.raw`hooks\.slack\.com\/services`,
    String.raw`\beyJ[\w-]+\.[\w-]+\.`,
  ].join("|"),
);
/** `password=…`, `"token": "…"`. */
const ASSIGNED = new RegExp(String.raw`(?:${SECRET_WORDS})s?["']?\s*[:=]\s*\S`, "i");

/** Whether a text looks like a secret, whatever it stands under. */
export function isSecretText(text: string): boolean {
  return SECRET_TEXT.test(text) || ASSIGNED.test(text);
}

/** The text of a value for a report. Never longer than a line, and never a secret as far as name and form can tell. */
export function shownText(value: unknown, secrecy: Secrecy = "open"): string {
  if (secrecy === "redacted") return REDACTED;
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "object" && Object.keys(value).length === 0) return Array.isArray(value) ? "[]" : "{}";
  if (secrecy === "fingerprint") return value === "" ? '""' : fingerprint(value);
  if (Array.isArray(value)) return countedText(value.length, "item");
  if (isRecord(value)) return countedText(leafCount(value), "field");
  return typeof value === "string" ? textOf(value) : String(value);
}

/** How two values of one field read beside each other: long texts as their numbers of lines, with what changed. */
export function shownPair(before: unknown, after: unknown, secrecy: Secrecy): { from: string; to: string } {
  const isText = typeof before === "string" && typeof after === "string";
  if (secrecy !== "open" || !isText || !(before + after).includes("\n")) {
    return { from: shownText(before, secrecy), to: shownText(after, secrecy) };
  }
  const [old, now] = [linesOf(before), linesOf(after)];
  const [gone, come] = [without(old, now).length, without(now, old).length];
  const changed = gone + come > 0 ? `${come} added, ${gone} removed` : "in another order";
  return { from: countedText(old.length, "line"), to: `${countedText(now.length, "line")}: ${changed}` };
}

/** What `list` has more often than `other`, in its order. */
export function without<T>(list: readonly T[], other: readonly T[]): T[] {
  const left = new Map<T, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}

/** How many values stand in a value, itself if it is one. */
export function leafCount(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  const members = Object.values(value);
  return members.length === 0 ? 1 : members.reduce<number>((sum, member) => sum + leafCount(member), 0);
}

/** A number and its noun: `1 line`, `2 lines`. */
export function countedText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function fingerprint(value: unknown): string {
  return sha256(canonicalJson(value)).slice(0, "sha256:".length + 8);
}

function textOf(text: string): string {
  if (isSecretText(text)) return fingerprint(text);
  if (text.includes("\n")) return countedText(linesOf(text).length, "line");
  if (text.length > LONGEST) return `${countedText(text.length, "character")}, ${fingerprint(text)}`;
  return readsAsText(text) ? text : JSON.stringify(text);
}

/** False for what could be taken for another type, for nothing, or for more than it is. */
function readsAsText(text: string): boolean {
  return text.trim() === text && text !== "" && !/^(true|false|null|-?[\d.]+|\(redacted\)|["[{].*)$/.test(text);
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}
