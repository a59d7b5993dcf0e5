import { isMap } from "yaml";
import { type ApiId, formatApiVersion } from "../../domain/api-lifecycle";
import type { KubernetesObject } from "../../domain/model";
import { canonicalJson } from "../canonical-hash";
import { EditableMap } from "../editing/editable-map";
import type { SourceText } from "../editing/source-text";
import type { Splice } from "../editing/splice";
import { Undecided } from "../editing/undecided";
import type { ObjectSource } from "../read";
import { findConversion } from "./index";

export interface ConvertedObject {
  /** As it was before. */
  readonly object: KubernetesObject;
  readonly to: ApiId;
  /** What to know of it: sentences without the full stop. */
  readonly notes: readonly string[];
}

/** An object whose API the target does not serve, or has deprecated, and that needs a decision. */
export interface LeftObject {
  readonly object: KubernetesObject;
  readonly reason: string;
  /** Whether the target serves its API all the same. */
  readonly isServed: boolean;
}

/** What is to become of an object. */
export type Outcome = Rewritten | LeftOutcome | Unchanged;

interface Unchanged {
  readonly object: KubernetesObject;
  /** The object as canonical JSON, as it is to be in the new text. */
  readonly meaning: string;
}

interface LeftOutcome extends Unchanged, LeftObject {}

export interface Rewritten extends Unchanged, ConvertedObject {
  /** In the whole text. */
  readonly splices: readonly Splice[];
  /** Whether the target serves the API that it has now. */
  readonly isServed: boolean;
  /** The object as it was, as canonical JSON. */
  readonly before: string;
}

export function isRewritten(outcome: Outcome): outcome is Rewritten {
  return "splices" in outcome;
}

export function isLeft(outcome: Outcome): outcome is LeftOutcome {
  return "reason" in outcome;
}

interface Rewriting extends Unchanged {
  readonly value: Readonly<Record<string, unknown>>;
  readonly place: ObjectSource;
  readonly text: SourceText;
  readonly to: ApiId;
  readonly isServed: boolean;
}

/** Converts an object, or says why not; the text of the file is not changed yet. */
export function rewrite(rewriting: Rewriting, ingressClasses: ReadonlySet<string>): Outcome {
  const { object, meaning, to, isServed, place } = rewriting;
  const notes: string[] = [];
  try {
    const map = convertedMap(rewriting, ingressClasses, notes);
    const { offset } = place.document;
    const splices = map.splices().map(({ start, end, text }) => ({ start: start + offset, end: end + offset, text }));
    return { object, to, notes, splices, isServed, before: meaning, meaning: canonicalJson(map.plain()) };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return { object, meaning, isServed, reason: error.message };
  }
}

/** @throws Undecided */
function convertedMap(
  { object, value, place: { node }, text, to }: Rewriting,
  ingressClasses: ReadonlySet<string>,
  notes: string[],
) {
  const { apiVersion: from, kind } = object;
  const apiVersion = formatApiVersion(to);
  const conversion = findConversion(kind, from, apiVersion);
  if (!conversion)
    throw new Undecided(`no safe way from ${from} to ${to.kind} of ${apiVersion} is known: rewrite it by hand`);
  if (!isMap(node) || !node.has("apiVersion")) {
    throw new Undecided(
      "it has no apiVersion of its own, being in a typed list or an alias: write apiVersion and kind into it",
    );
  }
  const map = EditableMap.of(node, value, "", text);
  conversion.convert?.(map, { from, to: apiVersion, kind, ingressClasses, note: (sentence) => notes.push(sentence) });
  map.set("apiVersion", apiVersion);
  if (to.kind !== kind) map.set("kind", to.kind);
  return map;
}
