import type { Pair, YAMLMap } from "yaml";
import { blockRegion } from "./block-text";
import { type Entry, entrySplices, keyOf, type MapSource } from "./entry";
import { flowRegion } from "./flow-text";
import {
  isWrittenScalar,
  KeptPart,
  MapSequence,
  NewScalar,
  NewSequence,
  newPart,
  openMap,
  openMaps,
  type Part,
  ReplacedScalar,
} from "./part";
import type { SourceText } from "./source-text";
import type { Splice } from "./splice";
import { Undecided } from "./undecided";

/**
 * A mapping that can be changed, of which everything that is not changed keeps its text. Nothing is written before {@link splices}
 * is asked for.
 */
export class EditableMap implements Part {
  private current: Entry[];
  /** Pairs that left for another mapping, with their comments. */
  private readonly moved = new Set<Pair>();
  /** Values that were taken out; what moved out of them before took its comments along. */
  private readonly removed = new Map<Pair, Part>();

  private constructor(
    /** Where it stands in its object, such as `spec.rules[0]`, for messages; empty for the object itself. */
    readonly path: string,
    readonly source?: MapSource,
  ) {
    this.current = [...(source?.entries ?? [])];
  }

  /** A new mapping without entries. */
  static empty(path: string): EditableMap {
    return new EditableMap(path);
  }

  /** @throws Undecided for a mapping that merges another with `<<` */
  static of(node: YAMLMap, plain: Readonly<Record<string, unknown>>, path: string, text: SourceText): EditableMap {
    const entries = node.items.map((pair): Entry => {
      const key = keyOf(pair);
      if (!Object.hasOwn(plain, key)) {
        throw new Undecided(`${path || "the object"} merges an alias with "<<": write its fields out`);
      }
      return {
        key,
        value: new KeptPart(pair.value, plain[key]),
        source: { pair, text, isFlow: node.flow === true },
      };
    });
    return new EditableMap(path, { node, text, entries });
  }

  /** Its entries as they are now, in order. */
  get entries(): readonly Entry[] {
    return this.current;
  }

  get isEmpty(): boolean {
    return this.current.length === 0;
  }

  has(key: string): boolean {
    return this.find(key) !== undefined;
  }

  /** The plain value of a key; undefined where there is none or it is null. */
  get(key: string): unknown {
    return this.find(key)?.value.plain() ?? undefined;
  }

