import type { FastReader } from "../manifests/fast/fast-reader";
import { EMPTY_FILE, type FileProblem } from "../manifests/objects-in";
import { NotText, Utf8Pieces } from "./utf8-pieces";

/** Bytes that are gathered before they are read. */
const PIECE = 1 << 20;
/** What a small file fits into. */
const SMALL = 1 << 16;
/** The largest document that is held in memory. */
const LARGEST_DOCUMENT = 32 << 20;
const LF = 10;
/** The bytes of which one follows the dashes of a document's first line. */
const AFTER_DASHES: readonly (number | undefined)[] = [32, 9, 10, 13];

/** Gives a reader the documents of files that come in pieces, so that no file need be held whole. */
export class DocumentFeed {
  private buffer = Buffer.alloc(SMALL);
  /** Bytes of the buffer that are in use. */
  private used = 0;
  /** How many of them were gathered when it was last tried to read a document. */
  private tried = 0;
  private pieces = new Utf8Pieces();
  private isStopped = false;

  constructor(private readonly reader: FastReader) {}

  /** Begins with a file. */
  begin(file: string): void {
    this.reader.begin(file);
    this.used = 0;
    this.tried = 0;
    this.pieces = new Utf8Pieces();
    this.isStopped = false;
  }

  /** Takes the next piece of the file, cut anywhere. */
  write(piece: Uint8Array | string): void {
    if (this.isStopped) return;
    this.asText(() => this.pieces.next(typeof piece === "string" ? Buffer.from(piece) : piece));
    if (this.used - this.tried >= PIECE) this.readSome();
  }

  /** Ends the file. */
  end(): void {
    if (!this.isStopped) this.asText(() => this.pieces.end());
    if (this.isStopped) return;
    const isPadded = this.used > 0 && this.buffer[this.used - 1] !== LF;
    if (isPadded) this.buffer[this.used++] = LF;
    this.buffer[this.used] = 0;
    this.reader.read(this.buffer, this.used, isPadded ? "none, padded" : "none");
    if (this.reader.documentsOfFile === 0) this.reader.refuse(EMPTY_FILE);
  }

  private asText(pieceOf: () => Uint8Array): void {
    try {
      this.append(pieceOf());
    } catch (error) {
      if (!(error instanceof NotText)) throw error;
      this.stop(error.problem);
    }
  }

  private stop(problem: FileProblem): void {
    this.isStopped = true;
    this.reader.refuse(problem);
  }

  private append(bytes: Uint8Array): void {
    // Two more: a line feed at the end of the file, and the zero behind it.
    const needed = this.used + bytes.length + 2;
    if (needed > this.buffer.length) {
      const larger = Buffer.alloc(Math.max(needed, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, this.used));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** Reads the documents that are there whole. */
  private readSome(): void {
    const end = this.lastMarker();
    if (end > 0) this.readTo(end);
    this.tried = this.used;
    if (this.used > LARGEST_DOCUMENT) this.stop(TOO_LARGE);
  }

  private readTo(end: number): void {
    const { buffer } = this;
    const kept = buffer[end] as number;
    buffer[end] = 0;
    const done = this.reader.read(buffer, end, "follows");
    buffer[end] = kept;
    buffer.copyWithin(0, done, this.used);
    this.used -= done;
  }

  /** Where the last line starts that begins a document; 0 where none does but the first. */
  private lastMarker(): number {
    // In what was looked through before there is none, unless it had been cut in two.
    const start = Math.max(0, this.tried - 4);
    const fresh = this.buffer.subarray(start, this.used);
    let at = fresh.lastIndexOf("\n---");
    while (at > 0 && !AFTER_DASHES.includes(fresh[at + 4])) at = fresh.lastIndexOf("\n---", at - 1);
    return at >= 0 && AFTER_DASHES.includes(fresh[at + 4]) ? start + at + 1 : 0;
  }
}

const TOO_LARGE: FileProblem = {
  message: `it has a document of more than ${LARGEST_DOCUMENT >> 20} MB, so that neither that nor what follows was read`,
  remedy:
    'Write what it holds as documents of their own, with "---" between them. Of a List in JSON: ' +
    `jq -r '.items[] | "---", tojson' LIST.json | tandem scan - --target VERSION.`,
};
