import { BYTE } from "./byte";
import { DEEPEST } from "./flow-walker";
import { UNCERTAIN } from "./scalar-walker";
import { NODE } from "./tape";
import { TextWalker } from "./text-walker";

const { TAB, LF, CR, DOUBLE_QUOTE, HASH, SINGLE_QUOTE, DASH, DOT } = BYTE;
const { PIPE, GREATER, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE } = BYTE;

/**
 * Reads the lines of one document: mappings and sequences by their indentation, with the scalars, blocks of text and collections
 * in brackets that the walkers below are certain of.
 */
export abstract class BlockWalker extends TextWalker {
  /** End of the bytes; a zero stands there. */
  protected end = 0;
  private depth = 0;
  /** Twice the indentation of each open collection, and one more for a sequence. */
  private readonly levels = new Int32Array(DEEPEST);
  private readonly nodes = new Int32Array(DEEPEST);
  private readonly mappings = new Int32Array(DEEPEST);
  /** The empty node whose value the next lines may be; -1 for none. */
  private pending = -1;
  private lastScalar = 0;

  /**
   * Reads from the start of a line to the `---`, `...` or end of bytes that ends the document.
   * @throws UNCERTAIN where it is not certain of something
   */
  protected walk(): void {
    this.tape.length = 0;
    this.keys.clear();
    this.depth = 0;
    this.pending = -1;
    this.isOpenEnded = false;
    this.flowLevel = 0;
    this.duplicate = -1;
    while (this.line()) {}
    while (this.depth > 0) this.pop();
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
    const byte = this.skipSpaces();
    if (byte > DOT) this.content(byte, this.at - start);
    else return this.otherLine(start, byte);
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
    if (this.depth > 0 && this.pending < 0 && indent > this.indent()) this.continuePlain();
    else if (byte === DASH && this.isBlank(this.at + 1)) this.entry(indent);
    else this.entryOfMapping(byte, indent);
  }

  protected override indent(): number {
    return (this.levels[this.depth - 1] as number) >> 1;
  }

  protected override isInSequence(): boolean {
    return ((this.levels[this.depth - 1] as number) & 1) === 1;
  }

  private continuePlain(): void {
    if (!this.isOpenEnded) throw UNCERTAIN;
    this.tape.extend(this.lastScalar, NODE.MULTILINE, this.plainEnd());
  }

  /** Reads a line that begins with a dash. */
  private entry(indent: number): void {
    if (this.pending >= 0 && this.mayHoldSequence(indent)) this.push(NODE.SEQUENCE, indent, this.at);
    else this.popTo(NODE.SEQUENCE, indent);
    this.members(indent);
  }

  /** The sequence that is the value of a key may stand as far left as the key. */
  private mayHoldSequence(indent: number): boolean {
    if (indent > this.indent()) return true;
    return indent === this.indent() && !this.isInSequence();
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
      this.push(NODE.SEQUENCE, column, this.at);
    }
    const start = this.at;
    if (this.isNothing(byte)) this.valueBelow();
    else if (this.tryKey()) {
      this.push(NODE.MAP, column, start);
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
      this.push(NODE.MAP, indent, start);
    } else {
      if (this.depth === 0 && this.root(indent)) return;
      this.popTo(NODE.MAP, indent);
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

  /** The root is a mapping that starts in the first column, or a collection in braces that is all there is: true for that. */
  private root(indent: number): boolean {
    if (this.tape.length > 0) throw UNCERTAIN;
    if (this.bytes[this.at] === OPEN_BRACE) {
      this.flow();
      this.endLine();
      return true;
    }
    if (indent > 0) throw UNCERTAIN;
    this.push(NODE.MAP, indent, this.at);
    return false;
  }

  /** Writes the key that was just read, and reads its value as far as it stands in the same line. */
  private entryValue(): void {
    this.addKey(this.mappings[this.depth - 1] as number);
    const byte = this.skipSpaces();
    if (this.isNothing(byte)) this.valueBelow();
    else this.value(byte);
  }

  private valueBelow(): void {
    this.pending = this.tape.add(NODE.EMPTY, this.at, this.at);
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

  private push(type: number, indent: number, start: number): void {
    const { depth } = this;
    if (depth >= DEEPEST) throw UNCERTAIN;
    this.levels[depth] = levelOf(type, indent);
    this.nodes[depth] = this.collection(type, start);
    if (type === NODE.MAP) this.mappings[depth] = this.keys.newMapping();
    this.depth = depth + 1;
    this.pending = -1;
  }

  private collection(type: number, start: number): number {
    const { tape, pending } = this;
    if (pending < 0) return tape.add(type, start, start);
    tape.become(pending, type, start);
    return pending;
  }

  private pop(): void {
    this.depth -= 1;
    this.tape.close(this.nodes[this.depth] as number, this.at);
    this.pending = -1;
  }

  /**
   * Ends the collections within the one of this type that its line's indentation belongs to. A sequence as far left as the mapping
   * around it lies deeper than that.
   */
  private popTo(type: number, indent: number): void {
    const level = levelOf(type, indent);
    while (this.depth > 0 && (this.levels[this.depth - 1] as number) > level) this.pop();
    if (this.depth === 0 || this.levels[this.depth - 1] !== level) throw UNCERTAIN;
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
      const least = this.depth > 0 ? this.indent() + 1 : 1;
      if (this.at - start < least && !this.isLastBracket(byte, this.at - start)) throw UNCERTAIN;
      return;
    }
  }

  /** The bracket that ends a collection may stand as far left as the key before it. */
  private isLastBracket(byte: number, indent: number): boolean {
    if (this.flowLevel !== 1 || (byte !== CLOSE_BRACKET && byte !== CLOSE_BRACE)) return false;
    return this.depth === 0 || (!this.isInSequence() && this.indent() === indent);
  }
}

function levelOf(type: number, indent: number): number {
  return indent * 2 + (type === NODE.SEQUENCE ? 1 : 0);
}
