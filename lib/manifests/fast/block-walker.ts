import { BYTE } from "./byte";
import { RecallingWalker } from "./recalling-walker";
import { UNCERTAIN } from "./scalar-walker";
import { NODE } from "./tape";

const { EMPTY, MULTILINE } = NODE;

const { TAB, LF, CR, DOUBLE_QUOTE, HASH, SINGLE_QUOTE, DASH, DOT } = BYTE;
const { PIPE, GREATER, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE } = BYTE;

/**
 * Reads the lines of one document: mappings and sequences by their indentation, with the scalars, blocks of text and collections
 * in brackets that the walkers below are certain of.
 */
export abstract class BlockWalker extends RecallingWalker {
  /** End of the bytes; a zero stands there. */
  protected end = 0;

  /**
   * Reads from the start of a line to the `---`, `...` or end of bytes that ends the document.
   * @throws UNCERTAIN where it is not certain of something
   */
  protected walk(): void {
    this.tape.length = 0;
    this.keys.clear();
    this.beginCollections();
    this.isOpenEnded = false;
    this.flowLevel = 0;
    this.duplicate = -1;
    while (this.line()) {}
    while (this.top >= 0) this.pop();
  }

  /** Whether a line that starts at `at` begins or ends a document. */
  protected isMarker(at: number): boolean {
    const { bytes } = this;
    const first = bytes[at];
    if (first !== DASH && first !== DOT) return false;
    if (bytes[at + 1] !== first || bytes[at + 2] !== first) return false;
    return this.isBlank(at + 3) || bytes[at + 3] === TAB || at + 3 >= this.end;
  }

  /** Reads the content that starts in this line; false at the end of the document. */
  private line(): boolean {
    const start = this.at;
    const known = this.recalled();
    if (known >= 0 && this.recall(known)) return true;
    const byte = this.skipSpaces();
    if (byte <= DOT && byte !== DASH) return this.otherLine(start, byte);
    if (this.at === start && this.isMarker(start)) return false;
    this.content(byte, this.at - start);
    if (known < 0) this.remember(start);
    return true;
  }

  /** A line that may hold no content: what holds some hardly ever begins with a character so early in ASCII. */
  private otherLine(start: number, byte: number): boolean {
    if (byte === LF || (byte === CR && this.bytes[this.at + 1] === LF)) this.skipLine();
    else if (byte === HASH) {
      this.isOpenEnded = false;
      this.skipLine();
    } else if (this.at >= this.end) return false;
    else if (this.at === start && this.isMarker(start)) return false;
    else this.content(byte, this.at - start);
    return true;
  }

  private content(byte: number, indent: number): void {
    if (this.isWithinScalar(indent)) this.continuePlain();
    else if (byte === DASH && this.isBlank(this.at + 1)) this.entry(indent);
    else this.entryOfMapping(byte, indent);
  }

  private continuePlain(): void {
    if (!this.isOpenEnded) throw UNCERTAIN;
    this.tape.extend(this.lastScalar, MULTILINE, this.plainEnd());
  }

  /** Reads a line that begins with a dash. */
  private entry(indent: number): void {
    this.toSequence(indent);
    this.members(indent);
  }

  /** Reads what follows the dash; further sequences may begin in the same line. */
  private members(indent: number): void {
    let column = indent;
    let byte: number = DASH;
    for (;;) {
      const dash = this.at;
      this.at++;
      byte = this.skipSpaces();
      column += this.at - dash;
      if (byte !== DASH || !this.isBlank(this.at + 1)) break;
      this.pushSequence(column, this.at);
    }
    const start = this.at;
    if (this.isNothing(byte)) this.valueBelow();
    else if (this.tryKey()) {
      this.pushMapping(column, start);
      this.entryValue();
    } else this.value(byte);
  }

  /** Whether what stands here, after a space, is the end of the line or a comment. */
  private isNothing(byte: number): boolean {
    return byte === LF || byte === CR || byte === HASH;
  }

  /** Reads a line that begins with no dash: an entry of a mapping, or the value of the key in the line before. */
  private entryOfMapping(byte: number, indent: number): void {
    const start = this.at;
    if (this.pending >= 0 && indent > this.indent()) {
      if (!this.tryKey()) {
        this.valueInPlace(byte);
        return;
      }
      this.pushMapping(indent, start);
    } else {
      if (byte === OPEN_BRACE && this.top < 0 && this.tape.length === 0) {
        this.flowRoot();
        return;
      }
      this.toMapping(indent);
      if (!this.tryKey()) throw UNCERTAIN;
    }
    this.entryValue();
  }

  /** Reads the value of the key in the line before. A block of text is too rare there. */
  private valueInPlace(byte: number): void {
    if (byte === PIPE || byte === GREATER) throw UNCERTAIN;
    this.tape.length = this.pending;
    this.value(byte);
  }

  /** Reads a collection in braces that is all there is. */
  private flowRoot(): void {
    this.flow();
    this.endLine();
  }

  /** Writes the key that was just read, and reads its value as far as it stands in the same line. */
  private entryValue(): void {
    this.addKey(this.isNewKey(this.keyHash, this.keyStart, this.keyEnd));
    const byte = this.skipSpaces();
    if (this.isNothing(byte)) this.valueBelow();
    else this.value(byte);
  }

  private valueBelow(): void {
    this.pending = this.tape.add(EMPTY, this.at, this.at);
    if (this.bytes[this.at] === HASH) this.skipLine();
    else this.endLine();
  }

  private value(byte: number): void {
    this.pending = -1;
    this.isOpenEnded = false;
    this.lastScalar = this.tape.length;
    if (byte === PIPE || byte === GREATER) this.block(byte);
    else if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE || byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.enclosed(byte);
      this.endLine();
    } else this.plain();
  }

  private enclosed(byte: number): void {
    if (byte === DOUBLE_QUOTE) this.double();
    else if (byte === SINGLE_QUOTE) this.single();
    else this.flow();
  }

  protected override nextLineInside(): void {
    this.lineInside();
  }

  protected override skipFlowSpace(): number {
    let byte = this.skipSpaces();
    while (byte === LF || byte === CR) {
      if (!this.isLineEnd(this.at)) throw UNCERTAIN;
      this.lineInside();
      byte = this.bytes[this.at] as number;
    }
    return byte;
  }

  /** Goes to the next line with something on it, which must be indented further than what it stands in. */
  private lineInside(): void {
    for (;;) {
      this.skipLine();
      const start = this.at;
      const byte = this.skipSpaces();
      if (this.isLineEnd(this.at)) continue;
      if (this.at >= this.end || byte === TAB || byte === CR) throw UNCERTAIN;
      const least = this.top >= 0 ? this.indent() + 1 : 1;
      if (this.at - start < least && !this.isLastBracket(byte, this.at - start)) throw UNCERTAIN;
      return;
    }
  }

  /** The bracket that ends a collection may stand as far left as the key before it. */
  private isLastBracket(byte: number, indent: number): boolean {
    if (this.flowLevel !== 1 || (byte !== CLOSE_BRACKET && byte !== CLOSE_BRACE)) return false;
    return this.top < 0 || (!this.isInSequence() && this.indent() === indent);
  }
}
