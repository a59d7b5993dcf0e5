import type { Json } from "./model";

type JsonObject = { readonly [key: string]: Json };

/**
 * What `patch` makes of `target`: a key with null goes, an object is patched, anything else takes the place of what was there.
 * https://www.rfc-editor.org/rfc/rfc7396
 */
export function patched(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: Record<string, Json> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else define(result, key, patched(own(result, key), value));
  }
  return result;
}

/** The least patch that makes `after` of `before`; neither may hold null, which a patch cannot write. */
export function patchBetween(before: JsonObject, after: JsonObject): JsonObject {
  const patch: Record<string, Json> = {};
  for (const key of Object.keys(before)) if (own(after, key) === undefined) define(patch, key, null);
  for (const [key, value] of Object.entries(after)) {
    const old = own(before, key);
    if (isObject(old) && isObject(value)) {
      const inner = patchBetween(old, value);
      if (Object.keys(inner).length > 0) define(patch, key, inner);
    } else if (JSON.stringify(old) !== JSON.stringify(value)) define(patch, key, value);
  }
  return patch;
}

/** Names come from users: `__proto__` is a key like any other. */
function define(object: Record<string, Json>, key: string, value: Json): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
