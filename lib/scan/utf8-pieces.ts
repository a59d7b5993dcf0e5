import { TextDecoder } from "node:util";

import type { FileProblem } from "../manifests/objects-in";

/** Bytes that are no text of manifests. */
export class NotText extends Error {
  constructor(readonly problem: FileProblem) {
    super(problem.message);
  }
}

/** Enough bytes to know a file by. */
const ENOUGH = 4;
const NOTHING = new Uint8Array(0);

/**
 * Makes UTF-8 of the pieces of a file: takes a byte order mark away and rewrites UTF-16 that has one.
 * What is no UTF-8 comes out as it is, for the reader says of which document that is true.
 */
export class Utf8Pieces {
  private start: Uint8Array | undefined = NOTHING;
  private decoder: TextDecoder | undefined;

  /** @throws NotText for a binary file */
  next(piece: Uint8Array): Uint8Array {
    if (this.start === undefined) return this.decoded(piece);
    const start = this.start.length === 0 ? piece : Buffer.concat([this.start, piece]);
    if (start.length >= ENOUGH) return this.begun(start);
    this.start = start;
    return NOTHING;
  }

  /** What is left at the end of the file. @throws NotText for a binary file */
  end(): Uint8Array {
    const rest = this.start === undefined ? NOTHING : this.begun(this.start);
    const last = this.decoder?.decode();
    return last ? Buffer.concat([rest, Buffer.from(last)]) : rest;
  }

  private begun(start: Uint8Array): Uint8Array {
    this.start = undefined;
    const mark = markOf(start);
    if (mark) {
      this.decoder = mark.encoding === "utf-8" ? undefined : new TextDecoder(mark.encoding);
      return this.decoded(start.subarray(mark.length));
    }
    const problem = whyNoText(start);
    if (problem !== undefined) throw new NotText(problem);
    return start;
  }

  private decoded(piece: Uint8Array): Uint8Array {
    return this.decoder ? Buffer.from(this.decoder.decode(piece, { stream: true })) : piece;
  }
}

function markOf([first, second, third]: Uint8Array):
  | { readonly encoding: string; readonly length: number }
  | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", length: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}

function whyNoText(start: Uint8Array): FileProblem | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) {
    return {
      message: "it is compressed with gzip",
      remedy: "Unpack it first. A packaged chart is rendered and scanned where its name ends in .tgz or .tar.gz.",
    };
  }
  if (!start.subarray(0, 4096).includes(0)) return undefined;
  return {
    message: "it is a binary file, or UTF-16 without a byte order mark",
    remedy: "Save it as UTF-8 if it is text, else leave it out.",
  };
}
