import { namesSecret } from "../domain/secret-name";
import { isRecord } from "../manifests/plain-value";
import type { Values } from "./chart-tree";

/** What stands in values under keys that name a secret, deepest values alone. */
export function secretValues(values: Values): unknown[] {
  return secretsIn(values, false);
}

/** A text without these secrets. */
export function withoutSecretValues(text: string, secrets: readonly unknown[]): string {
  return secrets.reduce<string>((cleaned, secret) => cleaned.replaceAll(String(secret), "(redacted)"), text);
}

function secretsIn(value: unknown, isSecret: boolean): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, isSecret));
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, item]) => secretsIn(item, isSecret || namesSecret(key)));
  return isSecret && value !== null && value !== undefined && value !== "" ? [value] : [];
}
