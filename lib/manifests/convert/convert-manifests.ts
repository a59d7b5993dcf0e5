import { apiLifecycle } from "../../domain/api-lifecycle";
import type { KubernetesVersion } from "../../domain/kubernetes-version";
import type { Unreadable } from "../../domain/model";
import { canonicalJson } from "../canonical-hash";
import { movedBy, type Splice } from "../editing/splice";
import { readManifests } from "../read";
import { needOf } from "./need";
import { ObjectNodes } from "./object-nodes";
import { type ConvertedObject, isLeft, isRewritten, type LeftObject, type Outcome, rewrite } from "./outcome";
import { writeSafely } from "./write-safely";

export interface ConvertOptions {
  /** The Kubernetes version that is to serve the objects. */
  readonly target: KubernetesVersion;
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
  /** How many objects of built-in APIs need no conversion. */
  readonly unchanged: number;
  /** How many custom resources there are; the Kubernetes version says nothing of them. */
  readonly custom: number;
  readonly unreadable: readonly Unreadable[];
}

/**
 * Rewrites the objects of a text whose API the target does not serve, or has deprecated, for the newest one that it serves. Only the
 * lines that change are touched. What was written is read again, and what does not mean what was intended is left as it was.
 * @param file how the file is called in locations
 */
export function convertManifests(text: string, file: string, options: ConvertOptions): ConvertedManifests {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const plainText = text.slice(mark.length);
  const { outcomes, unreadable } = readOutcomes(plainText, file, options);
  const written = writeSafely(plainText, file, outcomes);
  const converted = written.outcomes.filter(isRewritten);
  const unchanged = written.outcomes.filter((outcome) => !isRewritten(outcome) && !isLeft(outcome));
  const custom = unchanged.filter(({ object: { apiVersion, kind } }) => !apiLifecycle(apiVersion, kind));
  return {
    text: mark + written.text,
    changes: converted.flatMap(({ splices }) => splices.map((splice) => movedBy(mark.length, splice))),
    converted,
    left: written.outcomes.filter(isLeft),
    unchanged: unchanged.length - custom.length,
    custom: custom.length,
    unreadable,
  };
}

function readOutcomes(text: string, file: string, { target, ingressClasses }: ConvertOptions) {
  const outcomes: Outcome[] = [];
  const nodes = new ObjectNodes(text);
  const { unreadable } = readManifests(text, file, (object, value) => {
    const meaning = canonicalJson(value);
    const need = needOf(object, target);
    if (!need) outcomes.push({ object, meaning });
    else if ("reason" in need) outcomes.push({ object, meaning, ...need });
    else {
      const place = object.location && nodes.at(object.location);
      outcomes.push(rewrite({ object, value, meaning, place, ...need }, ingressClasses));
    }
  });
  return { outcomes, unreadable };
}
