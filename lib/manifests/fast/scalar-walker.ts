import { BYTE, CLASS, IS } from "./byte";
import { NODE, Tape } from "./tape";

const { LF, CR, SPACE, DOUBLE_QUOTE, HASH, SINGLE_QUOTE, DASH, COLON, QUESTION, BACKSLASH } = BYTE;
// A binding of this module's own is read faster than one of another's.
const CLASSES = CLASS;
const { PLAIN_START, ESCAPE } = IS;
const { PLAIN: IS_PLAIN, DOUBLE: IS_DOUBLE, SINGLE: IS_SINGLE } = IS;
const { PLAIN, SINGLE, DOUBLE, ESCAPED, MULTILINE } = NODE;

/** Thrown where a text is not certain to mean what it seems to: the YAML parser has to read the document. */
export const UNCERTAIN = new Error("not certain");

/** A negative number longer than this, or with an exponent, might be a cdktf token. */
const LONGEST_NUMBER = 30;

/** Reads scalars from bytes to a tape, as far as it is certain what they are. Bytes end with a line feed and a zero. */
export abstract class ScalarWalker {
  protected bytes: Uint8Array = new Uint8Array(0);
  /** Where it stands. */
  protected at = 0;
  /** Lines that it has gone past. */
  protected lines = 0;
  readonly tape = new Tape();
  /** Whether the last scalar was plain and may go on in the next line. */
  protected isOpenEnded = false;

  /** Goes to the first character of the next line of what is in quotes, when that line belongs to it. */
  protected abstract nextLineInside(): void;

  /** Skips spaces and returns the byte after them. */
  protected skipSpaces(): number {
    const { bytes } = this;
    let at = this.at;
    while (bytes[at] === SPACE) at++;
    this.at = at;
    return bytes[at] as number;
  }

  /** Goes to the start of the next line. */
  protected skipLine(): void {
    const { bytes } = this;
    let at = this.at;
    while (bytes[at] !== LF) at++;
    this.at = at + 1;
    this.lines++;
  }

  protected isLineEnd(at: number): boolean {
    const byte = this.bytes[at];
    return byte === LF || (byte === CR && this.bytes[at + 1] === LF);
  }

  protected isBlank(at: number): boolean {
    const byte = this.bytes[at];
    return byte === SPACE || byte === LF || byte === CR;
  }

  /** Goes past the end of the line, on which nothing but a comment may stand. */
  protected endLine(): void {
    const before = this.at;
    const byte = this.skipSpaces();
    if (this.isLineEnd(this.at) || (byte === HASH && this.at > before)) this.skipLine();
    else throw UNCERTAIN;
  }

  /** Reads a plain scalar up to the end of its line. */
  protected plain(): void {
    const { bytes } = this;
    const start = this.at;
    const first = bytes[start] as number;
    if (((CLASSES[first] as number) & PLAIN_START) === 0) throw UNCERTAIN;
    if ((first === DASH || first === QUESTION || first === COLON) && this.isBlank(start + 1)) throw UNCERTAIN;
    const end = this.plainEnd();
    if (first === DASH && mayBeToken(bytes, start, end)) throw UNCERTAIN;
    this.tape.add(PLAIN, start, end);
  }

  /** Goes to the next line and returns where the plain text of this one ends. */
  protected plainEnd(): number {
    const { bytes } = this;
    const at = this.plainStop();
    this.at = at;
    this.isOpenEnded = bytes[at] !== HASH;
    if (this.isOpenEnded && !this.isLineEnd(at)) throw UNCERTAIN;
    this.skipLine();
    if (bytes[at - 1] !== SPACE) return at;
    let end = at - 1;
    while (bytes[end - 1] === SPACE) end--;
    return end;
  }

  /** Where plain text stops: at a comment, at the end of the line, or at what does not belong into it. */
  private plainStop(): number {
    const { bytes } = this;
    let at = this.at;
    for (;;) {
      while (((CLASSES[bytes[at] as number] as number) & IS_PLAIN) !== 0) at++;
      const byte = bytes[at];
      if (byte === HASH ? bytes[at - 1] === SPACE : byte !== COLON || this.isBlank(at + 1)) return at;
      at++;
    }
  }

  /** Reads what is in double quotes. */
  protected double(): void {
    const { bytes } = this;
    const start = this.at;
    let type: number = DOUBLE;
    this.at++;
    for (;;) {
      let at = this.at;
      while (((CLASSES[bytes[at] as number] as number) & IS_DOUBLE) !== 0) at++;
      this.at = at;
      const byte = bytes[at];
      if (byte === DOUBLE_QUOTE) break;
      if (byte === BACKSLASH) {
        this.escape();
        if (type === DOUBLE) type = ESCAPED;
      } else {
        if (!this.isLineEnd(at)) throw UNCERTAIN;
        this.nextLineInside();
        type = MULTILINE;
      }
    }
    this.at++;
    this.tape.add(type, start, this.at);
  }

  private escape(): void {
    const letter = this.bytes[this.at + 1] as number;
    if (((CLASSES[letter] as number) & ESCAPE) !== 0) this.at += 2;
    else if (letter === 117 || letter === 120) this.hexEscape(letter === 117 ? 4 : 2);
    else throw UNCERTAIN;
  }

  /** What would hide a word from those who look for it in the bytes is not certain. */
  private hexEscape(digits: number): void {
    this.at += 2;
    let code = 0;
    for (let digit = 0; digit < digits; digit++, this.at++) {
      const value = Number.parseInt(String.fromCharCode(this.bytes[this.at] as number), 16);
      if (Number.isNaN(value)) throw UNCERTAIN;
      code = code * 16 + value;
    }
    if (isWordPart(code)) throw UNCERTAIN;
  }

  /** Reads what is in single quotes. */
  protected single(): void {
    const { bytes } = this;
    const start = this.at;
    let type: number = SINGLE;
    this.at++;
    for (;;) {
      let at = this.at;
      while (((CLASSES[bytes[at] as number] as number) & IS_SINGLE) !== 0) at++;
      this.at = at;
      if (bytes[at] === SINGLE_QUOTE) {
        if (bytes[at + 1] !== SINGLE_QUOTE) break;
        this.at += 2;
      } else {
        if (!this.isLineEnd(at)) throw UNCERTAIN;
        this.nextLineInside();
        type = MULTILINE;
      }
    }
    this.at++;
    this.tape.add(type, start, this.at);
  }
}

/** Whether a byte is a letter of ASCII. */
export function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122;
}

/** Whether a character is part of some word that is looked for: the name of a field, an annotation, a token of cdktf. */
function isWordPart(code: number): boolean {
  return code < 128 && /[\w./{[@=-]/.test(String.fromCharCode(code));
}

/** cdktf writes a number that only Terraform will know as a negative one with an enormous exponent. */
function mayBeToken(bytes: Uint8Array, start: number, end: number): boolean {
  const next = bytes[start + 1] as number;
  if (isLetter(next) || next === DASH) return false;
  if (end - start > LONGEST_NUMBER) return true;
  for (let at = start + 1; at < end; at++) if (((bytes[at] as number) | 32) === 101) return true;
  return false;
}
