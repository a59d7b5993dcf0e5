import { parseApiVersion } from "../../domain/api-lifecycle";
import { type FieldMatch, fieldChanges, hasFieldChanges, pathsInKind } from "../../domain/field-change";
import { type Step, stepsOf } from "../field-path";
import { WORD } from "./known-words";
import { type TapePath, tapePath } from "./tape-path";

/** What is looked for in an object that has two keys, wherever they are. */
export interface Trigger {
  /** Ids of the known words that the keys are; the same twice for one key. */
  readonly first: number;
  readonly second: number;
  /** Any of these. */
  readonly paths: readonly TapePath[];
}

/** What an object must have for a field change to hit it: without any of it, it is hit by nothing; with some, it may be. */
export interface Triggers {
  /** What has to be looked for in every object. */
  readonly always: readonly TapePath[];
  readonly triggers: readonly Trigger[];
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
  readonly path: string;
  readonly steps: readonly Step[];
  /** Up to two names of the path that tell it from most objects. */
  readonly keys: readonly string[];
}

let wordIds: ReadonlyMap<string, number> | undefined;

/** The names of the keys that triggers look for, in the order of their ids. */
export function triggerWords(): readonly string[] {
  return [...ids().keys()];
}

/** What is looked for in objects of one kind; nothing where no field change concerns them. */
export function triggersOf(apiVersion: string, kind: string): Triggers {
  const byKeys = new Map<string, Place[]>();
  for (const place of hasFieldChanges(parseApiVersion(apiVersion).group, kind) ? allPlaces(apiVersion, kind) : []) {
    byKeys.set(place.keys.join(), [...(byKeys.get(place.keys.join()) ?? []), place]);
  }
  const always = byKeys.get("") ?? [];
  byKeys.delete("");
  return { always: pathsOf(always), triggers: [...byKeys.values()].map(triggerOf) };
}

function allPlaces(apiVersion: string, kind: string): Place[] {
  return fieldChanges()
    .flatMap(({ appliesTo, match }) => (match && appliesTo.includes(kind) ? match : []))
    .filter(({ onlyApiVersion }) => onlyApiVersion?.includes(apiVersion) ?? true)
    .flatMap((match) => placesOf(match, kind));
}

function triggerOf(places: readonly Place[]): Trigger {
  const [first = "", second = first] = places[0]?.keys ?? [];
  return { first: ids().get(first) ?? 0, second: ids().get(second) ?? 0, paths: pathsOf(places) };
}

/** Each path once, whatever is looked for at its end. */
function pathsOf(places: readonly Place[]): TapePath[] {
  const byPath = new Map<string, Place[]>();
  for (const place of places) byPath.set(place.path, [...(byPath.get(place.path) ?? []), place]);
  return [...byPath.values()].map((same) =>
    tapePath(
      same[0]?.steps ?? [],
      same.map(({ match }) => match),
    ),
  );
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
      return { match, path, steps, keys: tellingKeys(steps, match) };
    });
}

/** The last two names of a path that not every object has; a key that has to be a certain text is such a name too. */
function tellingKeys(steps: readonly Step[], { equals }: FieldMatch): string[] {
  const names = steps.flatMap((step) => (step.to === "field" && !EVERYDAY.has(step.name) ? step.name : []));
  const own = steps.at(-1)?.to === "keys" && typeof equals === "string" ? [equals] : [];
  return [...names, ...own].slice(-2).reverse();
}
