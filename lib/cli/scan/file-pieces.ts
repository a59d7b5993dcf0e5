import * as fs from "node:fs";
import { BEGINNING } from "../../sources/source-kind";

const PIECE = 1 << 20;

/** One for all files: memory that is new to the process takes as long to get as the file. */
let piece: Buffer | undefined;

/** A file's content in pieces, each good until the next is asked for, of this or any other file. */
export function* filePieces(place: string): Generator<Uint8Array> {
  const file = fs.openSync(place, "r");
  try {
    piece ??= Buffer.allocUnsafe(PIECE);
    for (let read = fs.readSync(file, piece); read > 0; read = fs.readSync(file, piece)) yield piece.subarray(0, read);
  } finally {
    fs.closeSync(file);
  }
}

/** How a file begins. */
export function beginningOf(place: string): string {
  const file = fs.openSync(place, "r");
  try {
    const beginning = Buffer.alloc(BEGINNING);
    return beginning.toString("utf8", 0, fs.readSync(file, beginning));
  } finally {
    fs.closeSync(file);
  }
}
