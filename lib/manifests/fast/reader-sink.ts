import type { Location, ObjectFacts, Unreadable } from "../../domain/model";

/** What the rules need to know of an object of a file. */
export type ReadObject = ObjectFacts & { readonly location?: Location };

/** Is told of each document as it is read. */
export interface ReaderSink {
  /** Whether it wants every object of this API. Of others it is told where a field change hits them or they define a resource. */
  isWanted(apiVersion: string, kind: string): boolean;
  object(object: ReadObject): void;
  /** @param isOther whether its document is in order and does not even claim to be a manifest */
  unreadable(unreadable: Unreadable, isOther: boolean): void;
  /**
   * A document, or an item of a List, that may hold other manifests as text: a ConfigMap or a release of Helm.
   * @param line where the text starts in the file; its lines are indented as they are there
   */
  holder?(text: string, line: number): void;
}

/** How much was read, of all files together. */
export interface ReadCounts {
  /** Documents, the unreadable and the empty ones included. */
  documents: number;
  objects: number;
  unreadable: number;
  /** Documents that the YAML parser read. */
  parsed: number;
}
