import { BlockWalker } from "./block-walker";
import { BYTE } from "./byte";
import { UNCERTAIN } from "./scalar-walker";

const { TAB, SPACE, HASH, PERCENT, DASH } = BYTE;

/** What stands before the content of a document. */
type Opening = "certain" | "uncertain" | "none";

/**
 * Cuts a stream into documents exactly as `splitDocuments` does, and reads the structure of each as far as it is certain of it.
 */
export abstract class DocumentReader extends BlockWalker {
  /** Documents of the stream so far. */
  protected documents = 0;
  /** Where the document starts, and in which line of the stream. */
  protected start = 0;
  protected startLine = 1;
  /** The line in which it stopped to be certain of the document. */
  protected gaveUpIn = 1;

  /** A document whose structure is on the tape. */
  protected abstract certain(): void;
  /** A document that the YAML parser has to read, up to where this stands. */
  protected abstract uncertain(): void;

  /** Begins with a new stream. */
  protected restart(): void {
    this.documents = 0;
    this.lines = 0;
  }

  /**
   * Reads the documents in bytes that end with a line feed, and a zero after it.
   * @param isLast whether the stream ends here; else a `---` follows
   * @returns how many of the bytes are done with: what stands between two documents belongs to the second one
   */
  protected readDocuments(bytes: Uint8Array, end: number, isLast: boolean): number {
    this.beginBytes(bytes);
    this.end = end;
    this.at = 0;
    do {
      this.start = this.at;
      this.startLine = this.lines + 1;
    } while (this.document());
    if (!isLast) {
      this.lines = this.startLine - 1;
      return this.start;
    }
    // A stream of comments alone is one document.
    if (this.documents === 0 && this.isCommented()) this.finish("uncertain");
    return end;
  }

  private isCommented(): boolean {
    for (let at = 0; at < this.end; at++) {
      const byte = this.bytes[at] as number;
      if (byte > SPACE || (byte !== SPACE && byte !== TAB && !this.isLineEnd(at) && byte !== BYTE.LF)) return true;
    }
    return false;
  }

  private document(): boolean {
    const opening = this.opening();
    if (opening === "none") return false;
    const { at, lines } = this;
    this.gaveUpIn = lines + 1;
    if (opening === "uncertain" || !this.isWalked()) {
      this.at = at;
      this.lines = lines;
      this.skipToEnd();
      this.finish("uncertain");
    } else this.finish("certain");
    return true;
  }

  private finish(opening: Opening): void {
    this.documents += 1;
    if (opening === "certain") this.certain();
    else this.uncertain();
  }

  private isWalked(): boolean {
    try {
      this.walk();
      if (this.at < this.end && this.bytes[this.at] !== DASH) this.endMarker();
      return true;
    } catch (error) {
      if (error !== UNCERTAIN) throw error;
      this.gaveUpIn = this.lines + 1;
      return false;
    }
  }

  private endMarker(): void {
    this.at += 3;
    this.endLine();
  }

  /** Goes past what stands before the content: comments, directives, the `---`. */
  private opening(): Opening {
    let opening: Opening = "certain";
    while (this.at < this.end) {
      const start = this.at;
      if (this.isMarker(start) && this.bytes[start] === DASH) return this.afterMarker(opening);
      if (this.isBetweenDocuments()) {
        // Directives, document ends and tabs are for the parser.
        if (this.bytes[start] !== HASH && !this.isPlainSpace(start)) opening = "uncertain";
        this.skipLine();
        continue;
      }
      this.at = start;
      return opening;
    }
    return "none";
  }

  /** Whether nothing of a document stands in this line. */
  private isBetweenDocuments(): boolean {
    const { bytes } = this;
    const start = this.at;
    if (bytes[start] === PERCENT || this.isMarker(start)) return true;
    let at = start;
    while (bytes[at] === SPACE || bytes[at] === TAB) at++;
    return bytes[at] === HASH || this.isLineEnd(at);
  }

  /** Whether a line begins with spaces and goes on with a comment or nothing. */
  private isPlainSpace(start: number): boolean {
    let at = start;
    while (this.bytes[at] === SPACE) at++;
    return this.bytes[at] === HASH || this.isLineEnd(at);
  }

  private afterMarker(opening: Opening): Opening {
    this.at += 3;
    const isAlone = this.isPlainSpace(this.at);
    this.skipLine();
    return isAlone ? opening : "uncertain";
  }

  /** Goes to the end of a document whatever stands in it. */
  private skipToEnd(): void {
    while (this.at < this.end) {
      const isEnd = this.isMarker(this.at);
      if (isEnd && this.bytes[this.at] === DASH) return;
      this.skipLine();
      if (isEnd) return;
    }
  }
}
