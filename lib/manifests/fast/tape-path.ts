import type { FieldMatch } from "../../domain/field-change";
import type { Step } from "../field-path";
import { conditionsOf } from "../match-fields";
import { NODE, type Tape } from "./tape";
import { tapeValue } from "./tape-value";

const { EMPTY, MAP, PLAIN, SEQUENCE } = NODE;

/** Whether a path leads from a node of the tape to something that may be what is looked for. */
export type TapePath = (tape: Tape, bytes: Buffer, node: number) => boolean;

/**
 * Compiles the steps of a path for the tape, and what matches ask of the value at its end: that one of them may hit it. What that is
 * exempted by (`unless`) plays no part.
 */
export function tapePath(steps: readonly Step[], matches: readonly FieldMatch[]): TapePath {
  return steps.reduceRight((next, step) => compiled(step, next), anyOf(matches.map(endOf)));
}

function anyOf(ends: readonly TapePath[]): TapePath {
  const [only, ...others] = ends;
  if (only && others.length === 0) return only;
  return (tape, bytes, node) => ends.some((end) => end(tape, bytes, node));
}

/** Values are built where something is asked of them that their bytes do not tell. */
function endOf(match: FieldMatch): TapePath {
  if (match.absent !== undefined) return isWithout(Buffer.from(match.absent));
  const conditions = conditionsOf(match);
  const holdAll = (value: unknown) => value !== null && conditions.every((holds) => holds(value));
  const may = mayHold(match);
  return (tape, bytes, node) => {
    const type = tape.type(node);
    if (type === EMPTY || !may(tape, bytes, node)) return false;
    const isCollection = type === MAP || type === SEQUENCE;
    return (isCollection && conditions.length === 0) || holdAll(tapeValue(tape, bytes, node));
  };
}

/** Whether a value is a mapping without a field; null is as good as none. */
function isWithout(name: Uint8Array): TapePath {
  return (tape, bytes, node) => {
    if (tape.type(node) !== MAP) return false;
    const value = valueAt(tape, bytes, node, name);
    return value < 0 || tape.type(value) === EMPTY || isNull(tape, bytes, value);
  };
}

function isNull(tape: Tape, bytes: Buffer, node: number): boolean {
  return tape.type(node) === PLAIN && tapeValue(tape, bytes, node) === null;
}

/**
 * Whether a value may be what is asked for, by its bytes: cheaper than to build it, and certain when it says no, for no way of writing
 * text that the walker is certain of hides a word.
 */
function mayHold({ equals, prefix, word }: FieldMatch): TapePath {
  const text = typeof equals === "string" ? equals : (prefix ?? word);
  if (text === undefined) return () => true;
  const wanted = Buffer.from(text);
  return (tape, bytes, node) => tape.type(node) > EMPTY && holds(tape, bytes, node, wanted);
}

function holds(tape: Tape, bytes: Uint8Array, node: number, wanted: Uint8Array): boolean {
  const first = wanted[0];
  const end = tape.end(node) - wanted.length;
  for (let at = tape.start(node); at <= end; at++) if (bytes[at] === first && isAt(bytes, at, wanted)) return true;
  return false;
}

function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

function compiled(step: Step, next: TapePath): TapePath {
  if (step.to === "field") return field(Buffer.from(step.name), next);
  return step.to === "items" ? eachItem(next) : eachEntry(step.to, next);
}

function field(name: Uint8Array, next: TapePath): TapePath {
  return (tape, bytes, node) => {
    const value = tape.type(node) === MAP ? valueAt(tape, bytes, node, name) : -1;
    return value >= 0 && next(tape, bytes, value);
  };
}

function eachItem(next: TapePath): TapePath {
  return (tape, bytes, node) => {
    if (tape.type(node) !== SEQUENCE) return false;
    const end = tape.next(node);
    for (let item = tape.first(node); item < end; item = tape.next(item)) if (next(tape, bytes, item)) return true;
    return false;
  };
}

function eachEntry(to: "keys" | "values", next: TapePath): TapePath {
  return (tape, bytes, node) => {
    if (tape.type(node) !== MAP) return false;
    const end = tape.next(node);
    for (let key = tape.first(node); key < end; key = tape.next(tape.first(key))) {
      if (next(tape, bytes, to === "keys" ? key : tape.first(key))) return true;
    }
    return false;
  };
}

/** The value of a mapping's field; -1 where it has none. */
function valueAt(tape: Tape, bytes: Buffer, node: number, name: Uint8Array): number {
  const end = tape.next(node);
  for (let key = tape.first(node); key < end; ) {
    const value = tape.first(key);
    if (isNamed(tape, bytes, key, name)) return value;
    key = tape.next(value);
  }
  return -1;
}

function isNamed(tape: Tape, bytes: Buffer, key: number, name: Uint8Array): boolean {
  const quotes = tape.type(key) === PLAIN ? 0 : 1;
  const start = tape.start(key) + quotes;
  return tape.end(key) - quotes - start === name.length && isAt(bytes, start, name);
}
