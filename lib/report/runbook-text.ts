import type { Block } from "./runbook-blocks";
import { visibleLines } from "./visible";

/** A block as a runbook's text has it. */
export interface WrittenBlock {
  readonly id: string;
  /** What the text was when it was made; absent for a field. */
  readonly hash?: string;
  /** As in `Block.text`; of a field, what people filled in. */
  readonly text: string;
  readonly isLine: boolean;
  readonly isField: boolean;
  readonly isFolded: boolean;
  readonly isTicked: boolean;
  /** Lines that people wrote below it. */
  readonly own: readonly string[];
}

const MARK = /^(?<text>.*?)\s*<!-- tandem:(?<id>\S+?)(?: (?<hash>[0-9a-f]{8}))? -->\s*$/;
const OPENING = /^(?<indent>\s*)<!-- tandem:(?<id>\S+) (?<hash>[0-9a-f]{8}) -->\s*$/;
const CLOSING = /^\s*<!-- \/tandem -->\s*$/;
const BOX = /^\s*[-*] \[(?<tick>[ xX])\] (?<text>.*)$/;
const FIELD = /^\s*- (?<label>evidence \(.*?\)):\s*(?<value>.*)$/;
/** What is folded stands below its line. */
const INDENT = "  ";

/** A block as text, its mark included. */
export function written(block: Block, isTicked: boolean, value = ""): string {
  const text = visibleLines(block.text);
  if (block.kind === "field") return `${INDENT}- ${text}${value && ` ${value}`} <!-- tandem:${block.id} -->`;
  const mark = `<!-- tandem:${block.id} ${hashOf(text)} -->`;
  if (block.kind === "line") return `- [${isTicked ? "x" : " "}] ${text} ${mark}`;
  if (block.kind === "heading") return `${text} ${mark}`;
  return folded(text, mark, block.kind === "details");
}

/** A block that people have edited, as they left it. */
export function unchanged({ id, hash, text, isLine, isField, isFolded, isTicked }: WrittenBlock): string {
  const mark = `<!-- tandem:${id}${hash === undefined ? "" : ` ${hash}`} -->`;
  if (isField) return `${INDENT}- ${text} ${mark}`;
  if (isLine) return `- [${isTicked ? "x" : " "}] ${text} ${mark}`;
  return text.includes("\n") || isFolded ? folded(text, mark, isFolded) : `${text} ${mark}`;
}

function folded(text: string, mark: string, isIndented: boolean): string {
  const lines = [mark, ...text.split("\n"), "<!-- /tandem -->"];
  return lines.map((line) => (isIndented && line !== "" ? INDENT + line : line)).join("\n");
}

/** Reads a runbook's text. What stands before the first block belongs to nobody's, and is given apart. */
export function readRunbook(text: string): { readonly preface: readonly string[]; readonly blocks: WrittenBlock[] } {
  const preface: string[] = [];
  const blocks: (WrittenBlock & { own: string[] })[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const opening = OPENING.exec(lines[index] ?? "")?.groups;
    const end = opening ? lines.findIndex((line, at) => at > index && CLOSING.test(line)) : -1;
    if (opening && end > 0) {
      const isFolded = opening.indent !== "";
      const body = lines.slice(index + 1, end).map((line) => (isFolded ? line.replace(INDENT, "") : line));
      blocks.push({ ...plain(opening), text: body.join("\n"), isFolded, own: [] });
      index = end;
      continue;
    }
    const marked = MARK.exec(lines[index] ?? "")?.groups;
    if (marked) blocks.push(oneLine(marked));
    else (blocks.at(-1)?.own ?? preface).push(lines[index] ?? "");
  }
  return { preface: trimmed(preface), blocks: blocks.map((block) => ({ ...block, own: trimmed(block.own) })) };
}

type Groups = Readonly<Record<string, string | undefined>>;

function plain({ id = "", hash }: Groups) {
  return { id, ...(hash !== undefined && { hash }), isLine: false, isField: false, isFolded: false, isTicked: false };
}

function oneLine(groups: Groups): WrittenBlock & { own: string[] } {
  const { text = "", hash } = groups;
  const field = hash === undefined ? FIELD.exec(text)?.groups : undefined;
  if (field) return { ...plain(groups), isField: true, text: `${field.label}: ${field.value}`.trim(), own: [] };
  const box = BOX.exec(text)?.groups;
  if (!box) return { ...plain(groups), text, own: [] };
  return { ...plain(groups), isLine: true, isTicked: box.tick !== " ", text: box.text ?? "", own: [] };
}

/** What people filled in. */
export function filledIn({ text }: WrittenBlock): string {
  return FIELD.exec(`- ${text}`)?.groups?.value?.trim() ?? "";
}

/** Whether people have changed the text of a block. */
export function isEdited({ hash, text, isField }: WrittenBlock): boolean {
  return !isField && hash !== hashOf(text);
}

function trimmed(lines: readonly string[]): string[] {
  const isBlank = (line: string) => line.trim() === "";
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  return first < 0 ? [] : lines.slice(first, last + 1);
}

/** FNV-1a in 32 bits: it tells an edited text from one that was not, and guards nothing. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
