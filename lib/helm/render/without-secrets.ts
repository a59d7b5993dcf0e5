import { redacted } from "../../domain/redacted";
import { namesSecret } from "../../domain/secret-name";
import { isRecord } from "../../manifests/plain-value";
import type { Values } from "../chart/chart-tree";
import { isSecretText } from "../upgrade/shown-text";

const HIDDEN = "(redacted)";
/** What is shorter is taken out only where it stands alone: `3` out of `port 3`, not out of `v1.36`. */
const SHORTEST = 4;
/** Of several lines, those shorter than this tell nothing, and every message has such. */
const SHORTEST_LINE = 8;

/**
 * Text of helm's or a template's without the secrets among a release's values: what stands under a key that names a secret, and what
 * looks like one by itself. Quoted, in base64, or line by line they are found all the same.
 */
export function withoutSecrets(text: string, values: Values): string {
  const secrets = [...new Set(secretsIn(values).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return redacted(secrets.reduce(withoutSecret, text));
}

function withoutSecret(text: string, secret: string): string {
  if (secret.length >= SHORTEST) return text.replaceAll(secret, HIDDEN);
  const literal = secret.replace(/[^\w\s]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w.])${literal}(?![\\w.])`, "g"), HIDDEN);
}

function secretsIn(value: unknown, isSecret = false): (string | number)[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, isSecret));
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, item]) => secretsIn(item, isSecret || namesSecret(key)));
  if (typeof value === "number") return isSecret ? [value] : [];
  return typeof value === "string" && value.trim() !== "" && (isSecret || isSecretText(value)) ? [value] : [];
}

/** As it is, as Go prints it, in base64, and each line of its own. */
function formsOf(secret: string | number): string[] {
  if (typeof secret === "number") return [String(secret), secret.toExponential().replace(/(e[+-])(\d)$/, "$10$2")];
  return [
    secret.trim(),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
    ...secret
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line.length >= SHORTEST_LINE),
  ];
}
