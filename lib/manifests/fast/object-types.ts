import { type Trigger, triggersOf } from "./field-triggers";
import { NODE, type Tape } from "./tape";
import type { TapePath } from "./tape-path";
import { tapeValue } from "./tape-value";
import { WordSet } from "./word-set";

/** What objects are by their apiVersion and kind. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly isList: boolean;
  /** Whether an object of this type always has to be read whole. */
  readonly isReadWhole: boolean;
  /** Whether an object of this type may hold others as text. */
  readonly isHolder: boolean;
  /** What is looked for in every object of this type. */
  readonly always: readonly TapePath[];
  /** What is looked for in objects with certain words. */
  readonly triggers: readonly Trigger[];
  /** The first words of the triggers. */
  readonly words: WordSet;
  /** Whether whoever reads wants to know of every object of this type. */
  readonly isWanted: boolean;
}

interface Entry {
  readonly apiVersion: Buffer;
  readonly kind: Buffer;
  /** Undefined where the two are no proper apiVersion and kind. */
  readonly type: ObjectType | undefined;
}

/** The types that have been met, found again by the bytes that spell them, quotes included. */
export class ObjectTypes {
  private readonly entries = new Map<number, Entry[]>();

  constructor(
    private readonly wordCount: number,
    private readonly isWanted: (apiVersion: string, kind: string) => boolean,
  ) {}

  /** The type that two scalars spell; undefined where they are not sure to be a proper apiVersion and kind. */
  typeOf(tape: Tape, bytes: Buffer, apiVersion: number, kind: number): ObjectType | undefined {
    const hash = Math.imul(hashAt(tape, bytes, apiVersion), 31) + hashAt(tape, bytes, kind);
    const known = this.entries.get(hash);
    if (known) {
      for (const entry of known) {
        if (isAt(entry.apiVersion, tape, bytes, apiVersion) && isAt(entry.kind, tape, bytes, kind)) return entry.type;
      }
    }
    if (!isOneLine(tape.type(apiVersion)) || !isOneLine(tape.type(kind))) return undefined;
    const entry = this.newEntry(tape, bytes, apiVersion, kind);
    this.entries.set(hash, [...(known ?? []), entry]);
    return entry.type;
  }

  private newEntry(tape: Tape, bytes: Buffer, apiVersion: number, kind: number): Entry {
    return {
      apiVersion: Buffer.from(bytes.subarray(tape.start(apiVersion), tape.end(apiVersion))),
      kind: Buffer.from(bytes.subarray(tape.start(kind), tape.end(kind))),
      type: this.newType(tapeValue(tape, bytes, apiVersion), tapeValue(tape, bytes, kind)),
    };
  }

  private newType(apiVersion: unknown, kind: unknown): ObjectType | undefined {
    if (!isProper(apiVersion) || !isProper(kind)) return undefined;
    const { always, triggers } = triggersOf(apiVersion, kind);
    return {
      apiVersion,
      kind,
      isList: kind.endsWith("List"),
      isReadWhole: kind === "CustomResourceDefinition",
      isHolder: apiVersion === "v1" && /^(?:ConfigMap|Secret)(?:List)?$/.test(kind),
      always,
      triggers,
      words: new WordSet(
        this.wordCount,
        triggers.map(({ first }) => first),
      ),
      isWanted: this.isWanted(apiVersion, kind),
    };
  }
}

function isOneLine(type: number): boolean {
  return type === NODE.PLAIN || type === NODE.DOUBLE || type === NODE.SINGLE;
}

function isProper(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !value.includes("{{");
}

/** Of its length and a few of its bytes: types are few, and their bytes are compared. */
function hashAt(tape: Tape, bytes: Uint8Array, node: number): number {
  const start = tape.start(node);
  const end = tape.end(node);
  const ends = ((bytes[start] as number) << 8) | (bytes[end - 1] as number);
  return Math.imul((ends << 8) | (bytes[(start + end) >> 1] as number), 31) + end - start;
}

function isAt(known: Uint8Array, tape: Tape, bytes: Uint8Array, node: number): boolean {
  const start = tape.start(node);
  if (tape.end(node) - start !== known.length) return false;
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[start + at]) return false;
  return true;
}
