import type { RenderingFailure } from "../domain/model";
import { namesSecret } from "../domain/secret-name";
import { isRecord } from "../manifests/plain-value";
import type { Values } from "./chart-tree";
import type { Outcome } from "./run-in-parallel";

/** What helm adds for whoever runs it by hand. */
const NOISE = /^(Use --debug flag|WARNING:|level=|time=|walk\.go)/;
const LONGEST = 600;

/**
 * Why a chart could not be rendered, in helm's words, and what to do. What a template says may repeat a value, so text that stands under
 * a key which names a secret is taken out.
 */
export function templateFailure({ stderr, failure = "" }: Outcome, values: Values): RenderingFailure {
  const said = saidBy(stderr);
  const reason = said === "" ? `helm template did not end well: ${failure}` : `helm template failed: ${said}`;
  return { reason: withoutSecrets(reason, values).replace(/[.\s]+$/, ""), remedy: remedyFor(said, failure) };
}

function saidBy(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !NOISE.test(line));
  const first = lines.findIndex((line) => line.startsWith("Error:"));
  const said = lines
    .slice(Math.max(0, first))
    .join(" ")
    .replace(/^Error:\s*/, "")
    .replace(/\s+/g, " ");
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

function remedyFor(said: string, failure: string): string {
  if (said.includes("unknown flag")) return "Use a newer Helm: TANDEM_HELM names the program to use.";
  if (/longer than|more than/.test(failure)) return "Look for a template that repeats without end with these values.";
  return "Correct the values or the chart; `helm template --debug` with the same chart and values shows more.";
}

function withoutSecrets(text: string, values: Values): string {
  return secretsIn(values).reduce((cleaned, secret) => cleaned.replaceAll(secret, "(redacted)"), text);
}

function secretsIn(value: unknown, isSecret = false): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, isSecret));
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, item]) => secretsIn(item, isSecret || namesSecret(key)));
  return isSecret && value !== null && String(value) !== "" ? [String(value)] : [];
}
