import { isRecord } from "../manifests/is-record";
import type { Values } from "./read-plan";

/** The text at a path of arguments and indexes; undefined where there is none, or nobody knows it. */
export function textAt(values: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = valueAt(values, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function flagAt(values: unknown, ...path: readonly (string | number)[]): boolean | undefined {
  const value = valueAt(values, path);
  return typeof value === "boolean" ? value : undefined;
}

export function numberAt(values: unknown, ...path: readonly (string | number)[]): number | undefined {
  const value = valueAt(values, path);
  return typeof value === "number" ? value : undefined;
}

/** The texts of a list; empty where there is none. */
export function textsAt(values: unknown, ...path: readonly (string | number)[]): string[] {
  const value = valueAt(values, path);
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/**
 * Whether only the apply will know an argument.
 * @param unknown `after_unknown` of a change: true stands for all that is below it
 */
export function isUnknownAt(unknown: Values, ...path: readonly (string | number)[]): boolean {
  let value: unknown = unknown;
  for (const key of path) {
    if (value === true) return true;
    value = valueAt(value, [key]);
  }
  return value === true || (Array.isArray(value) && value.includes(true));
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return typeof key === "number" ? at[key] : undefined;
    return isRecord(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined;
  }, value);
}
