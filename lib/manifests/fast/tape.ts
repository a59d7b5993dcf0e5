/** What a node of the tape is. A key is a scalar too. */
export const NODE = {
  MAP: 1,
  SEQUENCE: 2,
  /** Nothing was written. */
  EMPTY: 3,
  PLAIN: 4,
  SINGLE: 5,
  DOUBLE: 6,
  /** Within double quotes, with escapes. */
  ESCAPED: 7,
  LITERAL: 8,
  FOLDED: 9,
  /** Plain or quoted, over several lines. */
  MULTILINE: 10,
} as const;

const STRIDE = 4;
const FIRST_LENGTH = 1 << 14;

/**
 * The structure of one document as numbers: node after node in the order of the text, each with what it is, where it starts and ends,
 * and where on the tape the node after it and all within it stands. The entries of a mapping are keys and values in turn.
 */
export class Tape {
  private cells = new Int32Array(FIRST_LENGTH);
  /** Where the next node will stand. */
  length = 0;

  /** @param what its type, and its detail beyond the lowest byte */
  add(what: number, start: number, end: number): number {
    const node = this.length;
    const next = node + STRIDE;
    if (next > this.cells.length) this.grow();
    const { cells } = this;
    cells[node] = what;
    cells[node + 1] = start;
    cells[node + 2] = end;
    cells[node + 3] = next;
    this.length = next;
    return node;
  }

  /** Makes an empty node the collection whose first member comes next. */
  become(node: number, type: number, start: number): void {
    this.cells[node] = type;
    this.cells[node + 1] = start;
  }

  /** Ends a collection after its last member. */
  close(node: number, end: number): void {
    this.cells[node + 2] = end;
    this.cells[node + 3] = this.length;
  }

  /** Makes a scalar longer. */
  extend(node: number, type: number, end: number): void {
    this.cells[node] = type;
    this.cells[node + 2] = end;
  }

  /** Type and detail of a node, as they are added. */
  what(node: number): number {
    return this.cells[node] as number;
  }

  type(node: number): number {
    return (this.cells[node] as number) & 0xff;
  }

  /** Of a key: the id of the known word that it is, 0 for any other. Of a literal block: its indentation. */
  detail(node: number): number {
    return (this.cells[node] as number) >> 8;
  }

  start(node: number): number {
    return this.cells[node + 1] as number;
  }

  end(node: number): number {
    return this.cells[node + 2] as number;
  }

  /** The node that was added last; below zero where there is none. */
  get last(): number {
    return this.length - STRIDE;
  }

  /** The node that was added before a scalar or an empty collection. */
  before(node: number): number {
    return node - STRIDE;
  }

  /** The first node within a collection, and any node after a scalar. */
  first(node: number): number {
    return node + STRIDE;
  }

  /** The node after this one and all within it. */
  next(node: number): number {
    return this.cells[node + 3] as number;
  }

  private grow(): void {
    const cells = new Int32Array(this.cells.length * 2);
    cells.set(this.cells);
    this.cells = cells;
  }
}
