/** A replacement of `[start, end)` of a text. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The part `[start, end)` of a text with all splices applied.
 * @param splices in any order, apart from each other and within the part
 */
export function spliced(text: string, splices: readonly Splice[], start = 0, end = text.length): string {
  let at = start;
  let result = "";
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at, end);
}

/** The same for a text that starts `offset` characters earlier. */
export function movedBy(offset: number, { start, end, text }: Splice): Splice {
  return { start: start + offset, end: end + offset, text };
}
