import {
  Document,
  type DocumentOptions,
  Lexer,
  type ParseOptions,
  Parser,
  parseDocument,
  type SchemaOptions,
  YAMLParseError,
} from "yaml";
import { DEEPEST, TOO_DEEP } from "./plain-value";
import { YAML_AS_KUBECTL } from "./yaml-as-kubectl";

/** Far above `DEEPEST`, so that what is refused here would be refused anyway, and far below what exhausts the stack. */
const MOST_OPEN = 2 * DEEPEST;

/**
 * Parses a document as kubectl does. What is nested too deeply is an error of the document: the YAML parser calls itself for each level,
 * and where the stack runs out within a regular expression, Node ends and throws nothing.
 */
export function parseYaml(text: string, options: ParseOptions & DocumentOptions & SchemaOptions = {}): Document {
  const offset = tooDeepAt(text);
  if (offset === undefined) return parseDocument(text, { ...YAML_AS_KUBECTL, ...options });
  const document = new Document();
  document.errors.push(new YAMLParseError([offset, offset + 1], "RESOURCE_EXHAUSTION", TOO_DEEP));
  return document;
}

/** Where a text is nested too deeply for the YAML parser; undefined where it is not. */
export function tooDeepAt(text: string): number | undefined {
  if (mostLevels(text) <= DEEPEST) return undefined;
  // The first half of the parser, which keeps a stack of its own and tells brackets from text.
  const parser = new Parser();
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MOST_OPEN) return offset;
    offset = parser.offset;
  }
  return undefined;
}

/** What a line can begin with that opens blocks: each level takes a column at least. */
const BLOCK_STARTS = /^[ \t?:-]*/gm;

/** More levels than this a text cannot have; it may have fewer, as brackets may be text. */
function mostLevels(text: string): number {
  let blocks = 0;
  for (const [start] of text.matchAll(BLOCK_STARTS)) blocks = Math.max(blocks, start.length);
  return 2 * blocks + mostBrackets(text);
}

function mostBrackets(text: string): number {
  let [open, most] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "[" || character === "{") most = Math.max(most, ++open);
    else if ((character === "]" || character === "}") && open > 0) open--;
  }
  return most;
}
