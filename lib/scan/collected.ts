import type { DefinedResource } from "../domain/model";
import type { UnreadableInput } from "./scan-input";

/** What is kept of an input: nothing of objects that are in order, whatever the CustomResourceDefinitions say. */
export interface Collected {
  readonly file: string;
  /** In the order of the text. */
  readonly entries: readonly CollectedEntry[];
  readonly definitions: readonly DefinedResource[];
  readonly documents: number;
  readonly objects: number;
  readonly unreadable: number;
}

export type CollectedEntry = CollectedObject | CollectedProblem;

/** Where in its file something stands, and what it belongs to there. */
export interface CollectedContext {
  readonly within?: string;
  /** What findings are at most. */
  readonly severity?: "warning";
  /** Set where it is made for the target alone. */
  readonly isForTarget?: true;
}

interface CollectedPlace extends CollectedContext {
  readonly line: number;
  readonly column: number;
}

/** An object that has to be judged one by one. */
export interface CollectedObject extends CollectedPlace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly fields?: readonly string[];
}

/** What could not be read. */
export interface CollectedProblem extends CollectedPlace {
  readonly message: string;
  /** As in `Unreadable`. */
  readonly what?: string;
  readonly remedy?: string;
  readonly rule?: UnreadableInput["rule"];
  /** Set where a document of a file that was only guessed to hold manifests does not claim to be one. */
  readonly isMild?: true;
}

/** Whether an entry is what could not be read. */
export function isProblem(entry: CollectedEntry): entry is CollectedProblem {
  return "message" in entry;
}
