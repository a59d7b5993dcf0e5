import { type ApiId, formatApiVersion } from "../../domain/api-lifecycle";
import type { KubernetesObject } from "../../domain/model";
import { canonicalJson } from "../canonical-hash";
import { EditableMap } from "../editing/editable-map";
import { movedBy, type Splice } from "../editing/splice";
import { Undecided } from "../editing/undecided";
import { findConversion } from "./index";
import type { Standing } from "./need";
import type { ObjectNode } from "./object-nodes";

export interface ConvertedObject {
  /** As it was before. */
  readonly object: KubernetesObject;
  readonly to: ApiId;
  /** What to know of it: sentences without the full stop. */
  readonly notes: readonly string[];
}

/** An object whose API the target does not serve, or has deprecated, and that needs a decision. */
export interface LeftObject extends Standing {
  readonly object: KubernetesObject;
  readonly reason: string;
}

/** What is to become of an object. */
export type Outcome = Rewritten | LeftOutcome | Unchanged;

interface Meant {
  readonly object: KubernetesObject;
  /** The object as canonical JSON, as it is to be in the new text. */
  readonly meaning: string;
}

interface Unchanged extends Meant {
  /** Whether it is known to be served. */
  readonly isJudged: boolean;
}

interface LeftOutcome extends Meant, LeftObject {}

export interface Rewritten extends Meant, ConvertedObject, Standing {
  /** In the whole text. */
  readonly splices: readonly Splice[];
  /** The object as it was, as canonical JSON. */
  readonly before: string;
}

export function isRewritten(outcome: Outcome): outcome is Rewritten {
  return "splices" in outcome;
}

export function isLeft(outcome: Outcome): outcome is LeftOutcome {
  return "reason" in outcome;
}

export function isUnchanged(outcome: Outcome): outcome is Unchanged {
  return "isJudged" in outcome;
}

interface Rewriting extends Meant, Standing {
  readonly value: Readonly<Record<string, unknown>>;
  readonly place: ObjectNode | undefined;
  readonly to: ApiId;
}

const WITHOUT_API =
  "it has no apiVersion of its own, being in a typed list or an alias: write apiVersion and kind into it";

/** Converts an object, or says why not; the text of the file is not changed yet. */
export function rewrite(rewriting: Rewriting, ingressClasses: ReadonlySet<string>): Outcome {
  const { object, meaning, to, isServed, server, place } = rewriting;
  const notes: string[] = [];
  try {
    if (!place) throw new Undecided(WITHOUT_API);
    const map = convertedMap(rewriting, place, ingressClasses, notes);
    const splices = map.splices().map((splice) => movedBy(place.offset, splice));
    return { object, to, notes, splices, isServed, server, before: meaning, meaning: canonicalJson(map.plain()) };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return { object, meaning, isServed, server, reason: error.message };
  }
}

/** @throws Undecided */
function convertedMap(
  { object, value, to }: Rewriting,
  { node, source }: ObjectNode,
  ingressClasses: ReadonlySet<string>,
  notes: string[],
) {
  const { apiVersion: from, kind } = object;
  const apiVersion = formatApiVersion(to);
  const conversion = findConversion(kind, from, apiVersion);
  if (!conversion)
    throw new Undecided(`no safe way from ${from} to ${to.kind} of ${apiVersion} is known: rewrite it by hand`);
  const map = EditableMap.of(node, value, "", source);
  conversion.convert?.(map, { from, to: apiVersion, kind, ingressClasses, note: (sentence) => notes.push(sentence) });
  map.set("apiVersion", apiVersion);
  if (to.kind !== kind) map.set("kind", to.kind);
  return map;
}
