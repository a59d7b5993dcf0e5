import type { Json } from "../domain/model";

/**
 * A change of what runs, as lines: `version: 1.35 -> 1.36`, `addons.coredns: v1 (new)`, `addons.vpc-cni: gone`.
 * @param before what ran; undefined where nothing was recorded
 * @param changes a JSON merge patch of it
 */
export function changeLines(before: Json | undefined, changes: Json, path = ""): string[] {
  if (changes === null) return [`${path}: gone`];
  if (isObject(changes)) {
    return Object.entries(changes).flatMap(([key, value]) =>
      changeLines(member(before, key), value, path === "" ? key : `${path}.${key}`),
    );
  }
  const now = shown(changes);
  return [before === undefined ? `${path}: ${now} (new)` : `${path}: ${shown(before)} -> ${now}`];
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A hash as far as people compare it. */
function shown(value: Json): string {
  if (typeof value !== "string") return Array.isArray(value) ? value.join(", ") : JSON.stringify(value);
  return value.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}$/, "$1");
}
