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

  constructor(private readonly text: string) {}

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
    for (let newline = this.text.indexOf("\n", this.lineStart); newline >= 0 && newline < offset; ) {
      this.line += 1;
      this.lineStart = newline + 1;
      newline = this.text.indexOf("\n", this.lineStart);
    }
    return { line: this.line, column: offset - this.lineStart + 1 };
  }
}

/** Go escapes these in JSON, for HTML's sake. */
function asGoWritesIt(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
