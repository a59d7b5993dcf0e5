import type { EditableMap } from "../editing/editable-map";

/** How objects of some APIs are rewritten for newer APIs of the same resource. */
export interface Conversion {
  readonly kinds: readonly string[];
  /** The `apiVersion`s that it reads. */
  readonly from: readonly string[];
  /** The `apiVersion`s that it writes. */
  readonly to: readonly string[];
  /** What it changes beside `apiVersion`, for the documentation; absent where that is all. */
  readonly changes?: string;
  /** What it leaves for the user to decide, for the documentation. */
  readonly leaves?: string;
  /**
   * Changes everything but `apiVersion` and `kind`; absent where that is all there is to change.
   * @throws Undecided for what needs a decision; the object then stays as it is
   */
  readonly convert?: (object: EditableMap, step: ConversionStep) => void;
}

/** One object's way from one API to another. */
export interface ConversionStep {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** Names of the IngressClasses that are known to exist. */
  readonly ingressClasses: ReadonlySet<string>;
  /** Tells the user what to know of the converted object; a sentence without the full stop. */
  note(text: string): void;
}
