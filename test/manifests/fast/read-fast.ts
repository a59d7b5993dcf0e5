import type { Unreadable } from "../../../lib/domain/model";
import { FastReader } from "../../../lib/manifests/fast/fast-reader";
import type { ReadCounts, ReadObject } from "../../../lib/manifests/fast/reader-sink";
import { readManifests } from "../../../lib/manifests/read";
import { DocumentFeed } from "../../../lib/scan/document-feed";

/** What a reader makes of a text. */
export interface Reading {
  readonly documents: number;
  readonly objects: readonly ReadObject[];
  readonly unreadable: readonly Unreadable[];
}

export interface FastReading extends Reading {
  readonly counts: ReadCounts;
}

/** A fast reader that reads one text after the other, as that of a scan does, and knows lines again that it has read. */
export class SteadyReader {
  private objects: ReadObject[] = [];
  private unreadable: Unreadable[] = [];
  private readonly reader: FastReader;
  private readonly feed: DocumentFeed;

  /** @param isWanted whether it is asked for objects that nothing hits; all by default */
  constructor(isWanted = true) {
    this.reader = new FastReader({
      isWanted: () => isWanted,
      object: (object) => this.objects.push(factsOf(object)),
      unreadable: ({ message, location }) => this.unreadable.push({ message, ...(location && { location }) }),
    });
    this.feed = new DocumentFeed(this.reader);
  }

  /** What it makes of a text that comes in pieces. */
  read(pieces: readonly (string | Uint8Array)[]): FastReading {
    this.objects = [];
    this.unreadable = [];
    const before = { ...this.reader.counts };
    this.feed.begin("f.yaml");
    for (const piece of pieces) this.feed.write(piece);
    this.feed.end();
    const after = this.reader.counts;
    const counts = {
      documents: after.documents - before.documents,
      objects: after.objects - before.objects,
      unreadable: after.unreadable - before.unreadable,
      parsed: after.parsed - before.parsed,
    };
    return { documents: counts.documents, objects: this.objects, unreadable: this.unreadable, counts };
  }
}

/**
 * What a fast reader that has read nothing before makes of a text that comes in pieces.
 * @param isWanted whether it is asked for objects that nothing hits; all by default
 */
export function readFast(pieces: readonly (string | Uint8Array)[], isWanted = true): FastReading {
  return new SteadyReader(isWanted).read(pieces);
}

/** What the YAML parser makes of a text, as far as the fast reader tells it. */
export function readWhole(text: string): Reading {
  const { documents, objects, unreadable } = readManifests(text, "f.yaml");
  return { documents, objects: objects.map(factsOf), unreadable };
}

/** What the rules for APIs and fields see of an object: hashes and images are for others. */
function factsOf(object: ReadObject): ReadObject {
  const {
    hash: _,
    images: __,
    ...facts
  } = object as ReadObject & { readonly hash?: string; readonly images?: unknown };
  return facts;
}

/** The fast reader's reading, without what only it knows. */
export function withoutCounts({ counts: _, ...reading }: FastReading): Reading {
  return reading;
}
