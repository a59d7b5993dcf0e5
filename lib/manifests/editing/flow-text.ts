import { isCollection, isScalar } from "yaml";
import { shifted } from "./block-text";
import { EditableMap } from "./editable-map";
import { type Entry, entrySplices, type MapSource } from "./entry";
import { NewSequence, type Part } from "./part";
import { scalarText } from "./scalar-text";
import { commentsOf, endOf, type SourceText, startOf } from "./source-text";
import { type Splice, spliced } from "./splice";
import { Undecided } from "./undecided";

/** How a flow mapping is written: `{ a: 1 }`, `{"a":1}`, or each entry in a line of its own. */
interface FlowStyle {
  /** As JSON: everything in quotes. */
  readonly isJson: boolean;
  /** Between a key and its value. */
  readonly colon: string;
  /** Between two entries of one line. */
  readonly comma: string;
  /** Within the brackets of one line. */
  readonly padding: string;
  readonly hasLines: boolean;
  /** What stands before the lines of its entries. */
  readonly margin: string;
  readonly unit: string;
  readonly newline: string;
}

/**
 * A flow mapping whose entries are other ones than before, JSON included.
 * @throws Undecided where comments stand between its entries
 */
export function flowRegion(map: EditableMap, { node, text }: MapSource): Splice {
  const [start, end] = [startOf(node), endOf(node)];
  if (commentsOf(text.text.slice(start, end)).length > 0) {
    throw new Undecided(
      `${map.path || "the object"} has comments within { }: write it in block style, without the braces`,
    );
  }
  const style = styleOf(text.text.slice(start, end), start, text);
  const closing = CLOSING.exec(text.text.slice(start, end))?.[1] ?? "";
  return {
    start,
    end,
    text: braces(
      map.entries.map((entry) => entryText(entry, style)),
      style,
      closing,
    ),
  };
}

const OPENING = /^\{(\s*)/;
const FIRST_PAIR = /^\{\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^:{}[\],]*?)(\s*:\s*)/;
/** The margin of a closing brace in a line of its own. */
const CLOSING = /\n([ \t]*)\}$/;
const COMMA = /,([ \t]*)[^\s]/;

function styleOf(flow: string, start: number, text: SourceText): FlowStyle {
  const opening = OPENING.exec(flow)?.[1] ?? "";
  const [, key = "", colon = ": "] = FIRST_PAIR.exec(flow) ?? [];
  const hasLines = opening.includes("\n");
  return {
    isJson: key.startsWith('"'),
    colon: colon.includes("\n") ? ": " : colon,
    comma: `,${COMMA.exec(flow)?.[1] ?? (colon.endsWith(" ") ? " " : "")}`,
    padding: hasLines ? "" : opening,
    hasLines,
    margin: hasLines ? opening.slice(opening.lastIndexOf("\n") + 1) : text.margin(start),
    unit: text.unit,
    newline: text.newline,
  };
}

function deeper(style: FlowStyle): FlowStyle {
  return { ...style, margin: style.margin + style.unit };
}

function braces(entries: readonly string[], style: FlowStyle, closing: string): string {
  if (entries.length === 0) return "{}";
  const { hasLines, newline, margin, comma, padding } = style;
  if (!hasLines) return `{${padding}${entries.join(comma)}${padding}}`;
  const lines = entries.map((entry) => newline + margin + entry).join(",");
  return `{${lines}${newline}${closing}}`;
}

function entryText(entry: Entry, style: FlowStyle): string {
  const { key, value, source } = entry;
  if (!source) return quoted(key, style) + style.colon + valueText(value, style);
  const { pair, text, isFlow } = source;
  if (!isFlow) return quoted(key, style) + style.colon + fromBlock(entry, style);
  const body = spliced(text.text, entrySplices(entry), startOf(pair.key), endOf(pair.value ?? pair.key));
  return shifted(body, text.margin(startOf(pair.key)), style.margin);
}

/** A value that stood in block style. */
function fromBlock({ key, value, source }: Entry, style: FlowStyle): string {
  const node = source?.pair.value;
  if (node && isCollection(node) && !node.flow) {
    throw new Undecided(`${key} would have to go into a mapping in braces { }: write that one in block style first`);
  }
  return isScalar(node) || !node
    ? quoted(value.plain(), style)
    : spliced(source.text.text, [], startOf(node), endOf(node));
}

function valueText(value: Part, style: FlowStyle): string {
  if (value instanceof EditableMap) {
    const inner = style.hasLines ? deeper(style) : style;
    return braces(
      value.entries.map((entry) => entryText(entry, inner)),
      inner,
      style.margin,
    );
  }
  if (value instanceof NewSequence) return brackets(value, style);
  return quoted(value.plain(), style);
}

function brackets({ items }: NewSequence, style: FlowStyle): string {
  const { hasLines, newline, margin, comma } = style;
  const inner = hasLines ? deeper(style) : style;
  const texts = items.map((item) => valueText(item, inner));
  if (!hasLines || texts.length === 0) return `[${texts.join(comma)}]`;
  return `[${texts.map((text) => newline + inner.margin + text).join(",")}${newline}${margin}]`;
}

function quoted(value: unknown, { isJson }: FlowStyle): string {
  return isJson ? JSON.stringify(value) : scalarText(value);
}
