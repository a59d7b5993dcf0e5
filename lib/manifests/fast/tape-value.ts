import { YAML_AS_KUBECTL } from "../yaml-as-kubectl";
import { WORD } from "./known-words";
import { NODE, type Tape } from "./tape";

/**
 * The plain value of a node of the tape, as `plainValue` makes it of a parsed document, but for the schemas within a
 * CustomResourceDefinition: those are left out, for they are large and nothing asks for them.
 */
export function tapeValue(tape: Tape, bytes: Buffer, node: number): unknown {
  const type = tape.type(node);
  if (type === NODE.MAP) return mapping(tape, bytes, node);
  if (type === NODE.SEQUENCE) return sequence(tape, bytes, node);
  return type === NODE.PLAIN
    ? plain(textOf(tape, bytes, node))
    : type === NODE.EMPTY
      ? null
      : textOf(tape, bytes, node);
}

/** The text of a key, or of a scalar that is something. */
export function textOf(tape: Tape, bytes: Buffer, node: number): string {
  const type = tape.type(node);
  const start = tape.start(node);
  const end = tape.end(node);
  if (type === NODE.PLAIN) return bytes.toString("utf8", start, end);
  if (type === NODE.DOUBLE) return bytes.toString("utf8", start + 1, end - 1);
  const text = bytes.toString("utf8", start, end);
  if (type === NODE.SINGLE) return text.slice(1, -1).replaceAll("''", "'");
  if (type === NODE.LITERAL && !text.includes("\r")) return literal(text, tape.detail(node));
  return (type === NODE.ESCAPED && byJson(text)) || byParser(text);
}

function mapping(tape: Tape, bytes: Buffer, node: number): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const end = tape.next(node);
  for (let key = tape.first(node); key < end; ) {
    const value = tape.first(key);
    const member = tape.detail(key) === WORD.SCHEMA ? {} : tapeValue(tape, bytes, value);
    define(record, textOf(tape, bytes, key), member);
    key = tape.next(value);
  }
  return record;
}

function define(record: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

function sequence(tape: Tape, bytes: Buffer, node: number): unknown[] {
  const items: unknown[] = [];
  const end = tape.next(node);
  for (let item = tape.first(node); item < end; item = tape.next(item)) items.push(tapeValue(tape, bytes, item));
  return items;
}

/** What begins with a letter is text, but for these. */
const KEYWORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/** What YAML 1.1 reads a plain scalar as. */
function plain(text: string): unknown {
  if (/^[A-Za-z]/.test(text) && !KEYWORD.test(text)) return text;
  return NUMBER.test(text) ? Number(text) : resolved(text);
}

type Resolve = (text: string) => unknown;
let resolve: Resolve | undefined;

function resolved(text: string): unknown {
  resolve ??= resolver();
  return resolve(text);
}

/** Loaded late, as the YAML parser is: most manifests are read without it. */
function yaml(): typeof import("yaml") {
  return require("yaml");
}

function resolver(): Resolve {
  const { Document, isScalar } = yaml();
  const { schema } = new Document(null, YAML_AS_KUBECTL);
  return (text) => {
    const tag = schema.tags.find(({ default: isDefault, test }) => isDefault === true && test?.test(text));
    const value = tag?.resolve ? tag.resolve(text as never, () => {}, { intAsBigInt: false }) : text;
    return isScalar(value) ? value.value : value;
  };
}

function byJson(text: string): string | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // An escape that JSON does not have.
    return undefined;
  }
}

/** What only the YAML parser can be trusted with, as the value of a key so that its lines are indented further. */
function byParser(text: string): string {
  return String(yaml().parseDocument(`x: ${text}`, YAML_AS_KUBECTL).get("x"));
}

/** A block of text as it is, without its indentation. */
function literal(text: string, indent: number): string {
  const headerEnd = text.indexOf("\n");
  const header = text.slice(0, headerEnd);
  const body = text.slice(headerEnd + 1);
  const lines = body === "" ? [] : body.split("\n");
  const count = lines.findLastIndex((line) => /[^ ]/.test(line)) + 1;
  const content = lines.slice(0, count).map((line) => line.slice(indent));
  const isKept = /^\|\d?\+/.test(header);
  if (count === 0) return isKept && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
  if (/^\|\d?-/.test(header)) return content.join("\n");
  if (!isKept) return `${content.join("\n")}\n`;
  const blank = lines.slice(count).map((line) => `\n${line.slice(indent)}`);
  const kept = content.join("\n") + blank.join("");
  return kept.endsWith("\n") ? kept : `${kept}\n`;
}
