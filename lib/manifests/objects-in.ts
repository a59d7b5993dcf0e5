import type { Location, Unreadable } from "../domain/model";
import { isUnreadable, whyUntyped } from "./describe-object";
import { isRecord } from "./is-record";

/** Why nothing, or no more, is read of a file. */
export type FileProblem = Pick<Unreadable, "message" | "remedy">;

/** What is said of a file without a document. */
export const EMPTY_FILE: FileProblem = {
  message: "the file is empty, so there is nothing to judge: write a manifest into it or leave it out",
};

/** The value of a document, or of an item of a List, and where it stands. */
export interface PlacedValue {
  readonly value: unknown;
  /** Where the key `apiVersion` stands; the value's start where it has none. */
  location(): Location;
  /** The items of a List that are written down, with their own places. */
  items(): readonly PlacedValue[];
}

/** What to make of an object that may be one. */
export type Describe<T> = (value: unknown, location: Location) => T | Unreadable;

/** What takes the objects of a document. */
export interface ObjectsSink<T> {
  object(described: T, value: unknown): void;
  unreadable(unreadable: Unreadable): void;
}

/** Hands over the objects that a value holds: itself, or, for a List, its items. */
export function objectsIn<T extends object>(
  placed: PlacedValue,
  describe: Describe<T>,
  sink: ObjectsSink<T>,
  within = "",
): void {
  const { value } = placed;
  if (!isRecord(value) || !isList(value)) {
    const described = describe(value, placed.location());
    if (!isUnreadable(described)) sink.object(described, value);
    else sink.unreadable({ ...described, message: `${within && `${within}: `}${described.message}` });
    return;
  }
  const places = placed.items();
  for (const [index, item] of (value.items ?? []).entries()) {
    const place = places[index] ?? placed;
    const typedItem = {
      ...place,
      value: typed(item, value),
      location: () => place.location(),
      items: () => place.items(),
    };
    objectsIn(typedItem, describe, sink, `${within && `${within}.`}items[${index}]`);
  }
}

interface List extends Record<string, unknown> {
  readonly kind: string;
  readonly items?: readonly unknown[] | null;
}

/** `List` itself, and typed lists such as ConfigMapList. */
function isList(value: Record<string, unknown>): value is List {
  const { kind, items } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || whyUntyped(value)) return false;
  return Array.isArray(items) || (kind === "List" && (items ?? null) === null);
}

/** The API server leaves apiVersion and kind out of the items of a typed list: they are the list's own. */
export function typed(item: unknown, { apiVersion, kind }: { apiVersion?: unknown; kind: string }): unknown {
  if (kind === "List" || !isRecord(item) || item.apiVersion !== undefined || item.kind !== undefined) return item;
  return { apiVersion, kind: kind.slice(0, -"List".length), ...item };
}
