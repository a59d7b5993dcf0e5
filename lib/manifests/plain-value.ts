import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { duplicateKey } from "./broken-document";
import { isRecord } from "./is-record";

export { isRecord } from "./is-record";

/** Deeper than any manifest, and shallow enough for every recursive reader of the value. */
export const DEEPEST = 200;
/** How many values aliases may add to a document; far above any manifest, far below a "billion laughs". */
const MOST_ALIASED = 1_000_000;

/** Something in a document that has no place in a Kubernetes manifest. */
export class YamlProblem extends Error {
  constructor(
    message: string,
    /** Offset in the document's text. */
    readonly offset: number,
  ) {
    super(message);
  }
}

/**
 * The plain value of a parsed document, as sigs.k8s.io/yaml makes it for kubectl: keys become text, merge keys are merged.
 * Stricter in one thing: a key that stands twice is refused, where kubectl would silently take the last.
 * @throws YamlProblem for duplicate keys, keys that are no text, aliases out of hand and deep nesting.
 */
export function plainValue(document: Document): unknown {
  return new PlainReader().read(document.contents, 0);
}

/** The message for a document nested too deeply, also when the YAML parser itself gave up. */
export const TOO_DEEP = `nested more than ${DEEPEST} levels deep, which no Kubernetes object is: flatten it`;

interface Anchored {
  readonly value: unknown;
  /** How many values it holds, itself included, aliases expanded. */
  readonly weight: number;
}

class PlainReader {
  private readonly anchors = new Map<string, Anchored>();
  private count = 0;

  read(node: unknown, depth: number): unknown {
    if (depth > DEEPEST) throw new YamlProblem(TOO_DEEP, offsetOf(node));
    if (isAlias(node)) return this.alias(node);
    const before = this.count;
    this.count += 1;
    const value = this.content(node, depth);
    const anchor = (node as Node | null)?.anchor;
    if (anchor) this.anchors.set(anchor, { value, weight: this.count - before });
    return value;
  }

  private content(node: unknown, depth: number): unknown {
    if (isMap(node)) return this.map(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.read(item, depth + 1));
    return isScalar(node) ? node.value : null;
  }

  private alias(node: Alias): unknown {
    const anchored = this.anchors.get(node.source);
    if (!anchored) {
      throw new YamlProblem(
        `the alias *${node.source} refers to no anchor before it: define &${node.source} first`,
        offsetOf(node),
      );
    }
    this.count += anchored.weight;
    if (this.count > MOST_ALIASED) {
      throw new YamlProblem(
        `its aliases expand to more than ${MOST_ALIASED} values: write out what is meant`,
        offsetOf(node),
      );
    }
    return anchored.value;
  }

  private map(node: YAMLMap, depth: number): Record<string, unknown> {
    const own = new Map<string, unknown>();
    const merged: unknown[] = [];
    for (const pair of node.items) {
      const value = () => this.read(pair.value, depth + 1);
      if (isMergeKey(pair)) merged.push(value());
      else own.set(newKey(pair, own), value());
    }
    return asRecord(merged.length === 0 ? own : withMerged(own, merged, node));
  }
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && (typeof key.value === "symbol" || (key.value === "<<" && key.type === "PLAIN"));
}

function newKey({ key }: Pair, taken: ReadonlyMap<string, unknown>): string {
  const value = isScalar(key) ? key.value : undefined;
  if (value === undefined || value === null) {
    throw new YamlProblem(
      "a key that is no text: Kubernetes field names are text; put it in quotes if it is meant as one",
      offsetOf(key),
    );
  }
  const name = String(value);
  if (taken.has(name)) {
    throw new YamlProblem(duplicateKey(name), offsetOf(key));
  }
  return name;
}

/** Keys of the mapping itself win over merged ones, earlier merged mappings over later ones. */
function withMerged(own: Map<string, unknown>, merged: readonly unknown[], node: YAMLMap): Map<string, unknown> {
  const all = new Map(own);
  for (const source of merged.flat(1)) {
    if (!isRecord(source))
      throw new YamlProblem('"<<" merges something that is no mapping: give it an alias of a mapping', offsetOf(node));
    for (const [key, value] of Object.entries(source)) if (!all.has(key)) all.set(key, value);
  }
  return all;
}

/** `Object.fromEntries` defines properties, so that a key named `__proto__` stays data. */
function asRecord(entries: Map<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(entries);
}

/** Where a node starts in its document's text; 0 where the parser does not say. */
export function offsetOf(node: unknown): number {
  if (isPair(node)) return offsetOf(node.key);
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}
