const LF = 10;

/** Finds lines and columns of a document's bytes. Asked in the order of the text, it goes over them once. */
export class PlaceFinder {
  private bytes: Uint8Array = new Uint8Array(0);
  private start = 0;
  private startLine = 1;
  private at = 0;
  private line = 1;
  private column = 1;

  /** Begins with a document that starts at the beginning of a line. */
  begin(bytes: Uint8Array, start: number, line: number): void {
    this.bytes = bytes;
    this.start = start;
    this.startLine = line;
    this.rewind();
  }

  /** Line and column, both from 1; columns are UTF-16 units, as editors count. */
  find(offset: number): { readonly line: number; readonly column: number } {
    if (offset < this.at) this.rewind();
    const { bytes } = this;
    let { at, line, column } = this;
    for (; at < offset; at++) {
      const byte = bytes[at] as number;
      if (byte === LF) {
        line++;
        column = 1;
      } else column += unitsThatStartWith(byte);
    }
    this.at = at;
    this.line = line;
    this.column = column;
    return { line, column };
  }

  private rewind(): void {
    this.at = this.start;
    this.line = this.startLine;
    this.column = 1;
  }
}

/** A character beyond the sixteen bits takes two units; the bytes that continue one take none. */
function unitsThatStartWith(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  return byte < 0xf0 ? 1 : 2;
}
