import { isScalar, type Pair, type YAMLMap } from "yaml";
import type { Part } from "./part";
import { quotedAs } from "./scalar-text";
import { endOf, type SourceText, startOf } from "./source-text";
import type { Splice } from "./splice";

/** A key and its value. It takes its text, comments included, along when it moves. */
export interface Entry {
  readonly key: string;
  readonly value: Part;
  /** Where it stands in the document; absent for what is new. */
  readonly source?: EntrySource;
}

export interface EntrySource {
  readonly pair: Pair;
  readonly text: SourceText;
  readonly isFlow: boolean;
}

/** A mapping of the document. */
export interface MapSource {
  readonly node: YAMLMap;
  readonly text: SourceText;
  /** As the document has them. */
  readonly entries: readonly Entry[];
}

/** The changes within an entry that stays in its place: of its name and of its value. */
export function entrySplices({ key, value, source }: Entry): Splice[] {
  if (!source || keyOf(source.pair) === key) return [...value.splices()];
  const [start, end] = [startOf(source.pair.key), endOf(source.pair.key)];
  return [{ start, end, text: quotedAs(source.text.text.slice(start, end), key) }, ...value.splices()];
}

/** The name of a pair's key; empty for a key that is no text. */
export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}
