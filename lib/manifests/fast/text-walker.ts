import { BYTE } from "./byte";
import { DEEPEST, FlowWalker } from "./flow-walker";
import { UNCERTAIN } from "./scalar-walker";
import { NODE } from "./tape";

const { FOLDED, LITERAL } = NODE;

const { TAB, LF, CR, SPACE, PLUS, DASH, ZERO, NINE, PIPE } = BYTE;

/** Reads blocks of text, whose lines are whatever they are as long as they are indented. */
export abstract class TextWalker extends FlowWalker {
  /** The indentation of the innermost collection. */
  protected abstract indent(): number;
  /** Whether the innermost collection is a sequence. */
  protected abstract isInSequence(): boolean;

  /** Reads a block of text, `|` or `>`. */
  protected block(style: number): void {
    const start = this.at;
    this.at++;
    const explicit = this.blockHeader(style);
    const indent = explicit > 0 ? this.indent() + explicit : this.firstIndent();
    if (indent > DEEPEST * 10) throw UNCERTAIN;
    const end = this.blockLines(indent);
    this.tape.add((style === PIPE ? LITERAL : FOLDED) | (indent << 8), start, end);
  }

  /** Reads `+` or `-`, a digit, both in any order or none; returns the digit, 0 without one. */
  private blockHeader(style: number): number {
    let explicit = this.blockDigit();
    const chomping = this.bytes[this.at];
    if (chomping === PLUS || chomping === DASH) this.at++;
    if (explicit === 0) explicit = this.blockDigit();
    if (explicit > 0 && (style !== PIPE || this.isInSequence())) throw UNCERTAIN;
    this.endLine();
    return explicit;
  }

  private blockDigit(): number {
    const byte = this.bytes[this.at] as number;
    if (byte <= ZERO || byte > NINE) return 0;
    this.at++;
    return byte - ZERO;
  }

  /** The indentation of the first line with something on it; that of an empty block is out of reach. */
  private firstIndent(): number {
    const { at: before, lines } = this;
    let widest = 0;
    for (;;) {
      const start = this.at;
      const byte = this.skipSpaces();
      const indent = this.at - start;
      if (byte === LF || (byte === CR && this.bytes[this.at + 1] === LF)) {
        widest = Math.max(widest, indent);
        this.skipLine();
        continue;
      }
      if (byte === TAB || byte === CR) throw UNCERTAIN;
      this.at = before;
      this.lines = lines;
      if (indent <= this.indent()) return this.indent() + 1;
      if (widest > indent) throw UNCERTAIN;
      return indent;
    }
  }

  /** Goes past the lines of a block; returns where it ends. */
  private blockLines(indent: number): number {
    const { bytes } = this;
    let at = this.at;
    let lines = 0;
    for (;;) {
      const start = at;
      while (bytes[at] === SPACE && at - start < indent) at++;
      if (at - start < indent && !this.isLineEnd(at)) {
        if (bytes[at] === TAB) throw UNCERTAIN;
        this.at = start;
        this.lines += lines;
        return start;
      }
      while (bytes[at] !== LF) at++;
      at++;
      lines++;
    }
  }
}
