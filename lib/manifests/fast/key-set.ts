/** Entries at first: enough for most documents, and few enough to stay in the processor's nearest cache. */
const FIRST_CAPACITY = 1 << 9;
/** Integers of an entry: the mapping's number, where the key starts, how long it is. */
const STRIDE = 3;

/**
 * The keys of every mapping of a document, to notice one that stands twice. One table for all of them: numbers of mappings never
 * repeat, so that entries of earlier documents count as empty.
 */
export class KeySet {
  private slots = new Int32Array(FIRST_CAPACITY * STRIDE);
  private capacity = FIRST_CAPACITY;
  private used = 0;
  private oldest = 1;
  private newest = 0;

  /** Forgets everything. */
  clear(): void {
    if (this.capacity > FIRST_CAPACITY) {
      this.capacity = FIRST_CAPACITY;
      this.slots = new Int32Array(FIRST_CAPACITY * STRIDE);
    }
    this.used = 0;
    this.oldest = this.newest + 1;
  }

  /** The number of a new mapping. */
  newMapping(): number {
    this.newest += 1;
    return this.newest;
  }

  /** Adds a key to a mapping; false where it has it already. */
  add(mapping: number, hash: number, source: Uint8Array, start: number, end: number): boolean {
    if (this.used * 2 >= this.capacity) this.grow(source);
    const { slots } = this;
    const mask = this.capacity - 1;
    for (let slot = spread(hash, mapping) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * STRIDE;
      const owner = slots[at] as number;
      if (owner < this.oldest) {
        slots[at] = mapping;
        slots[at + 1] = start;
        slots[at + 2] = end - start;
        this.used += 1;
        return true;
      }
      if (owner === mapping && slots[at + 2] === end - start && isSame(source, slots[at + 1] as number, start, end))
        return false;
    }
  }

  private grow(source: Uint8Array): void {
    const before = this.slots;
    this.capacity *= 2;
    this.slots = new Int32Array(this.capacity * STRIDE);
    this.used = 0;
    for (let at = 0; at < before.length; at += STRIDE) {
      const owner = before[at] as number;
      const start = before[at + 1] as number;
      const end = start + (before[at + 2] as number);
      if (owner >= this.oldest) this.add(owner, hashBetween(source, start, end), source, start, end);
    }
  }
}

function spread(hash: number, mapping: number): number {
  const mixed = Math.imul(hash ^ Math.imul(mapping, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** The hash of a key, as walkers compute it while they read it. */
export function hashBetween(source: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (source[at] as number)) | 0;
  return hash;
}

function isSame(source: Uint8Array, known: number, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (source[at] !== source[known + at - start]) return false;
  return true;
}
