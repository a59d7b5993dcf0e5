import { parseApiVersion } from "../../domain/api-lifecycle";
import { type FieldMatch, fieldChanges, hasFieldChanges, pathsInKind } from "../../domain/field-change";
import { type Step, stepsOf } from "../field-path";
import { WORD } from "./known-words";
import { type TapePath, tapePath } from "./tape-path";

/**
 * What an object must have for a field change to hit it: these keys somewhere, and what is looked for where its path leads. An object
 * without any of its kind's triggers is hit by nothing; one that has some may be.
 */
export interface Trigger {
  /** Ids of the known words that the two keys are; the same twice for one key, 0 where every object has them. */
  readonly words: readonly [number, number];
  /** Any of these. */
  readonly paths: readonly TapePath[];
}

/** Keys of so many objects that to have them says nothing. */
const EVERYDAY = new Set(
  "metadata spec template jobTemplate annotations labels name containers initContainers env volumes key path rules http paths".split(
    " ",
  ),
);

/** A match of the table at one of its paths. */
interface Place {
  readonly match: FieldMatch;
  readonly steps: readonly Step[];
  /** Up to two names of the path that tell it from most objects. */
  readonly keys: readonly string[];
}

let wordIds: ReadonlyMap<string, number> | undefined;

/** The names of the keys that triggers look for, in the order of their ids. */
export function triggerWords(): readonly string[] {
  return [...ids().keys()];
}

/** The triggers of the objects of one kind; none where no field change concerns them. */
export function triggersOf(apiVersion: string, kind: string): readonly Trigger[] {
  if (!hasFieldChanges(parseApiVersion(apiVersion).group, kind)) return [];
  const places = fieldChanges()
    .flatMap(({ appliesTo, match }) => (match && appliesTo.includes(kind) ? match : []))
    .filter(({ onlyApiVersion }) => onlyApiVersion?.includes(apiVersion) ?? true)
    .flatMap((match) => placesOf(match, kind));
  const byKeys = new Map<string, Place[]>();
  for (const place of places) byKeys.set(place.keys.join(), [...(byKeys.get(place.keys.join()) ?? []), place]);
  return [...byKeys.values()].map(triggerOf);
}

/** Of places with the same keys, which are looked for once. */
function triggerOf(places: readonly Place[]): Trigger {
  const [first = "", second = first] = places[0]?.keys ?? [];
  return {
    words: [ids().get(first) ?? 0, ids().get(second) ?? 0],
    paths: places.map(({ steps, match }) => tapePath(steps, match)),
  };
}

function ids(): ReadonlyMap<string, number> {
  wordIds ??= new Map([...allKeys()].map((key, index) => [key, WORD.AMBIGUOUS + 1 + index]));
  return wordIds;
}

function allKeys(): Set<string> {
  const places = fieldChanges().flatMap(({ appliesTo, match = [] }) =>
    match.flatMap((each) => appliesTo.flatMap((kind) => placesOf(each, kind))),
  );
  return new Set(places.flatMap(({ keys }) => keys));
}

function placesOf(match: FieldMatch, kind: string): Place[] {
  return match.paths
    .flatMap((path) => pathsInKind(path, kind))
    .map((path) => {
      const steps = stepsOf(path);
      return { match, steps, keys: tellingKeys(steps, match) };
    });
}

/** The last two names of a path that not every object has; a key that has to be a certain text is such a name too. */
function tellingKeys(steps: readonly Step[], { equals }: FieldMatch): string[] {
  const names = steps.flatMap((step) => (step.to === "field" && !EVERYDAY.has(step.name) ? step.name : []));
  const own = steps.at(-1)?.to === "keys" && typeof equals === "string" ? [equals] : [];
  return [...names, ...own].slice(-2).reverse();
}
