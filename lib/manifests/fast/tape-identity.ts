import { WORD } from "./known-words";
import { NODE, type Tape } from "./tape";
import { tapeValue } from "./tape-value";

const { API_VERSION, ITEMS, KIND, METADATA, NAME, NAMESPACE } = WORD;

const { DOUBLE, MAP, PLAIN, SINGLE } = NODE;

/** The nodes of a mapping that say what object it is; -1 for those that it does not have. */
export interface IdentityNodes {
  /** The key `apiVersion`, which its value follows. */
  readonly apiVersionKey: number;
  readonly kind: number;
  readonly metadata: number;
  readonly items: number;
}

/** Finds what identifies the object that a mapping may be. */
export function identityNodes(tape: Tape, node: number): IdentityNodes {
  let apiVersionKey = -1;
  let kind = -1;
  let metadata = -1;
  let items = -1;
  const end = tape.next(node);
  for (let key = tape.first(node); key < end; ) {
    const value = tape.first(key);
    const word = tape.detail(key);
    if (word === API_VERSION) apiVersionKey = key;
    else if (word === KIND) kind = value;
    else if (word === METADATA) metadata = value;
    else if (word === ITEMS) items = value;
    key = tape.next(value);
  }
  return { apiVersionKey, kind, metadata, items };
}

/** The nodes of name and namespace in a `metadata` mapping; -1 for those that it does not have. */
export interface NameNodes {
  readonly name: number;
  readonly namespace: number;
}

/** Finds the names in what may be a `metadata` mapping. */
export function nameNodes(tape: Tape, metadata: number): NameNodes {
  let name = -1;
  let namespace = -1;
  if (metadata < 0 || tape.type(metadata) !== MAP) return { name, namespace };
  const end = tape.next(metadata);
  for (let key = tape.first(metadata); key < end; ) {
    const value = tape.first(key);
    if (tape.detail(key) === NAME) name = value;
    else if (tape.detail(key) === NAMESPACE) namespace = value;
    key = tape.next(value);
  }
  return { name, namespace };
}

const OPEN_BRACE = 123;
/** No word longer than this, and none with another first letter, means anything to YAML but itself: yes, no, true, false, on, off, null. */
const LONGEST_KEYWORD = 5;
const KEYWORD_LETTERS: readonly number[] = Array.from("yntfo", (letter) => letter.charCodeAt(0));

/** Whether a scalar is sure to be a proper name: text, not empty and no template. */
export function isName(tape: Tape, bytes: Buffer, node: number): boolean {
  const type = tape.type(node);
  const start = tape.start(node);
  const end = tape.end(node);
  for (let at = start; at < end; at++) if (bytes[at] === OPEN_BRACE) return false;
  if (type === DOUBLE || type === SINGLE) return end - start > 2;
  if (type !== PLAIN) return false;
  return isWord(bytes[start] as number, end - start) || typeof tapeValue(tape, bytes, node) === "string";
}

function isWord(first: number, length: number): boolean {
  const letter = first | 32;
  if (letter < 97 || letter > 122) return false;
  return length > LONGEST_KEYWORD || !KEYWORD_LETTERS.includes(letter);
}
