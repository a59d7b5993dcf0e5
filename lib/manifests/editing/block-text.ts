import { EditableMap } from "./editable-map";
import { type Entry, entrySplices, type MapSource } from "./entry";
import { NewSequence, type Part } from "./part";
import { scalarText } from "./scalar-text";
import { commentsOf, endOf, type SourceText, startOf } from "./source-text";
import { type Splice, spliced } from "./splice";

/** A block mapping whose entries are other ones than before: each line that stays is the line that was. */
export function blockRegion(map: EditableMap, source: MapSource): Splice {
  const { text, entries } = source;
  const pairs = entries.flatMap((entry) => (entry.source ? [entry.source.pair] : []));
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (!first || !last) throw new Error(`${map.path} is a block mapping without entries`);
  const margin = text.margin(startOf(first.key));
  const [start, end] = [text.leadStart(first), text.bodyEnd(last)];
  const chunks = chunksOf(map, source, margin);
  return {
    start,
    end,
    text: joined(map.isEmpty ? [...chunks, { before: lineBreak(text, margin), text: "{}" }] : chunks),
  };
}

/** Some lines, and what stands between them and those before. */
interface Chunk {
  readonly before: string;
  readonly text: string;
}

function joined([first, ...others]: readonly Chunk[]): string {
  if (!first) return "";
  return first.before.trimStart() + first.text + others.map(({ before, text }) => before + text).join("");
}

function chunksOf(map: EditableMap, { text, entries: originals }: MapSource, margin: string): Chunk[] {
  const chunks: Chunk[] = [];
  let next = 0;
  /** What is left of the entries up to `end` that are gone: their comments. */
  const passGone = (end: number) => {
    for (; next < end; next += 1) {
      for (const comment of commentsLeft(map, originals, next)) {
        chunks.push({ before: lineBreak(text, margin), text: comment });
      }
    }
  };
  for (const entry of map.entries) {
    const index = originals.findIndex(({ source }) => source !== undefined && source.pair === entry.source?.pair);
    if (index >= 0) passGone(index);
    const before = index > 0 ? gapBefore(originals, index) : lineBreak(text, margin);
    chunks.push({ before, text: entryText(entry, margin, text) });
    if (index >= 0) next = index + 1;
  }
  passGone(originals.length);
  return chunks;
}

function lineBreak({ newline }: SourceText, margin: string): string {
  return newline + margin;
}

/** What stands between an entry and the one before it: the end of a line, blank lines, comments that belong to neither. */
function gapBefore(originals: readonly Entry[], index: number): string {
  const [start, end] = gap(originals, index);
  return originals[index]?.source?.text.text.slice(start, end) ?? "";
}

function gap(originals: readonly Entry[], index: number): [number, number] {
  const [before, own] = [originals[index - 1]?.source, originals[index]?.source];
  return before && own ? [own.text.bodyEnd(before.pair), own.text.leadStart(own.pair)] : [0, 0];
}

function commentsLeft(map: EditableMap, originals: readonly Entry[], index: number): string[] {
  const source = originals[index]?.source;
  if (!source) return [];
  const { pair, text } = source;
  const [start] = gap(originals, index);
  const moved = map.movedFrom(pair).map((each) => ({ start: text.leadStart(each), end: text.bodyEnd(each), text: "" }));
  return commentsOf(spliced(text.text, moved, index === 0 ? text.leadStart(pair) : start, text.bodyEnd(pair)));
}

/** An entry without the margin of its first line and without the line's end. */
function entryText(entry: Entry, margin: string, style: SourceText): string {
  const { key, value, source } = entry;
  if (!source) return `${scalarText(key)}:${valueText(value, margin, style)}`;
  const { pair, text, isFlow } = source;
  if (isFlow)
    return `${scalarText(key)}: ${spliced(text.text, value.splices(), startOf(pair.value), endOf(pair.value))}`;
  const own = text.margin(startOf(pair.key));
  return shifted(spliced(text.text, entrySplices(entry), text.leadStart(pair), text.bodyEnd(pair)), own, margin);
}

/** Moves all lines but the first from one margin to another. */
export function shifted(lines: string, from: string, to: string): string {
  if (from === to) return lines;
  const [first = "", ...others] = lines.split("\n");
  const moved = others.map((line) =>
    line.startsWith(from) && line.trim() !== "" ? to + line.slice(from.length) : line,
  );
  return [first, ...moved].join("\n");
}

/** What follows the colon. */
function valueText(value: Part, margin: string, style: SourceText): string {
  if (value instanceof EditableMap) {
    const inner = margin + style.unit;
    return value.isEmpty ? " {}" : lineBreak(style, inner) + entriesText(value, inner, style);
  }
  if (!(value instanceof NewSequence)) return ` ${scalarText(value.plain())}`;
  const inner = style.indentsSequences ? margin + style.unit : margin;
  const items = value.items.map((item) => lineBreak(style, inner) + itemText(item, inner, style));
  return items.length === 0 ? " []" : items.join("");
}

const LEADING_COMMENTS = /^(?:#[^\n]*\n[ \t]*)*/;

/** An item with its dash. Comments above its first key go above the dash. */
function itemText(item: Part, margin: string, style: SourceText): string {
  const inner = `${margin}  `;
  const text = item instanceof EditableMap ? entriesText(item, inner, style) : scalarText(item.plain());
  const [comments = ""] = LEADING_COMMENTS.exec(text) ?? [];
  return `${comments.replaceAll(`\n${inner}`, `\n${margin}`)}- ${text.slice(comments.length)}`;
}

function entriesText(map: EditableMap, margin: string, style: SourceText): string {
  return map.entries.map((entry) => entryText(entry, margin, style)).join(lineBreak(style, margin));
}
