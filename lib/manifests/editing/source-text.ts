import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** The text of one YAML document, and how its author writes. */
export class SourceText {
  /** The line ends of the document; those of its first line. */
  readonly newline: "\n" | "\r\n";
  /** One step of indentation: spaces, or a tab in JSON. */
  readonly unit: string;
  /** Whether the dashes of a sequence stand deeper than the key above them. Where the document has none to go by, they do not. */
  readonly indentsSequences: boolean;

  constructor(
    readonly text: string,
    contents: unknown,
  ) {
    this.newline = /\r\n/.test(text) ? "\r\n" : "\n";
    this.unit = unitOf(text);
    this.indentsSequences = indentsSequences(contents, this);
  }

  /** How far from the start of its line an offset is. */
  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** White space as wide as what stands before `offset` in its line, tabs kept. */
  margin(offset: number): string {
    return this.text.slice(this.lineStart(offset), offset).replace(/\S/g, " ");
  }

  /** Where an entry of a block mapping starts: at the comments right above its key, else at the key. */
  leadStart(pair: Pair): number {
    const key = startOf(pair.key);
    const margin = this.text.slice(this.lineStart(key), key);
    if (margin.trim() !== "") return key;
    let start = key;
    for (let line = this.lineStart(key); line > 0; ) {
      line = this.lineStart(line - 1);
      if (!this.text.startsWith(`${margin}#`, line)) break;
      start = line + margin.length;
    }
    return start;
  }

  /** Where an entry of a block mapping ends: at the end of its last line, a comment behind it included. */
  bodyEnd(pair: Pair): number {
    const end = this.contentEnd(pair);
    const newline = this.text.indexOf("\n", end);
    if (newline < 0) return this.text.length;
    return this.text[newline - 1] === "\r" ? newline - 1 : newline;
  }

  private contentEnd({ key, value }: Pair): number {
    if (!value) return endOf(key);
    if (!isCollection(value) || value.flow) return this.leafEnd(value as Node);
    const last: unknown = value.items.at(-1);
    if (last === undefined) return endOf(value);
    return isPair(last) ? this.contentEnd(last) : this.itemEnd(last);
  }

  private itemEnd(item: unknown): number {
    if (!isCollection(item) || item.flow) return this.leafEnd(item as Node);
    const last: unknown = item.items.at(-1);
    return isPair(last) ? this.contentEnd(last) : this.itemEnd(last);
  }

  /** A block scalar's range runs to the next token; only `|+` means the blank lines at its end. */
  private leafEnd(node: Node): number {
    const end = endOf(node);
    if (!isScalar(node) || !node.type?.startsWith("BLOCK_")) return end;
    const content = this.text.slice(startOf(node), end);
    const keepsBlanks = /^[|>][\d-]*\+/.test(content);
    return startOf(node) + (keepsBlanks ? content.replace(/\r?\n$/, "") : content.trimEnd()).length;
  }
}

/** The comments of a piece of YAML, each with its `#`. */
export function commentsOf(text: string): string[] {
  const tokens = [...new Lexer().lex(text)];
  // U+001F announces a scalar, which may well start with a "#".
  return tokens.filter((token, index) => token.startsWith("#") && tokens[index - 1] !== "\u001f");
}

/** Where a node's own text starts in the document. */
export function startOf(node: unknown): number {
  return (node as Node).range?.[0] ?? 0;
}

/** Where a node's own text ends in the document. */
export function endOf(node: unknown): number {
  return (node as Node).range?.[1] ?? 0;
}

const INDENTED = /^([ \t]+)[^\s#-]/m;

function unitOf(text: string): string {
  const margin = INDENTED.exec(text)?.[1] ?? "  ";
  return margin.startsWith("\t") ? "\t" : margin;
}

function indentsSequences(contents: unknown, text: SourceText): boolean {
  const found = firstSequence(contents);
  return found !== undefined && text.column(startOf(found.sequence)) > text.column(startOf(found.key));
}

/** The first block sequence that is the value of a key. */
function firstSequence(node: unknown): { key: unknown; sequence: YAMLSeq } | undefined {
  if (isSeq(node)) return firstOf(node.items);
  if (!isMap(node) || node.flow) return undefined;
  const pair = node.items.find(({ value }) => isSeq(value) && !value.flow);
  if (pair) return { key: pair.key, sequence: pair.value as YAMLSeq };
  return firstOf((node as YAMLMap).items.map(({ value }) => value));
}

function firstOf(nodes: readonly unknown[]): { key: unknown; sequence: YAMLSeq } | undefined {
  for (const node of nodes) {
    const found = firstSequence(node);
    if (found) return found;
  }
  return undefined;
}
