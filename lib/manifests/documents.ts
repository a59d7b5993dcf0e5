import { LineCounter } from "yaml";
import { jsonValues } from "./json-values";

/** One document of a YAML stream, its `---` line and what stands before it included. */
export interface DocumentText {
  /** Offset of `text` in the stream. */
  readonly offset: number;
  readonly text: string;
}

/** A YAML stream cut into documents. */
export interface DocumentTexts {
  readonly documents: readonly DocumentText[];
  /** Turns an offset of the stream into line and column. */
  readonly lines: LineCounter;
}

const MARKER = /^(---|\.\.\.)(?=[ \t\r\n]|$)/;
const PREAMBLE = /^[ \t]*(#|$)|^%/;
const BLANK = /^\s*$/;

/**
 * Cuts a stream where kubectl does: at each line that starts with `---`, whatever stands around it. So an unclosed quote or
 * bracket spoils its own document and no other. Comments and `%` directives before a `---` belong to the document after it.
 * A stream of comments alone is one document; a blank one has none. JSON objects with nothing between them are documents each.
 */
export function splitDocuments(text: string): DocumentTexts {
  const lines = new LineCounter();
  const documents: DocumentText[] = [];
  let start = 0;
  let begun = false;
  const close = (end: number) => {
    documents.push(...jsonValues({ offset: start, text: text.slice(start, end) }));
    start = end;
    begun = false;
  };
  for (const { offset, line, next } of eachLine(text)) {
    lines.addNewLine(offset);
    const marker = MARKER.exec(line)?.[1];
    if (marker === "---" && begun) close(offset);
    begun ||= marker === "---" || !(marker || PREAMBLE.test(line));
    if (marker === "..." && begun) close(next);
  }
  const onlyComments = documents.length === 0 && !BLANK.test(text);
  if (begun || onlyComments) close(text.length);
  return { documents, lines };
}

interface Line {
  readonly offset: number;
  /** Without its line end. */
  readonly line: string;
  /** Offset of the next line. */
  readonly next: number;
}

function* eachLine(text: string): Generator<Line> {
  for (let offset = 0; offset <= text.length; ) {
    const newline = text.indexOf("\n", offset);
    const end = newline < 0 ? text.length : newline;
    const next = end + 1;
    yield { offset, line: text.slice(offset, text[end - 1] === "\r" && end > offset ? end - 1 : end), next };
    offset = next;
  }
}
