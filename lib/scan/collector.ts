import type { DefinedResource, Location, Unreadable } from "../domain/model";
import { FastReader } from "../manifests/fast/fast-reader";
import type { ReadObject } from "../manifests/fast/reader-sink";
import type { Collected, CollectedEntry, CollectedObject } from "./collected";
import { collectedProblem, contextOf } from "./collected-problem";
import { DocumentFeed } from "./document-feed";
import { isUnreadableInput, type Origin, type ScanInput } from "./scan-input";

/** An input whose pieces are there when they are asked for. */
export interface ReadyScanInput extends ScanInput {
  open(): Iterable<Uint8Array | string>;
}

/** Reads inputs one after the other and keeps what has to be judged when all are read. */
export class Collector {
  private readonly reader: FastReader;
  private readonly feed: DocumentFeed;
  private entries: CollectedEntry[] = [];
  private definitions: DefinedResource[] = [];
  private input: Omit<ScanInput, "open"> = { name: "" };
  /** What the input's objects hold as text. */
  private nested: Collected[] = [];
  private nestedCollector: Collector | undefined;

  /** @param isClean whether objects of an API need no second look: it is a built-in one, with nothing to say about it */
  constructor(private readonly isClean: (apiVersion: string, kind: string) => boolean) {
    this.reader = new FastReader({
      isWanted: (apiVersion, kind) => !this.isClean(apiVersion, kind),
      object: (object) => this.addObject(object),
      unreadable: (unreadable, isOther) => this.addProblem(unreadable, isOther),
      holder: (text, line) => this.addNested(text, line),
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
    this.nested = [];
    this.input = input;
    this.feed.begin(input.name);
    return () => {
      this.feed.end();
      const { counts } = this.reader;
      const own: Collected = {
        file: input.name,
        entries: this.entries,
        definitions: this.definitions,
        documents: counts.documents - documents,
        objects: counts.objects - objects,
        unreadable: counts.unreadable - unreadable,
      };
      return this.nested.length === 0 ? own : together([own, ...this.nested]);
    };
  }

  private addObject({ location, defines, apiVersion, kind, namespace, name, fields }: ReadObject): void {
    if (defines) this.definitions.push(defines);
    if (!fields && this.isClean(apiVersion, kind)) return;
    const identity = namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
    const object: CollectedObject = { ...identity, ...placeIn(this.input.origin, location), ...contextOf(this.input) };
    this.entries.push(fields ? { ...object, fields } : object);
  }

  private addProblem({ message, what, remedy, location }: Unreadable, isOther: boolean): void {
    const { origin, isGuess } = this.input;
    this.entries.push({
      message,
      ...(what === undefined ? {} : { what }),
      ...(remedy === undefined ? {} : { remedy }),
      ...placeIn(origin, location),
      ...contextOf(this.input),
      ...(isGuess && isOther ? { isMild: true } : {}),
    });
  }

  /** Loaded late: few manifests hold others. */
  private addNested(text: string, line: number): void {
    const { nestedInputs } = require("./nested-inputs") as typeof import("./nested-inputs");
    this.nestedCollector ??= new Collector(this.isClean);
    for (const input of nestedInputs({ ...this.input, text, line })) {
      const isReady = !isUnreadableInput(input);
      this.nested.push(isReady ? this.nestedCollector.collectNow(input as ReadyScanInput) : collectedProblem(input));
    }
  }
}

/** What was collected of one file, in the order of its lines. */
function together(parts: readonly [Collected, ...Collected[]]): Collected {
  const sum = (of: (part: Collected) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    file: parts[0].file,
    entries: parts.flatMap(({ entries }) => entries).sort((a, b) => a.line - b.line || a.column - b.column),
    definitions: parts.flatMap(({ definitions }) => definitions),
    documents: sum(({ documents }) => documents),
    objects: sum(({ objects }) => objects),
    unreadable: sum(({ unreadable }) => unreadable),
  };
}

/** A place in a text, as a place in the file that the text was taken from. */
function placeIn(origin: Origin | undefined, location: Location | undefined): Pick<Location, "line" | "column"> {
  const { line, column } = location ?? { line: 1, column: 1 };
  if (origin === undefined) return { line, column };
  if (origin.is === "point") return { line: origin.line, column: origin.column };
  return { line: origin.line + line - 1, column: origin.indent + column };
}
