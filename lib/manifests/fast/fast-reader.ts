import { isUtf8 } from "node:buffer";
import type { Location, Unreadable } from "../../domain/model";
import { duplicateKey, templateHint } from "../broken-document";
import { describeFacts } from "../describe-object";
import { mayHoldManifests } from "../may-hold-manifests";
import { EMPTY_FILE, type FileProblem, type ObjectsSink, objectsIn } from "../objects-in";
import type { DocumentSink } from "../read";
import { BYTE } from "./byte";
import { notUtf8, tooLarge } from "./document-problems";
import { DocumentReader } from "./document-reader";
import { triggerWords } from "./field-triggers";
import { KnownWords } from "./known-words";
import { type ObjectType, ObjectTypes } from "./object-types";
import { PlaceFinder } from "./place-finder";
import { PlacedTape } from "./placed-tape";
import type { ReadCounts, ReaderSink, ReadObject } from "./reader-sink";
import { NODE } from "./tape";
import { type IdentityNodes, identityNodes, isName, type NameNodes, nameNodes } from "./tape-identity";
import { textOf } from "./tape-value";
import { WordSet } from "./word-set";

/** What the YAML parser is given at most, in bytes: it takes a hundred times as much memory, and no object may be so large. */
const LARGEST_PARSED = 2 * 1024 * 1024;
const { LF, CR, SPACE, OPEN_BRACE } = BYTE;
/** What every token of cdktf has in it but those that are numbers. Of fewer than eight letters, which are searched for faster. */
const TOKEN = Buffer.from("TfToken");

/**
 * Reads Kubernetes manifests from bytes. It builds no tree but for objects that a field change may hit, and hands over what it is not
 * certain of to the YAML parser, so that it differs from `readManifests` in nothing that the rules for APIs see.
 */
export class FastReader extends DocumentReader {
  readonly counts: ReadCounts = { documents: 0, objects: 0, unreadable: 0, parsed: 0 };
  private readonly objectTypes: ObjectTypes;
  private readonly places = new PlaceFinder();
  private readonly wanted = new Map<string, boolean>();
  /** The known words that are keys of the document. */
  private readonly seen: WordSet;
  private file = "";
  private buffer: Buffer = Buffer.alloc(0);
  private hasTokens = false;
  private isPadded = false;
  /** Whether all of what was given last is UTF-8. */
  private isText = true;

  constructor(private readonly sink: ReaderSink) {
    super(new KnownWords(triggerWords()));
    this.seen = new WordSet(this.words.count);
    this.objectTypes = new ObjectTypes(this.words.count, (apiVersion, kind) => this.isWanted(apiVersion, kind));
  }

  /** Begins with a new file. */
  begin(file: string): void {
    this.restart();
    this.file = file;
  }

  /**
   * Reads documents of the file that was begun.
   * @param end where they end in the buffer: after a line feed, with a zero behind it
   * @param rest whether the file ends there, and then whether the last line feed was added to it; else a `---` follows
   * @returns how many of the bytes are done with
   */
  read(buffer: Buffer, end: number, rest: "follows" | "none" | "none, padded"): number {
    this.buffer = buffer;
    this.isPadded = rest === "none, padded";
    this.hasTokens = buffer.subarray(0, end).includes(TOKEN);
    this.isText = isUtf8(buffer.subarray(0, end));
    const before = this.documents;
    const done = this.readDocuments(buffer, end, rest !== "follows");
    this.counts.documents += this.documents - before;
    return done;
  }

  /** Documents of the file that was begun. */
  get documentsOfFile(): number {
    return this.documents;
  }

  /** Says of the file that was begun that it, or the rest of it, is not read. */
  refuse(problem: FileProblem): void {
    this.counts.unreadable += 1;
    const line = problem === EMPTY_FILE ? 1 : this.lines + 1;
    const location = { file: this.file, line, column: 1 };
    this.sink.unreadable({ what: this.file, ...problem, location }, problem === EMPTY_FILE);
  }

  protected override onWord(id: number): void {
    this.seen.add(id);
  }

