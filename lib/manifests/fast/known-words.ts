/** Keys that say what an object is. */
export const WORD = {
  API_VERSION: 1,
  KIND: 2,
  METADATA: 3,
  NAME: 4,
  NAMESPACE: 5,
  ITEMS: 6,
  SCHEMA: 7,
  AMBIGUOUS: 8,
} as const;

const IDENTITY: readonly (readonly [string, number])[] = [
  ["apiVersion", WORD.API_VERSION],
  ["kind", WORD.KIND],
  ["metadata", WORD.METADATA],
  ["name", WORD.NAME],
  ["namespace", WORD.NAMESPACE],
  ["items", WORD.ITEMS],
  ["openAPIV3Schema", WORD.SCHEMA],
];

/** Words that YAML reads as something else than text when they stand as plain keys. */
const AMBIGUOUS = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", ".inf", ".nan"].flatMap((word) => [
  word,
  word.toUpperCase(),
  word.charAt(0).toUpperCase() + word.slice(1),
  word.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  word.replace("nan", "NaN"),
]);

/** Slots of the table; a power of two, and many more than words, so that almost every other key ends at an empty slot. */
const SLOTS = 4096;

/** Hash of a key's bytes; walkers compute the same while they read it. */
export function hashOf(word: Uint8Array): number {
  let hash = 0;
  for (const byte of word) hash = (Math.imul(hash, 31) + byte) | 0;
  return hash;
}

/** Keys that the walker knows by number. */
export class KnownWords {
  private readonly slots = new Int16Array(SLOTS);
  private readonly bytes: Uint8Array[] = [new Uint8Array(0)];
  private readonly hashes: number[] = [0];
  private readonly ids: number[] = [0];
  /** One more than the greatest id. */
  readonly count: number;

  /** @param others further words; the n-th has the id `AMBIGUOUS + 1 + n` */
  constructor(others: readonly string[]) {
    for (const [word, id] of IDENTITY) this.add(word, id);
    for (const word of new Set(AMBIGUOUS)) this.add(word, WORD.AMBIGUOUS);
    for (const [index, word] of others.entries()) this.add(word, WORD.AMBIGUOUS + 1 + index);
    this.count = WORD.AMBIGUOUS + 1 + others.length;
  }

  private add(word: string, id: number): void {
    const bytes = Buffer.from(word);
    const hash = hashOf(bytes);
    let slot = slotOf(hash);
    while (this.slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.slots[slot] = this.bytes.length;
    this.bytes.push(bytes);
    this.hashes.push(hash);
    this.ids.push(id);
  }

  /** The id of the key at `start`; 0 for a key that is not known. */
  idOf(hash: number, source: Uint8Array, start: number, end: number): number {
    for (let slot = slotOf(hash); ; slot = (slot + 1) & (SLOTS - 1)) {
      const entry = this.slots[slot] as number;
      if (entry === 0) return 0;
      if (this.hashes[entry] === hash && this.isAt(entry, source, start, end)) return this.ids[entry] as number;
    }
  }

  private isAt(entry: number, source: Uint8Array, start: number, end: number): boolean {
    const bytes = this.bytes[entry] as Uint8Array;
    if (bytes.length !== end - start) return false;
    for (let index = 0; index < bytes.length; index++) if (bytes[index] !== source[start + index]) return false;
    return true;
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 12)) & (SLOTS - 1);
}
