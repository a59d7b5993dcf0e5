import { isRecord } from "./is-record";

/** Whether `test` holds for some value that a path leads to from `start`. Null and absent values are never tested. */
export type FieldPath = (start: unknown, test: (value: unknown) => boolean) => boolean;

/** A step of a path: to a field, to each item of a sequence, to each value or each key of a mapping. */
export type Step = { readonly to: "field"; readonly name: string } | { readonly to: "items" | "values" | "keys" };

const STEP = /\.?(?:(\*)|(~)|(\[\])|\["([^"]+)"\]|([\w-]+))/y;

/**
 * The steps of a path such as `spec.volumes[].rbd`. See `FieldMatch.paths` for the notation.
 * @throws Error for a path that is not in this notation: a mistake in the table.
 */
export function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, values, keys, items, quoted, name] = STEP.exec(path) ?? fail(path);
    if (values) steps.push({ to: "values" });
    else if (keys) steps.push({ to: "keys" });
    else if (items) steps.push({ to: "items" });
    else steps.push({ to: "field", name: quoted ?? name ?? fail(path) });
  }
  return steps;
}

/**
 * Compiles a path; the empty path is the object itself.
 * @throws Error as `stepsOf` does
 */
export function compilePath(path: string): FieldPath {
  return stepsOf(path).reduceRight((next, step) => compileStep(step)(next), end);
}

function compileStep(step: Step): (next: FieldPath) => FieldPath {
  if (step.to === "field") return field(step.name);
  if (step.to === "items") return eachItem;
  return step.to === "values" ? eachValue : eachKey;
}

function fail(path: string): never {
  throw new Error(`"${path}" is no field path`);
}

const end: FieldPath = (value, test) => value !== undefined && value !== null && test(value);

function field(name: string): (next: FieldPath) => FieldPath {
  return (next) => (value, test) => isRecord(value) && next(value[name], test);
}

function eachItem(next: FieldPath): FieldPath {
  return (value, test) => Array.isArray(value) && value.some((item) => next(item, test));
}

function eachValue(next: FieldPath): FieldPath {
  return (value, test) => isRecord(value) && Object.values(value).some((item) => next(item, test));
}

function eachKey(next: FieldPath): FieldPath {
  return (value, test) => isRecord(value) && Object.keys(value).some((key) => next(key, test));
}