  protected override certain(): void {
    if (!this.isText || this.isBeyondTape()) this.uncertain();
    else if (this.tape.length > 0) {
      this.places.begin(this.bytes, this.start, this.startLine);
      if (this.duplicate < 0) this.readRoot();
      else this.duplicated();
    }
    this.seen.clear();
  }

  private duplicated(): void {
    const { buffer, start, at, duplicate, duplicateEnd } = this;
    const quotes = buffer[duplicate] === 0x22 || buffer[duplicate] === 0x27 ? 1 : 0;
    const name = buffer.toString("utf8", duplicate + quotes, duplicateEnd - quotes);
    const message = templateHint(buffer.toString("utf8", start, at)) ?? duplicateKey(name);
    this.unreadable({ message, location: this.locate(duplicate) });
  }

  /** Whether what is on the tape is not all that counts. */
  private isBeyondTape(): boolean {
    if (this.hasTokens && this.buffer.subarray(this.start, this.at).includes(TOKEN)) return true;
    return this.isPadded && this.at === this.end && this.isChangedByPadding();
  }

  /** A block of text may end with the line feed that was added, and a carriage return before it be no line end. */
  private isChangedByPadding(): boolean {
    const { tape, bytes, end } = this;
    return bytes[end - 2] === CR || (tape.last >= 0 && tape.type(tape.last) >= NODE.LITERAL);
  }

  protected override uncertain(): void {
    this.seen.clear();
    const end = this.isPadded && this.at === this.end ? this.end - 1 : this.at;
    const bytes = this.buffer.subarray(this.start, end);
    if (!this.isText && !isUtf8(bytes)) this.unreadable(notUtf8(bytes, this.place()));
    else if (bytes.length <= LARGEST_PARSED || isBraced(bytes)) this.parse(bytes);
    else this.unreadable(tooLarge(bytes.length, this.gaveUpIn, this.place()));
  }

  /** Hands a document to the YAML parser, which is loaded late, for most are read without it, or several: JSON objects with nothing between them. */
  private parse(bytes: Buffer): void {
    const { cutDocuments, parseDocument } = require("./parse-document") as typeof import("./parse-document");
    let count = 0;
    for (const document of cutDocuments(bytes.toString("utf8"), this.startLine)) {
      const { text, line, column } = document;
      count++;
      if (text.length > LARGEST_PARSED) {
        this.unreadable(tooLarge(text.length, this.gaveUpIn, { file: this.file, line, column }));
        continue;
      }
      this.counts.parsed += 1;
      parseDocument(document, this.file, this.described);
      if (mayHoldManifests(Buffer.from(text))) this.sink.holder?.(`${" ".repeat(column - 1)}${text}`, line);
    }
    this.documents += count - 1;
  }

  /** Where the document starts. */
  private place(): Location {
    return { file: this.file, line: this.startLine, column: 1 };
  }

  private readRoot(): void {
    const nodes = identityNodes(this.tape, 0);
    const type = this.typeOf(nodes);
    if (type?.isHolder && type.isList) this.holder(0);
    if (type?.isList && nodes.items >= 0 && this.tape.type(nodes.items) === NODE.SEQUENCE) this.list(nodes.items, type);
    else if (type?.isList) this.whole(0);
    else this.object(0, nodes, type);
  }

  private typeOf({ apiVersionKey, kind }: IdentityNodes): ObjectType | undefined {
    if (apiVersionKey < 0 || kind < 0) return undefined;
    return this.objectTypes.typeOf(this.tape, this.buffer, this.tape.first(apiVersionKey), kind);
  }

  private list(items: number, list: ObjectType): void {
    const { tape } = this;
    const end = tape.next(items);
    let index = 0;
    for (let item = tape.first(items); item < end; item = tape.next(item), index++) {
      const nodes = tape.type(item) === NODE.MAP ? identityNodes(tape, item) : undefined;
      const type = nodes && this.typeOf(nodes);
      if (nodes && type && !type.isList) this.object(item, nodes, type, `items[${index}]`);
      else this.whole(item, `items[${index}]`, list);
    }
  }

