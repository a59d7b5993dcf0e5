import { createHash } from "node:crypto";
import type { RenderedObject, Unreadable } from "../domain/model";
import { readAsHelm } from "./read-as-helm";
import { keeperOf, type RenderedDocument, renderedDocuments } from "./rendered-objects";

/** What Helm rendered, as far as the rules need to know it. */
export interface ReadRendering {
  readonly documents: number;
  readonly objects: readonly RenderedObject[];
  readonly unreadable: readonly Unreadable[];
}

/** What has been read of one document. */
type ReadDocument = Pick<ReadRendering, "objects" | "unreadable">;

/**
 * Reads what `helm template` printed. Most documents of a chart are the same for every cluster and Kubernetes version, so each text is
 * parsed once; what is kept of it is small.
 */
export class RenderingReader {
  private readonly known = new Map<string, ReadDocument>();

  read(manifest: string): ReadRendering {
    const documents = renderedDocuments(manifest).map((document) => this.document(document));
    return {
      documents: documents.length,
      objects: documents.flatMap(({ objects }) => objects),
      unreadable: documents.flatMap(({ unreadable }) => unreadable),
    };
  }

  private document(document: RenderedDocument): ReadDocument {
    const { text, template = "" } = document;
    const key = createHash("sha1").update(`${template}\n${text}`).digest("base64");
    const known = this.known.get(key);
    if (known) return known;
    const read = copyOf(readDocument(document));
    this.known.set(key, read);
    return read;
  }
}

/** A part of a text keeps the whole of it in memory, which is all that helm printed. What JSON reads stands by itself. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function readDocument(document: RenderedDocument): ReadDocument {
  const { template } = document;
  const objects: RenderedObject[] = [];
  const { unreadable } = readAsHelm(document, (described, value) => {
    const { apiVersion, kind, namespace, name, fields, defines } = described;
    const keeper = keeperOf(template, value);
    objects.push({
      apiVersion,
      kind,
      ...(namespace !== undefined && { namespace }),
      name,
      ...(fields && { fields }),
      ...(defines && { defines }),
      ...(template !== undefined && { template }),
      ...(keeper !== "release" && { keeper }),
    });
  });
  return {
    objects,
    unreadable: unreadable.map(({ message }) => ({
      message: template === undefined ? message : `${template}: ${message}`,
    })),
  };
}
