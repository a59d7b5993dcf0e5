import type { DefinedResource, Location, Unreadable } from "../domain/model";
import { FastReader, type ReadObject } from "../manifests/fast/fast-reader";
import { DocumentFeed } from "./document-feed";
import type { Origin, ScanInput, UnreadableInput } from "./scan-input";

/** An object that has to be judged one by one. */
export interface CollectedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly fields?: readonly string[];
  readonly line: number;
  readonly column: number;
}

/** What could not be read. */
export interface CollectedProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** Where it is no more than a file that is most likely no manifest. */
  readonly isMild: boolean;
}

/** What is kept of an input: nothing of objects that are in order, whatever the CustomResourceDefinitions say. */
export interface Collected {
  readonly file: string;
  readonly within?: string;
  /** In the order of the text. */
  readonly entries: readonly (CollectedObject | CollectedProblem)[];
  readonly definitions: readonly DefinedResource[];
  readonly documents: number;
  readonly objects: number;
  readonly unreadable: number;
}

/** Whether an entry is what could not be read. */
export function isProblem(entry: CollectedObject | CollectedProblem): entry is CollectedProblem {
  return "message" in entry;
}

/** An input whose pieces are there when they are asked for. */
export interface ReadyScanInput extends ScanInput {
  open(): Iterable<Uint8Array | string>;
}

/** Reads inputs one after the other and keeps what has to be judged when all are read. */
export class Collector {
  private readonly reader: FastReader;
  private readonly feed: DocumentFeed;
  private entries: (CollectedObject | CollectedProblem)[] = [];
  private definitions: DefinedResource[] = [];
  private input: Pick<ScanInput, "origin" | "isGuess"> = {};

  /** @param isClean whether objects of an API need no second look: it is a built-in one, with nothing to say about it */
  constructor(private readonly isClean: (apiVersion: string, kind: string) => boolean) {
    this.reader = new FastReader({
      isWanted: (apiVersion, kind) => !this.isClean(apiVersion, kind),
      object: (object) => this.addObject(object),
      unreadable: (unreadable, isMeant) => this.addProblem(unreadable, isMeant),
    });
    this.feed = new DocumentFeed(this.reader);
  }

  /** Reads an input to its end. */
  async collect(input: ScanInput): Promise<Collected> {
    const finish = this.begin(input);
    for await (const piece of input.open()) this.feed.write(piece);
    return finish();
  }

  /** The same for an input that gives its pieces at once. */
  collectNow(input: ReadyScanInput): Collected {
    const finish = this.begin(input);
    for (const piece of input.open()) this.feed.write(piece);
    return finish();
  }

  private begin(input: ScanInput): () => Collected {
    const { documents, objects, unreadable } = this.reader.counts;
    this.entries = [];
    this.definitions = [];
    this.input = input;
    this.feed.begin(input.name);
    return () => {
      this.feed.end();
      const { counts } = this.reader;
      return {
        file: input.name,
        ...(input.within === undefined ? {} : { within: input.within }),
        entries: this.entries,
        definitions: this.definitions,
        documents: counts.documents - documents,
        objects: counts.objects - objects,
        unreadable: counts.unreadable - unreadable,
      };
    };
  }

  private addObject({ location, defines, apiVersion, kind, namespace, name, fields }: ReadObject): void {
    if (defines) this.definitions.push(defines);
    if (!fields && this.isClean(apiVersion, kind)) return;
    const identity = namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
    this.entries.push({ ...identity, ...(fields ? { fields } : {}), ...placeIn(this.input.origin, location) });
  }

  private addProblem({ message, location }: Unreadable, isMeant: boolean): void {
    const isMild = this.input.isGuess === true && !isMeant;
    this.entries.push({ message, isMild, ...placeIn(this.input.origin, location) });
  }
}

/** What could not be given at all, as an input that holds nothing else. */
export function collectedProblem({ message, location, within }: UnreadableInput): Collected {
  const { file, line, column } = location;
  return {
    file,
    ...(within === undefined ? {} : { within }),
    entries: [{ message, line, column, isMild: false }],
    definitions: [],
    documents: 0,
    objects: 0,
    unreadable: 1,
  };
}

/** A place in a text, as a place in the file that the text was taken from. */
function placeIn(origin: Origin | undefined, location: Location | undefined): Pick<Location, "line" | "column"> {
  const { line, column } = location ?? { line: 1, column: 1 };
  if (origin === undefined) return { line, column };
  if (origin.is === "point") return { line: origin.line, column: origin.column };
  return { line: origin.line + line - 1, column: origin.indent + column };
}
