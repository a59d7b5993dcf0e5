import type { Unreadable } from "../../../lib/domain/model";
import { FastReader, type ReadCounts, type ReadObject } from "../../../lib/manifests/fast/fast-reader";
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

/**
 * What the fast reader makes of a text that comes in pieces.
 * @param isWanted whether it is asked for objects that nothing hits; all by default
 */
export function readFast(pieces: readonly (string | Uint8Array)[], isWanted = true): FastReading {
  const objects: ReadObject[] = [];
  const unreadable: Unreadable[] = [];
  const reader = new FastReader({
    isWanted: () => isWanted,
    object: (object) => objects.push(factsOf(object)),
    unreadable: ({ message, location }) => unreadable.push({ message, ...(location && { location }) }),
  });
  const feed = new DocumentFeed(reader);
  feed.begin("f.yaml");
  for (const piece of pieces) feed.write(piece);
  feed.end();
  return { documents: reader.counts.documents, objects, unreadable, counts: { ...reader.counts } };
}

/** What the YAML parser makes of a text, as far as the fast reader tells it. */
export function readWhole(text: string): Reading {
  const { documents, objects, unreadable } = readManifests(text, "f.yaml");
  return { documents, objects: objects.map(factsOf), unreadable };
}

/** What the rules for APIs and fields see of an object: hashes, images and what it says of evictions are for others. */
function factsOf(object: ReadObject): ReadObject {
  const {
    hash: _,
    images: __,
    disruption: ___,
    ...facts
  } = object as ReadObject & { readonly hash?: string; readonly images?: unknown };
  return facts;
}

/** The fast reader's reading, without what only it knows. */
export function withoutCounts({ counts: _, ...reading }: FastReading): Reading {
  return reading;
}
