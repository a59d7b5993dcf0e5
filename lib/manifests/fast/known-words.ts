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
  /** For each slot the number of an entry; 0 for none. */
  private readonly slots = new Int16Array(SLOTS);
  private readonly hashes: Int32Array;
  private readonly ids: Int16Array;
  /** Where each entry's letters end in `letters`; they begin where those of the one before end. */
  private readonly ends: Int32Array;
  private readonly letters: Uint8Array;
  /** One more than the greatest id. */
  readonly count: number;

  /** @param others further words; the n-th has the id `AMBIGUOUS + 1 + n` */
  constructor(others: readonly string[]) {
    const words = [
      ...IDENTITY,
      ...[...new Set(AMBIGUOUS)].map((word) => [word, WORD.AMBIGUOUS] as const),
      ...others.map((word, index) => [word, WORD.AMBIGUOUS + 1 + index] as const),
    ];
    this.letters = Buffer.from(words.map(([word]) => word).join(""));
    this.hashes = new Int32Array(words.length + 1);
    this.ids = new Int16Array(words.length + 1);
    this.ends = new Int32Array(words.length + 1);
    for (const [index, [word, id]] of words.entries()) this.add(index + 1, Buffer.from(word), id);
    this.count = WORD.AMBIGUOUS + 1 + others.length;
  }

  private add(entry: number, word: Uint8Array, id: number): void {
    const hash = hashOf(word);
    let slot = slotOf(hash);
    while (this.slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.slots[slot] = entry;
    this.hashes[entry] = hash;
    this.ids[entry] = id;
    this.ends[entry] = (this.ends[entry - 1] as number) + word.length;
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
    const { letters } = this;
    let letter = this.ends[entry - 1] as number;
    if ((this.ends[entry] as number) - letter !== end - start) return false;
    for (let at = start; at < end; at++, letter++) if (letters[letter] !== source[at]) return false;
    return true;
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 12)) & (SLOTS - 1);
}