  /** The path of one of its keys, for messages. */
  pathOf(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  /**
   * A mapping under a key; undefined where there is none.
   * @throws Undecided when it is something else, or an alias
   */
  map(key: string): EditableMap | undefined {
    const entry = this.find(key);
    if (!entry || entry.value.plain() === null) return undefined;
    if (entry.value instanceof EditableMap) return entry.value;
    const opened = openMap(this.opened(entry), this.pathOf(key), this.textOf(entry));
    this.replace(entry, { ...entry, value: opened });
    return opened;
  }

  /**
   * The mappings of the sequence under a key; none where there is none.
   * @throws Undecided when it is something else, or an alias
   */
  maps(key: string): readonly EditableMap[] {
    const entry = this.find(key);
    if (!entry || entry.value.plain() === null) return [];
    if (entry.value instanceof MapSequence) return entry.value.items;
    const opened = openMaps(this.opened(entry), this.pathOf(key), this.textOf(entry));
    this.replace(entry, { ...entry, value: opened });
    return opened.items;
  }

  /** Gives a key a new plain value, in its place; a new key comes before or after another, else to the end. */
  set(key: string, value: unknown, beside: Beside = {}): void {
    this.setPart(key, newPart(value), beside);
  }

  /** Adds an empty mapping; see {@link set}. A null in its place goes. */
  addMap(key: string, beside: Beside = {}): EditableMap {
    const added = EditableMap.empty(this.pathOf(key));
    this.setPart(key, added, beside);
    return added;
  }

  /** Adds a sequence of one empty mapping, and answers that mapping; see {@link set}. */
  addMapItem(key: string, beside: Beside = {}): EditableMap {
    const added = EditableMap.empty(`${this.pathOf(key)}[0]`);
    this.setPart(key, new NewSequence([added]), beside);
    return added;
  }

  private setPart(key: string, value: Part, beside: Beside): void {
    const entry = this.find(key);
    if (!entry) this.current.splice(this.index(beside), 0, { key, value });
    else if (entry.source && value instanceof NewScalar && isWrittenScalar(entry.source.pair)) {
      const { pair, text } = entry.source;
      this.replace(entry, { ...entry, value: new ReplacedScalar(pair.value, value.plain(), text) });
    } else this.replace(entry, { key, value });
  }

  /** Takes a key out. The comments above and behind it stay. */
  remove(key: string): void {
    const entry = this.find(key);
    if (entry?.source) this.removed.set(entry.source.pair, entry.value);
    this.current = this.current.filter((each) => each !== entry);
  }

  rename(key: string, to: string): void {
    const entry = this.find(key);
    if (!entry) return;
    this.refuseTaken(to);
    this.replace(entry, { ...entry, key: to });
  }

  /** Takes a key out with its comments, to {@link put} it elsewhere; undefined where there is none. */
  take(key: string): Entry | undefined {
    const entry = this.find(key);
    if (!entry) return undefined;
    this.remove(key);
    if (entry.source) this.moved.add(entry.source.pair);
    return entry;
  }

  /** Puts in what was taken elsewhere. @throws Undecided when the key is there already */
  put(entry: Entry, key: string, beside: Beside = {}): void {
    this.refuseTaken(key);
    this.current.splice(this.index(beside), 0, { ...entry, key });
  }

  /**
   * Moves keys one level down, into the mapping `into`, which is made in the place of the first of them.
   * @param names the keys, and what they are called there
   * @returns the mapping; undefined when there is none of the keys
   */
  nest(into: string, names: Readonly<Record<string, string>>): EditableMap | undefined {
    const keys = this.current.map(({ key }) => key).filter((key) => Object.hasOwn(names, key));
    const [first] = keys;
    if (first === undefined) return undefined;
    const inner = this.map(into) ?? EditableMap.empty(this.pathOf(into));
    if (!this.has(into)) this.current.splice(this.index({ before: first }), 0, { key: into, value: inner });
    for (const key of keys) {
      const entry = this.take(key);
      if (entry) inner.put(entry, names[key] ?? key);
    }
    return inner;
  }

  /** The pairs that went elsewhere with their comments: a gone pair itself, or some within it. */
  movedFrom(gone: Pair): readonly Pair[] {
    if (this.moved.has(gone)) return [gone];
    const value = this.removed.get(gone);
    return value instanceof EditableMap && !value.source?.node.flow ? [...value.moved] : [];
  }

  plain(): Record<string, unknown> {
    return Object.fromEntries(this.current.map(({ key, value }) => [key, value.plain()]));
  }

  splices(): readonly Splice[] {
    if (!this.source) return [];
    if (!this.isReordered(this.source)) return this.current.flatMap(entrySplices);
    return [this.source.node.flow ? flowRegion(this, this.source) : blockRegion(this, this.source)];
  }

  private isReordered({ entries }: MapSource): boolean {
    return (
      entries.length !== this.current.length ||
      entries.some(({ source }, index) => source?.pair !== this.current[index]?.source?.pair)
    );
  }

  private find(key: string): Entry | undefined {
    return this.current.find((entry) => entry.key === key);
  }

  private replace(entry: Entry, by: Entry): void {
    this.current = this.current.map((each) => (each === entry ? by : each));
  }

  private index({ before, after }: Beside): number {
    const found = this.current.findIndex(({ key }) => key === (before ?? after));
    if (found < 0) return this.current.length;
    return before === undefined ? found + 1 : found;
  }

  private refuseTaken(key: string): void {
    if (this.has(key)) throw new Undecided(`${this.pathOf(key)} is there already: keep one of the two`);
  }

  private opened({ value, source }: Entry): { node: unknown; plain: unknown } {
    return { node: source?.pair.value, plain: value.plain() };
  }

  private textOf({ key, source }: Entry): SourceText {
    if (source) return source.text;
    throw new Error(`${this.pathOf(key)} is not of the document`);
  }
}

/** Where a new key goes. */
export interface Beside {
  readonly before?: string;
  readonly after?: string;
}
