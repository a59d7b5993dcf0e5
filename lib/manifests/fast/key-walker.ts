import { BYTE, CLASS, IS } from "./byte";
import { KeySet } from "./key-set";
import { type KnownWords, WORD } from "./known-words";
import { isLetter, ScalarWalker, UNCERTAIN } from "./scalar-walker";
import { NODE } from "./tape";

const { AMBIGUOUS } = WORD;

const { DOUBLE, PLAIN, SINGLE } = NODE;

const { SPACE, DOUBLE_QUOTE, SINGLE_QUOTE, DOT, COLON, BACKSLASH } = BYTE;
const { KEY, KEY_START } = IS;
const CLASSES = CLASS;

/** Longer keys need more space than YAML gives to a key that does not begin with a question mark. */
const LONGEST_KEY = 1000;

/** Reads keys, knows the words among them, and notices those that stand twice in a mapping. */
export abstract class KeyWalker extends ScalarWalker {
  protected readonly keys = new KeySet();
  /** Start and end of the last key, without quotes. */
  protected keyStart = 0;
  protected keyEnd = 0;
  protected keyHash = 0;
  protected keyNode = 0;
  /** Start and end of the first key that stands twice in a mapping, quotes included; -1 where none does. */
  protected duplicate = -1;
  protected duplicateEnd = -1;

  constructor(readonly words: KnownWords) {
    super();
  }

  /** Told of each known word that stands as a key. */
  protected abstract onWord(id: number): void;
  /** Reads a key and its colon; false, without moving, where none stands here. */
  protected tryKey(): boolean {
    const first = this.bytes[this.at] as number;
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) return this.tryQuotedKey(first);
    return this.tryPlainKey(KEY);
  }

  /** @param allowed the bit of `CLASS` that its bytes must have; a colon within it is allowed to `KEY` alone */
  protected tryPlainKey(allowed: number): boolean {
    const { bytes } = this;
    const start = this.at;
    if (((CLASSES[bytes[start] as number] as number) & KEY_START) === 0) return false;
    let at = start;
    let hash = 0;
    for (;;) {
      const byte = bytes[at] as number;
      if (((CLASSES[byte] as number) & allowed) === 0) {
        if (byte !== COLON) return byte === SPACE && allowed === KEY && this.trySpacedKey(start, at, hash);
        if (this.isBlank(at + 1)) break;
        if (allowed !== KEY) return false;
      }
      hash = (Math.imul(hash, 31) + byte) | 0;
      at++;
    }
    return this.plainKey(start, at, hash, at);
  }

  /** A key with spaces between it and its colon. */
  private trySpacedKey(start: number, end: number, hash: number): boolean {
    const { bytes } = this;
    let at = end;
    while (bytes[at] === SPACE) at++;
    return bytes[at] === COLON && this.isBlank(at + 1) && this.plainKey(start, end, hash, at);
  }

  private plainKey(start: number, end: number, hash: number, colon: number): boolean {
    const { bytes } = this;
    // A dot alone is a key of managedFields; what begins with one may be a number.
    if (bytes[start] === DOT && end > start + 1 && !isLetter(bytes[start + 1] as number)) throw UNCERTAIN;
    this.key(PLAIN, start, end, hash);
    this.at = colon + 1;
    return true;
  }

  protected tryQuotedKey(quote: number): boolean {
    const { bytes } = this;
    const start = this.at + 1;
    let at = start;
    let hash = 0;
    for (;;) {
      const byte = bytes[at] as number;
      if (byte === quote) break;
      if (byte === BACKSLASH || byte < SPACE) return false;
      hash = (Math.imul(hash, 31) + byte) | 0;
      at++;
    }
    if (bytes[at + 1] !== COLON || !this.isKeyEnd(at + 2)) return false;
    this.key(quote === DOUBLE_QUOTE ? DOUBLE : SINGLE, start, at, hash);
    this.at = at + 2;
    return true;
  }

  /** Whether a colon before `at`, after a key in quotes, ends the key. */
  protected isKeyEnd(at: number): boolean {
    return this.isBlank(at);
  }

  private key(node: number, start: number, end: number, hash: number): void {
    if (end - start > LONGEST_KEY) throw UNCERTAIN;
    this.keyNode = node;
    this.keyStart = start;
    this.keyEnd = end;
    this.keyHash = hash;
  }

  /** Writes the key that was read last. @param isNew whether its mapping does not have it yet */
  protected addKey(isNew: boolean): void {
    const { keyNode, keyStart, keyEnd } = this;
    const word = this.words.idOf(this.keyHash, this.bytes, keyStart, keyEnd);
    if (word === AMBIGUOUS && keyNode === PLAIN) throw UNCERTAIN;
    const quotes = keyNode === PLAIN ? 0 : 1;
    this.writeKey(keyNode | (word << 8), keyStart - quotes, keyEnd + quotes, isNew);
  }

  /** Writes a key. @param what its type, and the id of the known word that it is beyond the lowest byte */
  protected writeKey(what: number, start: number, end: number, isNew: boolean): void {
    if (!isNew) this.noteDuplicate(start, end);
    if (what > 0xff) this.onWord(what >> 8);
    this.tape.add(what, start, end);
  }

  private noteDuplicate(start: number, end: number): void {
    if (this.duplicate >= 0) return;
    this.duplicate = start;
    this.duplicateEnd = end;
  }
}
