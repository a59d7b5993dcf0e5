/** A place in a text: line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const START: Place = { line: 1, column: 1 };

/** Finds members of a JSON text by their value, in the order in which they stand there. */
export class PlaceFinder {
  private searchedTo = 0;
  private line = 1;
  private lineStart = 0;
  /** Where the line ends: Terraform writes one line of many megabytes, which is looked through once. */
  private lineEnd: number;

  constructor(private readonly text: string) {
    this.lineEnd = this.newlineFrom(0);
  }

  /** Where the next `"key": "value"` stands; the start of the text where there is none any more. */
  next(key: string, value: string): Place {
    const quoted = JSON.stringify(value).replace(/[<>&]/g, asGoWritesIt);
    for (let from = this.searchedTo; ; ) {
      const at = this.text.indexOf(quoted, from);
      if (at < 0) return START;
      const start = this.keyBefore(at, JSON.stringify(key));
      if (start !== undefined) return this.placeOf(start, at + quoted.length);
      from = at + quoted.length;
    }
  }

  /** Where the key of the value at an offset stands; undefined where it is another's value. */
  private keyBefore(offset: number, quoted: string): number | undefined {
    let end = this.text.lastIndexOf(":", offset);
    if (end < 0 || this.text.slice(end + 1, offset).trim() !== "") return undefined;
    while (/\s/.test(this.text.charAt(end - 1))) end -= 1;
    const start = end - quoted.length;
    return start >= 0 && this.text.startsWith(quoted, start) ? start : undefined;
  }

  private placeOf(offset: number, searchedTo: number): Place {
    this.searchedTo = searchedTo;
    while (this.lineEnd < offset) {
      this.line += 1;
      this.lineStart = this.lineEnd + 1;
      this.lineEnd = this.newlineFrom(this.lineStart);
    }
    return { line: this.line, column: offset - this.lineStart + 1 };
  }

  private newlineFrom(offset: number): number {
    const newline = this.text.indexOf("\n", offset);
    return newline < 0 ? Number.POSITIVE_INFINITY : newline;
  }
}

/** Go escapes these in JSON, for HTML's sake. */
function asGoWritesIt(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
