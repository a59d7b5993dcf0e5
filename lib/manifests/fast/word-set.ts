const BITS = 32;

/** A set of known words, by their ids. */
export class WordSet {
  private readonly bits: Int32Array;

  constructor(count: number, words: readonly number[] = []) {
    this.bits = new Int32Array(Math.ceil(count / BITS));
    for (const word of words) this.add(word);
  }

  add(word: number): void {
    this.bits[word >> 5] = (this.bits[word >> 5] as number) | (1 << (word & (BITS - 1)));
  }

  has(word: number): boolean {
    return ((this.bits[word >> 5] as number) & (1 << (word & (BITS - 1)))) !== 0;
  }

  clear(): void {
    const { bits } = this;
    for (let index = 0; index < bits.length; index++) bits[index] = 0;
  }

  /** Whether the two have a word in common. */
  meets(other: WordSet): boolean {
    const { bits } = this;
    for (let index = 0; index < bits.length; index++) {
      if (((bits[index] as number) & (other.bits[index] as number)) !== 0) return true;
    }
    return false;
  }
}
