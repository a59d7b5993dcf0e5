/** Bytes that mean something to YAML. */
export const BYTE = {
  TAB: 9,
  LF: 10,
  CR: 13,
  SPACE: 32,
  DOUBLE_QUOTE: 34,
  HASH: 35,
  PERCENT: 37,
  SINGLE_QUOTE: 39,
  PLUS: 43,
  COMMA: 44,
  DASH: 45,
  DOT: 46,
  ZERO: 48,
  NINE: 57,
  COLON: 58,
  QUESTION: 63,
  GREATER: 62,
  OPEN_BRACKET: 91,
  BACKSLASH: 92,
  CLOSE_BRACKET: 93,
  OPEN_BRACE: 123,
  PIPE: 124,
  CLOSE_BRACE: 125,
} as const;

/** What a byte may be part of, as bits of `CLASS`. */
export const IS = {
  /** The first byte of a plain key. */
  KEY_START: 1,
  /** A byte of a plain key; a colon ends it where a space follows. */
  KEY: 2,
  /** The first byte of a plain value. */
  PLAIN_START: 4,
  /** A byte of a plain value that needs no second look. */
  PLAIN: 8,
  /** A byte of a plain value in a flow collection that needs no second look. */
  FLOW_PLAIN: 16,
  /** A byte within double quotes that needs no second look. */
  DOUBLE: 32,
  /** A byte within single quotes that needs no second look. */
  SINGLE: 64,
  /** What may follow a backslash within double quotes, alone. The slash is left out: it would hide the names of annotations. */
  ESCAPE: 128,
} as const;

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS = "0123456789";

/** `IS` bits for each byte. Bytes of characters beyond ASCII are parts of plain and quoted values and of no key. */
export const CLASS: Uint8Array = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(256);
  const add = (bit: number, characters: string) => {
    for (const character of characters) table[character.charCodeAt(0)] = (table[character.charCodeAt(0)] ?? 0) | bit;
  };
  const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => index + 32));
  const beyondAscii = String.fromCharCode(...Array.from({ length: 128 }, (_, index) => index + 128));
  const all = printable + beyondAscii;
  add(IS.KEY_START, `${LETTERS}_./$`);
  add(IS.KEY, `${LETTERS}${DIGITS}_./$-@+()*,=~%;<>?|!&^{}[]"'\\`);
  add(IS.PLAIN_START, `${LETTERS}${DIGITS}_./$-+()=~;^\\<:?${beyondAscii}`);
  add(IS.PLAIN, without(all, ":#"));
  add(IS.FLOW_PLAIN, `${LETTERS}${DIGITS}_./$-+()=~;^*@%${beyondAscii}`);
  add(IS.DOUBLE, `\t${without(all, '"\\')}`);
  add(IS.SINGLE, `\t${without(all, "'")}`);
  add(IS.ESCAPE, '0abtnvfre "\\N_LP');
  return table;
}

function without(characters: string, excluded: string): string {
  return [...characters].filter((character) => !excluded.includes(character)).join("");
}
