import type { FieldMatch } from "../../domain/field-change";
import type { Step } from "../field-path";
import { NODE, type Tape } from "./tape";

/** Whether a path leads from a node of the tape to something that may be what is looked for. */
export type TapePath = (tape: Tape, bytes: Uint8Array, node: number) => boolean;

/** What a match asks of the value that a path leads to, as far as the tape tells: where it does not, the value may be what is asked for. */
export type Asked = Pick<FieldMatch, "equals" | "prefix" | "word" | "absent">;

/** Compiles the steps of a path for the tape. */
export function tapePath(steps: readonly Step[], asked: Asked): TapePath {
  return steps.reduceRight((next, step) => compiled(step, next), endOf(asked));
}

function endOf({ equals, prefix, word, absent }: Asked): TapePath {
  if (typeof equals === "string") return isText(equals, "equal");
  if (prefix !== undefined) return isText(prefix, "prefix");
  if (word !== undefined) return holds(word);
  return absent === undefined ? isSomething : isWithout(Buffer.from(absent));
}

/** Whether a scalar is a text or begins with it; one that is not written as it is may be. */
function isText(text: string, how: "equal" | "prefix"): TapePath {
  const wanted = Buffer.from(text);
  return (tape, bytes, node) => {
    const type = tape.type(node);
    if (type <= NODE.EMPTY) return false;
    if (type >= NODE.ESCAPED) return true;
    const quotes = type === NODE.PLAIN ? 0 : 1;
    const start = tape.start(node) + quotes;
    const length = tape.end(node) - quotes - start;
    return (how === "equal" ? length === wanted.length : length >= wanted.length) && isAt(bytes, start, wanted);
  };
}

function holds(word: string): TapePath {
  const wanted = Buffer.from(word);
  const first = wanted[0];
  return (tape, bytes, node) => {
    if (tape.type(node) <= NODE.EMPTY) return false;
    const end = tape.end(node) - wanted.length;
    for (let at = tape.start(node); at <= end; at++) if (bytes[at] === first && isAt(bytes, at, wanted)) return true;
    return false;
  };
}

function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

function compiled(step: Step, next: TapePath): TapePath {
  if (step.to === "field") return field(Buffer.from(step.name), next);
  return step.to === "items" ? eachItem(next) : eachEntry(step.to, next);
}

/** Null and absent values are nothing; what is written plainly may be null. */
function isSomething(tape: Tape, _bytes: Uint8Array, node: number): boolean {
  return tape.type(node) !== NODE.EMPTY;
}

function isWithout(name: Uint8Array): TapePath {
  return (tape, bytes, node) => {
    if (tape.type(node) !== NODE.MAP) return false;
    const value = valueAt(tape, bytes, node, name);
    return value < 0 || tape.type(value) === NODE.EMPTY || mayBeNull(tape, bytes, value);
  };
}

/** `null`, `Null`, `NULL` and `~`, among others. */
function mayBeNull(tape: Tape, bytes: Uint8Array, node: number): boolean {
  const first = bytes[tape.start(node)] as number;
  return tape.type(node) === NODE.PLAIN && (first === 126 || (first | 32) === 110);
}

function field(name: Uint8Array, next: TapePath): TapePath {
  return (tape, bytes, node) => {
    const value = tape.type(node) === NODE.MAP ? valueAt(tape, bytes, node, name) : -1;
    return value >= 0 && next(tape, bytes, value);
  };
}

function eachItem(next: TapePath): TapePath {
  return (tape, bytes, node) => {
    if (tape.type(node) !== NODE.SEQUENCE) return false;
    const end = tape.next(node);
    for (let item = tape.first(node); item < end; item = tape.next(item)) if (next(tape, bytes, item)) return true;
    return false;
  };
}

function eachEntry(to: "keys" | "values", next: TapePath): TapePath {
  return (tape, bytes, node) => {
    if (tape.type(node) !== NODE.MAP) return false;
    const end = tape.next(node);
    for (let key = tape.first(node); key < end; key = tape.next(tape.first(key))) {
      if (next(tape, bytes, to === "keys" ? key : tape.first(key))) return true;
    }
    return false;
  };
}

/** The value of a mapping's field; -1 where it has none. */
function valueAt(tape: Tape, bytes: Uint8Array, node: number, name: Uint8Array): number {
  const end = tape.next(node);
  for (let key = tape.first(node); key < end; ) {
    const value = tape.first(key);
    if (isNamed(tape, bytes, key, name)) return value;
    key = tape.next(value);
  }
  return -1;
}

function isNamed(tape: Tape, bytes: Uint8Array, key: number, name: Uint8Array): boolean {
  const quotes = tape.type(key) === NODE.PLAIN ? 0 : 1;
  const start = tape.start(key) + quotes;
  return tape.end(key) - quotes - start === name.length && isAt(bytes, start, name);
}
