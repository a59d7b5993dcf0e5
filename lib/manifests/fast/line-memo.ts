/** Longer lines are read afresh: hardly one of them is like another. */
const LONGEST_LINE = 64;
const WORD_BYTES = 4;
/** Integers of an entry: what is known of the line, then its bytes. A power of two. */
const STRIDE = 32;
const KNOWN = 4;
const SLOT_BITS = 10;

/** So many bytes have to be there from the start of a line on for it to be looked up. */
export const LOOKED_AT = LONGEST_LINE;

const LINE_FEEDS = 0x0a0a0a0a;
const ONES = 0x01010101;
const HIGHEST_BITS = 0x80808080 | 0;
const GOLDEN = 0x9e3779b1 | 0;

/** What stands in a line, as integers of an entry. Places are counted from where the line starts. */
export const LINE = {
  /** A byte each: how long it is, its indentation, where its value starts and ends. */
  EXTENT: 0,
  /** A byte each: the type of its value, where its key starts and ends, and the bits below. */
  KEY: 1,
  KEY_HASH: 2,
  /** What its key is, as the tape has it; 0 for no key. */
  WHAT: 3,
} as const;

/** A dash stands first. */
export const HAS_DASH = 1 << 30;
/** The value may go on in the next line. */
export const IS_OPEN_ENDED = 1 << 29;

/**
 * Lines that were met before and what stands in them. Rendered manifests are made of few different lines, and it takes a fraction of the
 * time to see that a line is one of them than to read it. A table of fixed size, in which a newer line takes the place of an older one.
 */
export class LineMemo {
  readonly cells = new Int32Array(STRIDE << SLOT_BITS);
  /** For each entry the hash of the last line that would have been there. */
  private readonly met = new Int32Array(1 << SLOT_BITS);
  /** Of the line that was looked for last and not found; a length of 0 for one that is not to be remembered. */
  private hash = 0;
  private length = 0;
  private last = 0;

  /** The entry of the line that starts at `start`; -1 where it is not known. */
  find(view: DataView, start: number): number {
    const stop = start + LONGEST_LINE;
    let at = start;
    let hash = 0;
    let word = 0;
    let ends = 0;
    for (;;) {
      word = view.getInt32(at, true);
      const others = word ^ LINE_FEEDS;
      // The lowest bit that is set is the highest of the first byte that is a line feed.
      ends = (others - ONES) & ~others & HIGHEST_BITS;
      if (ends !== 0) break;
      hash = Math.imul(hash ^ word, GOLDEN);
      at += WORD_BYTES;
      if (at === stop) return this.unknown(0, 0, 0);
    }
    const bits = 24 - Math.clz32(ends & -ends);
    const last = word & ((1 << bits) - 1);
    const length = at - start + (bits >> 3);
    hash = Math.imul(hash ^ last ^ length, GOLDEN);
    const entry = entryOf(hash);
    return this.isAt(entry, view, start, length, last) ? entry : this.unknown(hash, length, last);
  }

  private isAt(entry: number, view: DataView, start: number, length: number, last: number): boolean {
    const { cells } = this;
    const text = entry + KNOWN;
    const words = length >> 2;
    if (length === 0 || ((cells[entry] as number) & 0xff) !== length || cells[text + words] !== last) return false;
    for (let index = 0; index < words; index++)
      if (cells[text + index] !== view.getInt32(start + index * WORD_BYTES, true)) return false;
    return true;
  }

  private unknown(hash: number, length: number, last: number): number {
    this.hash = hash;
    this.length = length;
    this.last = last;
    return -1;
  }

  /**
   * Whether the line that was looked for last and not found is worth an entry: it is met for the second time, for most lines that are
   * new never come again.
   */
  isMetAgain(): boolean {
    const { hash, met } = this;
    const slot = entryOf(hash) / STRIDE;
    if (this.length === 0 || met[slot] === hash) return this.length > 0;
    met[slot] = hash;
    return false;
  }

  /** An entry for that line, to be filled with what is known of it. */
  newEntry(view: DataView, start: number): number {
    const { hash, length, cells } = this;
    const entry = entryOf(hash);
    const text = entry + KNOWN;
    const words = length >> 2;
    for (let index = 0; index < words; index++) cells[text + index] = view.getInt32(start + index * WORD_BYTES, true);
    cells[text + words] = this.last;
    cells[entry] = length;
    return entry;
  }
}

function entryOf(hash: number): number {
  return (hash >>> (32 - SLOT_BITS)) * STRIDE;
}
