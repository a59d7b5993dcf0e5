import { isMap, isScalar, isSeq, type Pair } from "yaml";
import { isRecord } from "../plain-value";
import { EditableMap } from "./editable-map";
import { quotedAs } from "./scalar-text";
import { endOf, type SourceText, startOf } from "./source-text";
import type { Splice } from "./splice";
import { Undecided } from "./undecided";

/** A value of a document that is being edited. */
export interface Part {
  /** What it means now, as plain JSON. */
  plain(): unknown;
  /** What to change in the document's text; nothing for a value that is not from there. */
  splices(): readonly Splice[];
}

/** A value of the document that nobody looked into. */
export class KeptPart implements Part {
  constructor(
    readonly node: unknown,
    private readonly value: unknown,
  ) {}

  plain(): unknown {
    return this.value;
  }

  splices(): readonly Splice[] {
    return [];
  }
}

/** A scalar that the document does not have. */
export class NewScalar implements Part {
  constructor(readonly value: unknown) {}

  plain(): unknown {
    return this.value;
  }

  splices(): readonly Splice[] {
    return [];
  }
}

/** A scalar in the place of another. */
export class ReplacedScalar implements Part {
  constructor(
    private readonly node: unknown,
    private readonly value: unknown,
    private readonly text: SourceText,
  ) {}

  plain(): unknown {
    return this.value;
  }

  splices(): readonly Splice[] {
    const [start, end] = [startOf(this.node), endOf(this.node)];
    return [{ start, end, text: quotedAs(this.text.text.slice(start, end), this.value) }];
  }
}

/** A sequence that the document does not have. */
export class NewSequence implements Part {
  constructor(readonly items: readonly Part[]) {}

  plain(): unknown[] {
    return this.items.map((item) => item.plain());
  }

  splices(): readonly Splice[] {
    return [];
  }
}

/** A sequence of mappings of the document. */
export class MapSequence implements Part {
  constructor(
    readonly node: unknown,
    readonly items: readonly EditableMap[],
  ) {}

  plain(): unknown[] {
    return this.items.map((item) => item.plain());
  }

  splices(): readonly Splice[] {
    return this.items.flatMap((item) => item.splices());
  }
}

/** A value that the document does not have, ready for further edits. */
export function newPart(value: unknown): Part {
  if (Array.isArray(value)) return new NewSequence(value.map(newPart));
  if (!isRecord(value)) return new NewScalar(value);
  const map = EditableMap.empty("");
  for (const [key, member] of Object.entries(value)) map.set(key, member);
  return map;
}

/**
 * Opens a value as a mapping.
 * @throws Undecided for what is none, and for an alias, whose text stands elsewhere
 */
export function openMap({ node, plain }: Opened, path: string, text: SourceText): EditableMap {
  if (!isMap(node) || !isRecord(plain)) throw notAs("a mapping", node, path);
  return EditableMap.of(node, plain, path, text);
}

/** Opens a value as a sequence of mappings; see {@link openMap}. */
export function openMaps({ node, plain }: Opened, path: string, text: SourceText): MapSequence {
  if (!isSeq(node) || !Array.isArray(plain)) throw notAs("a sequence", node, path);
  const open = (item: unknown, index: number) =>
    openMap({ node: item, plain: plain[index] }, `${path}[${index}]`, text);
  return new MapSequence(node, node.items.map(open));
}

/** A node, and what it means. */
export interface Opened {
  readonly node: unknown;
  readonly plain: unknown;
}

/** Whether a pair's value can be replaced where it stands: a scalar that is written out. */
export function isWrittenScalar({ value }: Pair): boolean {
  return isScalar(value) && endOf(value) > startOf(value) && !value.type?.startsWith("BLOCK_");
}

function notAs(what: string, node: unknown, path: string): Undecided {
  if (isMap(node) || isSeq(node) || isScalar(node) || !node) return new Undecided(`${path} is not ${what}: correct it`);
  return new Undecided(`${path} comes from a YAML alias: write it out where it stands`);
}
