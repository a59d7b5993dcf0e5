import { createHash } from "node:crypto";
import type { RenderedObject, Unreadable } from "../domain/model";
import { splitDocuments } from "../manifests/documents";
import { readManifests } from "../manifests/read";

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

  /** @param manifest what Helm printed. It names the template before each document, before a file of `crds/` once for all of its documents. */
  read(manifest: string): ReadRendering {
    let template: string | undefined;
    const documents = splitDocuments(manifest).documents.map(({ text }) => {
      template = SOURCE.exec(text)?.[1] ?? template;
      return this.document(text, template);
    });
    return {
      documents: documents.length,
      objects: documents.flatMap(({ objects }) => objects),
      unreadable: documents.flatMap(({ unreadable }) => unreadable),
    };
  }

  private document(text: string, template: string | undefined): ReadDocument {
    const key = createHash("sha1").update(`${template}\n${text}`).digest("base64");
    const known = this.known.get(key);
    if (known) return known;
    const read = readDocument(text, template);
    this.known.set(key, read);
    return read;
  }
}

/** Not any such comment, which a chart's author may have written. */
const SOURCE = /^---\n# Source: ([^/\n]+\/(?:charts\/[^/\n]+\/)*(?:templates|crds)\/.+)\n/;

function readDocument(text: string, template: string | undefined): ReadDocument {
  const { objects, unreadable } = readManifests(text, template ?? "manifest");
  return {
    objects: objects.map(({ apiVersion, kind, namespace, name, fields, defines }) => ({
      apiVersion,
      kind,
      ...(namespace !== undefined && { namespace }),
      name,
      ...(fields && { fields }),
      ...(defines && { defines }),
      ...(template !== undefined && { template }),
    })),
    unreadable: unreadable.map(({ message }) => ({
      message: template === undefined ? message : `${template}: ${message}`,
    })),
  };
}
