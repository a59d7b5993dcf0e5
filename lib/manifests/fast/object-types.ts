import { type Trigger, triggersOf } from "./field-triggers";
import { hashOf } from "./known-words";
import { NODE, type Tape } from "./tape";
import { tapeValue } from "./tape-value";

/** What objects are by their apiVersion and kind. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly isList: boolean;
  /** Whether an object of this type always has to be read whole. */
  readonly isReadWhole: boolean;
  readonly triggers: readonly Trigger[];
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

  /** The type that two scalars spell; undefined where they are not sure to be a proper apiVersion and kind. */
  typeOf(tape: Tape, bytes: Buffer, apiVersion: number, kind: number): ObjectType | undefined {
    if (!isOneLine(tape.type(apiVersion)) || !isOneLine(tape.type(kind))) return undefined;
    const version = bytes.subarray(tape.start(apiVersion), tape.end(apiVersion));
    const name = bytes.subarray(tape.start(kind), tape.end(kind));
    const hash = (Math.imul(hashOf(version), 31) + hashOf(name)) | 0;
    const known = this.entries.get(hash) ?? [];
    const found = known.find((entry) => entry.kind.equals(name) && entry.apiVersion.equals(version));
    if (found) return found.type;
    const type = newType(tapeValue(tape, bytes, apiVersion), tapeValue(tape, bytes, kind));
    this.entries.set(hash, [...known, { apiVersion: Buffer.from(version), kind: Buffer.from(name), type }]);
    return type;
  }
}

function newType(apiVersion: unknown, kind: unknown): ObjectType | undefined {
  if (!isProper(apiVersion) || !isProper(kind)) return undefined;
  return {
    apiVersion,
    kind,
    isList: kind.endsWith("List"),
    isReadWhole: kind === "CustomResourceDefinition",
    triggers: triggersOf(apiVersion, kind),
  };
}

function isOneLine(type: number): boolean {
  return type === NODE.PLAIN || type === NODE.DOUBLE || type === NODE.SINGLE;
}

function isProper(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !value.includes("{{");
}