  private object(node: number, nodes: IdentityNodes, type: ObjectType | undefined, within = ""): void {
    const names = nameNodes(this.tape, nodes.metadata);
    if (type?.isHolder && this.sink.holder) this.holder(node);
    if (type && !this.mustBeWhole(node, type, names)) this.identified(nodes, type, names);
    else this.whole(node, within);
  }

  private mustBeWhole(node: number, type: ObjectType, { name, namespace }: NameNodes): boolean {
    const { tape, buffer } = this;
    if (type.isReadWhole || name < 0 || !isName(tape, buffer, name)) return true;
    if (namespace >= 0 && !isName(tape, buffer, namespace)) return true;
    return this.isTriggered(node, type);
  }

  private isTriggered(node: number, { always, triggers, words }: ObjectType): boolean {
    const { seen, tape, buffer } = this;
    for (const path of always) if (path(tape, buffer, node)) return true;
    // Hardly any object has one of the words at all.
    if (!seen.meets(words)) return false;
    for (const { first, second, paths } of triggers) {
      if (seen.has(first) && seen.has(second) && paths.some((path) => path(tape, buffer, node))) return true;
    }
    return false;
  }

  /** An object that is known by its identity alone. */
  private identified({ apiVersionKey }: IdentityNodes, type: ObjectType, names: NameNodes): void {
    this.counts.objects += 1;
    if (!type.isWanted) return;
    const { apiVersion, kind } = type;
    const { tape, buffer } = this;
    const location = this.locate(tape.start(apiVersionKey));
    const name = textOf(tape, buffer, names.name);
    const namespace = names.namespace < 0 ? {} : { namespace: textOf(tape, buffer, names.namespace) };
    this.sink.object({ apiVersion, kind, ...namespace, name, location });
  }

  private holder(node: number): void {
    const start = this.tape.start(node);
    const bytes = this.buffer.subarray(start, this.tape.end(node));
    if (!mayHoldManifests(bytes)) return;
    const { line, column } = this.places.find(start);
    if (bytes.length > LARGEST_PARSED) this.unreadable(tooLarge(bytes.length, line, this.place()));
    else this.sink.holder?.(`${" ".repeat(column - 1)}${bytes.toString("utf8")}`, line);
  }

  /** Reads an object, or the items of a List, from all that they say. */
  private whole(node: number, within = "", list?: ObjectType): void {
    const placed = new PlacedTape(this.tape, this.buffer, node, this.locate, list);
    objectsIn(placed, (value, location) => describeFacts(value, { location }), this.described, within);
  }

  private readonly locate = (offset: number): Location => ({ file: this.file, ...this.places.find(offset) });

  private readonly described: ObjectsSink<ReadObject> & Pick<DocumentSink, "broken"> = {
    object: (object) => {
      this.counts.objects += 1;
      if (object.fields || object.defines || this.isWanted(object.apiVersion, object.kind)) this.sink.object(object);
    },
    unreadable: (unreadable) => this.unreadable(unreadable, !this.isClaimed()),
    broken: (unreadable, isJson) => this.unreadable(unreadable, isJson && !this.isClaimed()),
  };

  /** Whether the document speaks of a manifest at all. */
  private isClaimed(): boolean {
    return this.buffer.subarray(this.start, this.at).includes("apiVersion");
  }

  private unreadable(unreadable: Unreadable, isOther = false): void {
    this.counts.unreadable += 1;
    this.sink.unreadable(unreadable, isOther);
  }

  private isWanted(apiVersion: string, kind: string): boolean {
    const key = `${apiVersion} ${kind}`;
    const known = this.wanted.get(key);
    if (known !== undefined) return known;
    const isWanted = this.sink.isWanted(apiVersion, kind);
    this.wanted.set(key, isWanted);
    return isWanted;
  }
}

/** Whether a document is one or several collections in braces. */
function isBraced(bytes: Uint8Array): boolean {
  let at = 0;
  while (bytes[at] === SPACE || bytes[at] === LF || bytes[at] === CR) at++;
  return bytes[at] === OPEN_BRACE;
}
