import { isRecord } from "./is-record";

/** Whether `test` holds for some value that a path leads to from `start`. Null and absent values are never tested. */
export type FieldPath = (start: unknown, test: (value: unknown) => boolean) => boolean;

const STEP = /\.?(?:(\*)|(~)|(\[\])|\["([^"]+)"\]|([\w-]+))/y;

/**
 * Compiles a path such as `spec.volumes[].rbd`; the empty path is the object itself. See `FieldMatch.paths` for the notation.
 * @throws Error for a path that is not in this notation: a mistake in the table.
 */
export function compilePath(path: string): FieldPath {
  const steps: ((next: FieldPath) => FieldPath)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, values, keys, items, quoted, name] = STEP.exec(path) ?? fail(path);
    if (values) steps.push(eachValue);
    else if (keys) steps.push(eachKey);
    else if (items) steps.push(eachItem);
    else steps.push(field(quoted ?? name ?? fail(path)));
  }
  return steps.reduceRight((next, step) => step(next), end);
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
