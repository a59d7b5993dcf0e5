import { BYTE, CLASS, IS } from "./byte";
import { KeyWalker } from "./key-walker";
import { UNCERTAIN } from "./scalar-walker";
import { NODE } from "./tape";

const { FLOW_PLAIN, KEY_START, PLAIN_START } = IS;

const { MAP, MULTILINE, PLAIN, SEQUENCE } = NODE;

const { LF, CR, SPACE, DOUBLE_QUOTE, SINGLE_QUOTE, COMMA, DASH, COLON, QUESTION } = BYTE;
const { OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE } = BYTE;
const CLASSES = CLASS;

/** Deeper than manifests are, and no deeper than the YAML parser is sure to go. */
export const DEEPEST = 100;

/**
 * Reads collections in brackets and braces, JSON among them: keys and values that are plain or quoted, on one line or on many. What is
 * rarer (comments, pairs within sequences, missing values) is not certain.
 */
export abstract class FlowWalker extends KeyWalker {
  /** Goes past spaces and line ends to what stands next; the lines must belong to the collection. */
  protected abstract skipFlowSpace(): number;

  /** In how many brackets and braces it stands. */
  protected flowLevel = 0;

  protected override isKeyEnd(at: number): boolean {
    return this.flowLevel > 0 || super.isKeyEnd(at);
  }

  /** Reads the collection that starts here. */
  protected flow(): void {
    this.flowLevel = 0;
    this.flowNode(this.bytes[this.at] as number);
    this.flowLevel = 0;
  }

  private flowNode(byte: number): void {
    if (byte === OPEN_BRACE) this.flowMapping();
    else if (byte === OPEN_BRACKET) this.flowSequence();
    else this.flowScalar(byte);
  }

  private flowScalar(byte: number): void {
    const node = this.tape.length;
    if (byte === DOUBLE_QUOTE) this.double();
    else if (byte === SINGLE_QUOTE) this.single();
    else this.flowPlain();
    if (this.tape.type(node) === MULTILINE) throw UNCERTAIN;
  }

  private flowMapping(): void {
    const { tape } = this;
    const node = tape.add(MAP, this.at, this.at);
    const mapping = this.keys.newMapping();
    this.open();
    let byte = this.skipFlowSpace();
    while (byte !== CLOSE_BRACE) {
      this.flowKey();
      this.addKey(this.keys.add(mapping, this.keyHash, this.bytes, this.keyStart, this.keyEnd));
      this.flowNode(this.skipFlowSpace());
      byte = this.afterMember(CLOSE_BRACE);
    }
    this.close(node);
  }

  private open(): void {
    this.at++;
    this.flowLevel++;
    if (this.flowLevel > DEEPEST) throw UNCERTAIN;
  }

  private close(node: number): void {
    this.at++;
    this.flowLevel--;
    this.tape.close(node, this.at);
  }

  private flowKey(): void {
    const first = this.bytes[this.at] as number;
    const isQuoted = first === DOUBLE_QUOTE || first === SINGLE_QUOTE;
    if (!(isQuoted ? this.tryQuotedKey(first) : this.tryPlainKey(FLOW_PLAIN))) throw UNCERTAIN;
  }

  private flowSequence(): void {
    const node = this.tape.add(SEQUENCE, this.at, this.at);
    this.open();
    let byte = this.skipFlowSpace();
    while (byte !== CLOSE_BRACKET) {
      this.flowNode(byte);
      byte = this.afterMember(CLOSE_BRACKET);
    }
    this.close(node);
  }

  /** Goes past the comma to the next member, or to the end of the collection. */
  private afterMember(end: number): number {
    const byte = this.skipFlowSpace();
    if (byte === end) return byte;
    if (byte !== COMMA) throw UNCERTAIN;
    this.at++;
    return this.skipFlowSpace();
  }

  private flowPlain(): void {
    const { bytes } = this;
    const start = this.at;
    const first = bytes[start] as number;
    if (((CLASSES[first] as number) & PLAIN_START) === 0) throw UNCERTAIN;
    if (first === COLON || first === QUESTION || (first === DASH && !isPlainAfterDash(bytes[start + 1] as number)))
      throw UNCERTAIN;
    const end = this.flowPlainEnd();
    if (first === DASH && end - start > 20) throw UNCERTAIN;
    this.tape.add(PLAIN, start, end);
  }

  private flowPlainEnd(): number {
    const { bytes } = this;
    for (;;) {
      let at = this.at;
      while (((CLASSES[bytes[at] as number] as number) & FLOW_PLAIN) !== 0) at++;
      this.at = at;
      if (bytes[at] === COLON && isPlainAfterColon(bytes[at + 1] as number)) {
        this.at++;
        continue;
      }
      const byte = this.skipSpaces();
      if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte === LF || byte === CR) return at;
      if (this.at === at || ((CLASSES[byte] as number) & FLOW_PLAIN) === 0) throw UNCERTAIN;
    }
  }
}

function isPlainAfterDash(byte: number): boolean {
  return byte !== SPACE && ((CLASSES[byte] as number) & FLOW_PLAIN) !== 0;
}

function isPlainAfterColon(byte: number): boolean {
  return ((CLASSES[byte] as number) & (KEY_START | FLOW_PLAIN)) !== 0;
}
