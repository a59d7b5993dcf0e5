import { parseApiVersion } from "../../domain/api-lifecycle";
import { type FieldMatch, fieldChanges, hasFieldChanges, pathsInKind } from "../../domain/field-change";
import { WORD } from "./known-words";

/**
 * What an object must have for a field change to hit it: these keys somewhere, and, where it is known, this text. An object without any
 * of its kind's triggers is hit by nothing; one that has some may be.
 */
export interface Trigger {
  /** Ids of the known words that the keys are; the same twice for one key. */
  readonly first: number;
  readonly second: number;
  readonly text?: Buffer;
}

interface Condition {
  readonly keys: readonly string[];
  readonly text?: string;
}

/** Keys of so many objects that to have them says nothing. */
const EVERYDAY = new Set(
  "metadata spec template jobTemplate annotations labels name containers initContainers env volumes key path rules http paths".split(
    " ",
  ),
);

let wordIds: ReadonlyMap<string, number> | undefined;

/** The names of the keys that triggers look for, in the order of their ids. */
export function triggerWords(): readonly string[] {
  return [...ids().keys()];
}

/** The triggers of the objects of one kind; none where no field change concerns them. */
export function triggersOf(apiVersion: string, kind: string): readonly Trigger[] {
  if (!hasFieldChanges(parseApiVersion(apiVersion).group, kind)) return [];
  const matches = fieldChanges().flatMap(({ appliesTo, match }) => (match && appliesTo.includes(kind) ? match : []));
  const conditions = matches
    .filter(({ onlyApiVersion }) => onlyApiVersion?.includes(apiVersion) ?? true)
    .flatMap((match) => conditionsOf(match, kind));
  const distinct = new Map(conditions.map((condition) => [JSON.stringify(condition), condition]));
  return [...distinct.values()].map(({ keys: [first = "", second = first], text }) => ({
    first: ids().get(first) as number,
    second: ids().get(second) as number,
    ...(text === undefined ? {} : { text: Buffer.from(text) }),
  }));
}

function ids(): ReadonlyMap<string, number> {
  wordIds ??= new Map([...allKeys()].map((key, index) => [key, WORD.AMBIGUOUS + 1 + index]));
  return wordIds;
}

function allKeys(): Set<string> {
  return new Set(
    expandedMatches()
      .flatMap(({ match, kind }) => conditionsOf(match, kind))
      .flatMap(({ keys }) => keys),
  );
}

/** Every match of the table with every kind that it is for. */
function expandedMatches(): { readonly match: FieldMatch; readonly kind: string }[] {
  return fieldChanges().flatMap(({ appliesTo, match = [] }) =>
    match.flatMap((each) => appliesTo.map((kind) => ({ match: each, kind }))),
  );
}

function conditionsOf({ paths, equals, prefix, word }: FieldMatch, kind: string): Condition[] {
  const text = typeof equals === "string" ? equals : (prefix ?? word);
  return paths
    .flatMap((path) => pathsInKind(path, kind))
    .map((path) => {
      if (path.endsWith("~") && typeof equals === "string") return { keys: [equals] };
      const keys = tellingSteps(path);
      return text === undefined ? { keys } : { keys, text };
    });
}

/** The last two names in a path that not every object has, the very last first; its last name where it has no such. */
function tellingSteps(path: string): string[] {
  const steps = [...path.matchAll(/\["([^"]+)"\]|([\w-]+)/g)].map(([, quoted, name]) => String(quoted ?? name));
  const telling = steps.filter((step) => !EVERYDAY.has(step));
  return (telling.length > 0 ? telling : steps).slice(telling.length > 0 ? -2 : -1).reverse();
}
