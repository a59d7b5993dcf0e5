import type { Location } from "../../domain/model";
import { type PlacedValue, typed } from "../objects-in";
import type { ObjectType } from "./object-types";
import { NODE, type Tape } from "./tape";
import { identityNodes } from "./tape-identity";
import { tapeValue } from "./tape-value";

/** A value and its node on the tape. */
export class PlacedTape implements PlacedValue {
  readonly value: unknown;

  /** @param list the type of the list that it is an item of */
  constructor(
    private readonly tape: Tape,
    private readonly bytes: Buffer,
    private readonly node: number,
    private readonly locate: (offset: number) => Location,
    list?: ObjectType,
  ) {
    const value = tapeValue(tape, bytes, node);
    this.value = list ? typed(value, list) : value;
  }

  location(): Location {
    const { tape, node } = this;
    const key = tape.type(node) === NODE.MAP ? identityNodes(tape, node).apiVersionKey : -1;
    return this.locate(tape.start(key < 0 ? node : key));
  }

  items(): readonly PlacedValue[] {
    const { tape, bytes, node, locate } = this;
    const items = tape.type(node) === NODE.MAP ? identityNodes(tape, node).items : -1;
    if (items < 0 || tape.type(items) !== NODE.SEQUENCE) return [];
    const placed: PlacedTape[] = [];
    const end = tape.next(items);
    for (let item = tape.first(items); item < end; item = tape.next(item)) {
      placed.push(new PlacedTape(tape, bytes, item, locate));
    }
    return placed;
  }
}
