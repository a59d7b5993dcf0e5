/**
 * Says the first thing that is wrong with a value, as `clusters[0].name: expected text, got 7`; undefined when nothing is.
 * @param where the keys that lead to the value
 */
export type Shape = (value: unknown, where: string) => string | undefined;

/** A value for which `is` holds. */
export function value(expected: string, is: (value: unknown) => boolean): Shape {
  return (given, where) => (is(given) ? undefined : `${where}: expected ${expected}, got ${shown(given)}`);
}

export const text = value("text", (given) => typeof given === "string");
export const count = value("a number", (given) => typeof given === "number");
export const flag = value("true or false", (given) => typeof given === "boolean");
export const anything: Shape = () => undefined;

/** One of a few words. */
export function oneOf(...words: readonly string[]): Shape {
  return value(`one of ${words.join(", ")}`, (given) => words.includes(given as string));
}

/** `shape`, or null. */
export function nullable(shape: Shape): Shape {
  return (given, where) => (given === null ? undefined : shape(given, where));
}

/** `shape`, or absent. */
export function optional(shape: Shape): Shape {
  return (given, where) => (given === undefined ? undefined : shape(given, where));
}

/** A list whose entries are all of `shape`. */
export function listOf(shape: Shape): Shape {
  return (given, where) =>
    Array.isArray(given)
      ? first(given.map((entry, index) => () => shape(entry, `${where}[${index}]`)))
      : wrong("a list", given, where);
}

/** An object with these keys; it may have others. */
export function objectOf(shapes: Readonly<Record<string, Shape>>): Shape {
  return (given, where) => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) return wrong("an object", given, where);
    const own = given as Record<string, unknown>;
    return first(
      Object.entries(shapes).map(
        ([key, shape]) =>
          () =>
            shape(own[key], where ? `${where}.${key}` : key),
      ),
    );
  };
}

/** An object whose values, whatever their keys, are all of `shape`. */
export function recordOf(shape: Shape): Shape {
  return (given, where) =>
    typeof given === "object" && given !== null && !Array.isArray(given)
      ? first(
          Object.entries(given).map(
            ([key, entry]) =>
              () =>
                shape(entry, where ? `${where}.${key}` : key),
          ),
        )
      : wrong("an object", given, where);
}

/** An object whose `key` says which of several shapes it has. */
export function variantOf(key: string, shapes: Readonly<Record<string, Shape>>): Shape {
  const known = objectOf({ [key]: oneOf(...Object.keys(shapes)) });
  return (given, where) =>
    known(given, where) ?? shapes[String((given as Record<string, unknown>)[key])]?.(given, where);
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem) return problem;
  }
  return undefined;
}

function wrong(expected: string, given: unknown, where: string): string {
  return `${where ? `${where}: ` : ""}expected ${expected}, got ${shown(given)}`;
}

function shown(given: unknown): string {
  if (given === undefined) return "nothing";
  if (Array.isArray(given)) return "a list";
  return typeof given === "object" && given !== null ? "an object" : JSON.stringify(given);
}
