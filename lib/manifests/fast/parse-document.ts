import { LineCounter } from "yaml";
import { jsonValues } from "../json-values";
import { type DocumentSink, readDocument } from "../read";

/** A document, cut out of a file, and where it starts there. */
export interface CutDocument {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The documents of a text without `---`: itself, or the JSON objects that stand in it one after the other.
 * @param line the line of the file that the text starts in
 */
export function* cutDocuments(text: string, line: number): Generator<CutDocument> {
  let here = line;
  let start = 0;
  let at = 0;
  for (const document of jsonValues({ offset: 0, text })) {
    for (let next = nextLine(text, at); next >= 0 && next <= document.offset; next = nextLine(text, at)) {
      here++;
      start = next;
      at = next;
    }
    yield { text: document.text, line: here, column: document.offset - start + 1 };
  }
}

/** Reads a document with the YAML parser. */
export function parseDocument({ text, line: firstLine, column }: CutDocument, file: string, sink: DocumentSink): void {
  const lines = new LineCounter();
  for (let start = 0; start >= 0; start = nextLine(text, start)) lines.addNewLine(start);
  const locate = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: firstLine + line - 1, column: line === 1 ? column + col - 1 : col };
  };
  readDocument({ offset: 0, text }, locate, sink);
}

function nextLine(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  return newline < 0 ? -1 : newline + 1;
}
