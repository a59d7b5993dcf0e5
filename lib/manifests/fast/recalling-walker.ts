import { BYTE } from "./byte";
import { CollectionWalker } from "./collection-walker";
import { HAS_DASH, IS_OPEN_ENDED, LINE, LineMemo, LOOKED_AT } from "./line-memo";
import { NODE } from "./tape";

const { KEY, KEY_HASH, WHAT } = LINE;

const { EMPTY, ESCAPED, PLAIN } = NODE;

const { SPACE, DASH } = BYTE;

/**
 * Reads a line that is like an earlier one without looking into it: what stands in it is known, and what that means where it stands now
 * is found out as for any other.
 */
export abstract class RecallingWalker extends CollectionWalker {
  private readonly memo = new LineMemo();
  private view: DataView = new DataView(new ArrayBuffer(0));
  /** Lines that start behind this are not looked up. */
  private lookedUpTo = -1;

  /** Begins with other bytes. */
  protected beginBytes(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.lookedUpTo = bytes.length - LOOKED_AT;
  }

  /** The entry of the line that starts here; -1 where it is not known. */
  protected recalled(): number {
    return this.at > this.lookedUpTo ? -1 : this.memo.find(this.view, this.at);
  }

  /** Reads the line that an entry knows; false, without moving, where it is part of a scalar. */
  protected recall(entry: number): boolean {
    const { cells } = this.memo;
    const extent = cells[entry] as number;
    const indent = (extent >> 8) & 0xff;
    if (this.isWithinScalar(indent)) return false;
    const start = this.at;
    const place = cells[entry + KEY] as number;
    const what = cells[entry + WHAT] as number;
    const key = start + ((place >> 8) & 0xff);
    this.at = start + indent;
    if ((place & HAS_DASH) !== 0) this.recallDash(indent, what, start, key);
    else if (this.pending >= 0 && indent > this.indent()) this.pushMapping(indent, key);
    else this.toMapping(indent);
    if (what !== 0) this.recallKey(what, key, start + ((place >> 16) & 0xff), cells[entry + KEY_HASH] as number);
    const type = place & 0xf;
    const value = this.tape.add(type, start + ((extent >> 16) & 0xff), start + (extent >>> 24));
    this.at = start + (extent & 0xff) + 1;
    this.lines++;
    this.pending = -1;
    if (type === EMPTY) this.pending = value;
    else {
      this.lastScalar = value;
      this.isOpenEnded = (place & IS_OPEN_ENDED) !== 0;
    }
    return true;
  }

  private recallDash(indent: number, what: number, start: number, key: number): void {
    this.toSequence(indent);
    if (what !== 0) this.pushMapping(key - start, key);
  }

  private recallKey(what: number, start: number, end: number, hash: number): void {
    const quotes = (what & 0xff) === PLAIN ? 0 : 1;
    this.writeKey(what, start, end, this.isNewKey(hash, start + quotes, end - quotes));
  }

  /** Remembers the line that was just read, if it holds at most one key, and one value or none, and both whole. */
  protected remember(start: number): void {
    if (start > this.lookedUpTo || !this.memo.isMetAgain()) return;
    const { bytes, tape } = this;
    const value = tape.last;
    if (value < 0 || tape.start(value) < start || tape.type(value) > ESCAPED) return;
    let at = start;
    while (bytes[at] === SPACE) at++;
    const indent = at - start;
    const hasDash = bytes[at] === DASH && this.isBlank(at + 1);
    if (hasDash) at = this.afterDash(at);
    if (tape.start(value) === at) {
      if (hasDash) this.describeLine(start, indent, HAS_DASH, value, -1);
      return;
    }
    const key = tape.before(value);
    if (tape.start(key) === at && tape.type(key) >= PLAIN)
      this.describeLine(start, indent, hasDash ? HAS_DASH : 0, value, key);
  }

  private afterDash(dash: number): number {
    let at = dash + 1;
    while (this.bytes[at] === SPACE) at++;
    return at;
  }

  /** @param key -1 for none */
  private describeLine(start: number, indent: number, dash: number, value: number, key: number): void {
    const { tape, memo } = this;
    const { cells } = memo;
    const entry = memo.newEntry(this.view, start);
    const ends = ((tape.start(value) - start) << 16) | ((tape.end(value) - start) << 24);
    const place = key < 0 ? 0 : ((tape.start(key) - start) << 8) | ((tape.end(key) - start) << 16);
    cells[entry] = (cells[entry] as number) | (indent << 8) | ends;
    cells[entry + KEY] = tape.type(value) | place | dash | (this.isOpenEnded ? IS_OPEN_ENDED : 0);
    cells[entry + KEY_HASH] = this.keyHash;
    cells[entry + WHAT] = key < 0 ? 0 : tape.what(key);
  }
}
