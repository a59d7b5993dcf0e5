import type { ObjectFacts } from "../../domain/model";
import { saysOfEvictions } from "../../manifests/disruption";
import { FastReader } from "../../manifests/fast/fast-reader";

/** Reads what the rules need of the objects of documents without building all that these hold. */
export class QuickObjects {
  private objects: ObjectFacts[] = [];
  private isReadable = true;
  private readonly reader = new FastReader({
    isWanted: () => true,
    isReadWhole: saysOfEvictions,
    object: ({ location: _location, ...facts }) => this.objects.push(facts),
    unreadable: () => {
      this.isReadable = false;
    },
  });

  /** The objects of a document; undefined where it does not understand all of it. */
  in(text: string): readonly ObjectFacts[] | undefined {
    this.objects = [];
    this.isReadable = true;
    const isPadded = !text.endsWith("\n");
    const bytes = Buffer.from(isPadded ? `${text}\n\0` : `${text}\0`);
    this.reader.begin("");
    this.reader.read(bytes, bytes.length - 1, isPadded ? "none, padded" : "none");
    return this.isReadable ? this.objects : undefined;
  }
}
