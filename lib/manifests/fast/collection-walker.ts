import { DEEPEST } from "./flow-walker";
import { hashBetween } from "./key-set";
import { UNCERTAIN } from "./scalar-walker";
import { NODE } from "./tape";
import { TextWalker } from "./text-walker";

const { MAP, PLAIN, SEQUENCE } = NODE;

/** From so many keys on a mapping has a set of them. */
const MANY_KEYS = 16;

/** Integers of an open collection. */
const STRIDE = 4;
/** Twice its indentation, and one more for a sequence. */
const LEVEL = 0;
/** Its node on the tape. */
const NODE_OF = 1;
/** Of a mapping: a bit for each key, and the bit of a key that it does not have is hardly ever set. */
const BITS = 2;
/** Of a mapping: its number among the sets of keys, once it has many; 0 before. */
const SET = 3;

/** Knows the mappings and sequences that a line stands in, by their indentation. */
export abstract class CollectionWalker extends TextWalker {
  /** The collections that are open, from the outermost on. */
  private readonly nesting = new Int32Array(DEEPEST * STRIDE);
  /** Where the innermost of them is; negative for none. */
  protected top = -STRIDE;
  /** The empty node whose value the next lines may be; -1 for none. */
  protected pending = -1;
  /** The scalar that was read last, which the next line may go on. */
  protected lastScalar = 0;

  /** Begins with a document. */
  protected beginCollections(): void {
    this.top = -STRIDE;
    this.pending = -1;
  }

  protected override indent(): number {
    return (this.nesting[this.top] as number) >> 1;
  }

  protected override isInSequence(): boolean {
    return ((this.nesting[this.top] as number) & 1) === 1;
  }

  /** Whether the innermost mapping does not have a key yet; places are without quotes. */
  protected isNewKey(hash: number, start: number, end: number): boolean {
    const { nesting, top } = this;
    const bit = 1 << (hash ^ (hash >>> 5));
    const bits = nesting[top + BITS] as number;
    nesting[top + BITS] = bits | bit;
    return (bits & bit) === 0 || this.isNewAmong(hash, start, end);
  }

  private isNewAmong(hash: number, start: number, end: number): boolean {
    const { bytes, tape, nesting, top } = this;
    const set = nesting[top + SET] as number;
    if (set > 0) return this.keys.add(set, hash, bytes, start, end);
    const mapping = nesting[top + NODE_OF] as number;
    let count = 0;
    for (let key = tape.first(mapping); key < tape.length; key = tape.next(tape.first(key)), count++) {
      const quotes = tape.type(key) === PLAIN ? 0 : 1;
      if (isSame(bytes, tape.start(key) + quotes, tape.end(key) - quotes, start, end)) return false;
    }
    if (count >= MANY_KEYS) {
      this.gatherKeys(mapping);
      this.keys.add(nesting[top + SET] as number, hash, bytes, start, end);
    }
    return true;
  }

  /** Puts the keys of a mapping of many into a set, which is asked of every key from now on. */
  private gatherKeys(mapping: number): void {
    const { bytes, tape, keys, nesting, top } = this;
    const set = keys.newMapping();
    for (let key = tape.first(mapping); key < tape.length; key = tape.next(tape.first(key))) {
      const quotes = tape.type(key) === PLAIN ? 0 : 1;
      const start = tape.start(key) + quotes;
      const end = tape.end(key) - quotes;
      keys.add(set, hashBetween(bytes, start, end), bytes, start, end);
    }
    nesting[top + SET] = set;
    nesting[top + BITS] = -1;
  }

  /** Whether a line can only be more of the scalar before it. */
  protected isWithinScalar(indent: number): boolean {
    return this.pending < 0 && this.top >= 0 && indent > this.indent();
  }

  /** Opens or goes back to the sequence of a dash. */
  protected toSequence(indent: number): void {
    if (this.pending >= 0 && this.mayHoldSequence(indent)) this.pushSequence(indent, this.at);
    else this.popTo(indent * 2 + 1);
  }

  /** The sequence that is the value of a key may stand as far left as the key. */
  private mayHoldSequence(indent: number): boolean {
    if (indent > this.indent()) return true;
    return indent === this.indent() && !this.isInSequence();
  }

  /** Goes back to the mapping of a key, or opens the root. */
  protected toMapping(indent: number): void {
    if (this.top >= 0) this.popTo(indent * 2);
    else this.toRoot(indent);
  }

  /** The root is a mapping that starts in the first column, and it is all there is. */
  private toRoot(indent: number): void {
    if (indent > 0 || this.tape.length > 0) throw UNCERTAIN;
    this.pushMapping(indent, this.at);
  }

  protected pushMapping(indent: number, start: number): void {
    this.push(indent * 2, MAP, start);
  }

  protected pushSequence(indent: number, start: number): void {
    this.push(indent * 2 + 1, SEQUENCE, start);
  }

  private push(level: number, type: number, start: number): void {
    const { nesting, tape, pending } = this;
    const top = this.top + STRIDE;
    if (top >= nesting.length) throw UNCERTAIN;
    let node = pending;
    if (pending < 0) node = tape.add(type, start, start);
    else tape.become(pending, type, start);
    nesting[top + LEVEL] = level;
    nesting[top + NODE_OF] = node;
    nesting[top + BITS] = 0;
    nesting[top + SET] = 0;
    this.top = top;
    this.pending = -1;
  }

  protected pop(): void {
    const { top } = this;
    this.tape.close(this.nesting[top + NODE_OF] as number, this.at);
    this.top = top - STRIDE;
    this.pending = -1;
  }

  /**
   * Ends the collections within the one of this level that its line belongs to. A sequence as far left as the mapping around it lies
   * deeper than that.
   */
  private popTo(level: number): void {
    const { nesting } = this;
    while (this.top >= 0 && (nesting[this.top] as number) > level) this.pop();
    if (this.top < 0 || nesting[this.top] !== level) throw UNCERTAIN;
  }
}

function isSame(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let at = start, other = otherStart; at < end; at++, other++) if (bytes[at] !== bytes[other]) return false;
  return true;
}
