import { LineCounter } from "yaml";
import type { DocumentText } from "../documents";
import { type DocumentSink, readDocument } from "../read";

/**
 * Reads one document, cut out of a file, with the YAML parser.
 * @param firstLine the line of the file that it starts in
 */
export function parseDocument(text: string, file: string, firstLine: number, sink: DocumentSink): void {
  const lines = new LineCounter();
  for (let start = 0; start >= 0; start = nextLine(text, start)) lines.addNewLine(start);
  const document: DocumentText = { offset: 0, text };
  const locate = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: firstLine + line - 1, column: col };
  };
  readDocument(document, locate, sink);
}

function nextLine(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  return newline < 0 ? -1 : newline + 1;
}
