/** A stream whose beginning is known. */
export interface Peeked {
  readonly beginning: string;
  /** All of it, the beginning included. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Reads as much of a stream as tells what it is. */
export async function peeked(stream: AsyncIterable<Uint8Array | string>, bytes: number): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < bytes) {
    const { done, value } = await iterator.next();
    if (done) break;
    first.push(typeof value === "string" ? Buffer.from(value) : value);
    length += value.length;
  }
  return { beginning: Buffer.concat(first).toString("utf8", 0, bytes), pieces: replayed(first, iterator) };
}

async function* replayed(
  first: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array | string>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    yield typeof next.value === "string" ? Buffer.from(next.value) : next.value;
  }
}

/** What has to be read at once takes several times its size in memory. */
export const MOST_BYTES = 256 * 1024 * 1024;

/**
 * All of a stream as text.
 * @param refuse what to throw when it is more than is read at once
 */
export async function textOf(pieces: AsyncIterable<Uint8Array>, refuse: () => Error): Promise<string> {
  const all: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > MOST_BYTES) throw refuse();
    all.push(piece);
  }
  return Buffer.concat(all).toString("utf8");
}
