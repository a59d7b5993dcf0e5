import type { KubernetesObject, Unreadable } from "../../domain/model";
import { canonicalJson } from "../canonical-hash";
import { movedBy, type Splice } from "../editing/splice";
import { readManifests } from "../read";
import { needOf, type Servers } from "./need";
import { ObjectNodes } from "./object-nodes";
import {
  type ConvertedObject,
  isLeft,
  isRewritten,
  isUnchanged,
  type LeftObject,
  type Outcome,
  rewrite,
} from "./outcome";
import { writeSafely } from "./write-safely";

export interface ConvertOptions extends Servers {
  /** Names of IngressClasses that are known to exist. */
  readonly ingressClasses: ReadonlySet<string>;
}

/** What became of a text of manifests. */
export interface ConvertedManifests {
  readonly text: string;
  /** What was replaced in the text that was given, in any order. */
  readonly changes: readonly Splice[];
  readonly converted: readonly ConvertedObject[];
  readonly left: readonly LeftObject[];
  /** How many objects need no conversion. */
  readonly unchanged: number;
  /** How many custom resources nobody can judge: what serves them is not given, or not known. */
  readonly custom: number;
  readonly unreadable: readonly Unreadable[];
  /** Those of the unreadable that do not even claim to be manifests. */
  readonly others: readonly Unreadable[];
}

/**
 * Rewrites the objects of a text whose API the target does not serve, or has deprecated, for the newest one that it serves. Only the
 * lines that change are touched. What was written is read again, and what does not mean what was intended is left as it was.
 * @param file how the file is called in locations
 */
export function convertManifests(text: string, file: string, options: ConvertOptions): ConvertedManifests {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const plainText = text.slice(mark.length);
  const { outcomes, unreadable, others } = readOutcomes(plainText, file, options);
  const written = writeSafely(plainText, file, outcomes);
  const converted = written.outcomes.filter(isRewritten);
  const unchanged = written.outcomes.filter(isUnchanged);
  const custom = unchanged.filter(({ isJudged }) => !isJudged);
  return {
    text: mark + written.text,
    changes: converted.flatMap(({ splices }) => splices.map((splice) => movedBy(mark.length, splice))),
    converted,
    left: written.outcomes.filter(isLeft),
    unchanged: unchanged.length - custom.length,
    custom: custom.length,
    unreadable,
    others,
  };
}

function readOutcomes(text: string, file: string, options: ConvertOptions) {
  const outcomes: Outcome[] = [];
  const others: Unreadable[] = [];
  const nodes = new ObjectNodes(text);
  const judge = (object: KubernetesObject, value: Readonly<Record<string, unknown>>) => {
    const meaning = canonicalJson(value);
    const need = needOf(object, options);
    if (typeof need === "string") outcomes.push({ object, meaning, isJudged: need === "none" });
    else if ("reason" in need) outcomes.push({ object, meaning, ...need });
    else {
      const place = object.location && nodes.at(object.location);
      outcomes.push(rewrite({ object, value, meaning, place, ...need }, options.ingressClasses));
    }
  };
  const { unreadable } = readManifests(text, file, judge, (other) => others.push(other));
  return { outcomes, unreadable, others };
}
