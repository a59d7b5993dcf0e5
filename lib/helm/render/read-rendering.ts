import { createHash } from "node:crypto";
import type { ObjectFacts, RenderedObject, Unreadable } from "../../domain/model";
import { QuickObjects } from "./quick-objects";
import { readAsHelm } from "./read-as-helm";
import { HOOK, keeperOf, type RenderedDocument, renderedDocuments } from "./rendered-objects";

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
 * read once; what is kept of it is small.
 */
export class RenderingReader {
  private readonly known = new Map<string, ReadDocument>();
  private readonly quick = new QuickObjects();

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
    const read = copyOf(this.quickly(document) ?? readDocument(document));
    this.known.set(key, read);
    return read;
  }

  /** Undefined where it has to be read whole: what Helm alone understands, and hooks, which an annotation makes. */
  private quickly({ text, template }: RenderedDocument): ReadDocument | undefined {
    if (text.includes(HOOK)) return undefined;
    const objects = this.quick.in(text);
    return objects && { objects: objects.map((facts) => renderedObject(facts, {}, template)), unreadable: [] };
  }
}

/** A part of a text keeps the whole of it in memory, which is all that helm printed. What JSON reads stands by itself. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function readDocument(document: RenderedDocument): ReadDocument {
  const { template } = document;
  const objects: RenderedObject[] = [];
  const { unreadable } = readAsHelm(document, (facts, value) => {
    objects.push(renderedObject(facts, value, template));
  });
  return {
    objects,
    unreadable: unreadable.map(({ message }) => ({
      message: template === undefined ? message : `${template}: ${message}`,
    })),
  };
}

function renderedObject(
  { apiVersion, kind, namespace, name, fields, defines, disruption }: ObjectFacts,
  object: Readonly<Record<string, unknown>>,
  template: string | undefined,
): RenderedObject {
  const keeper = keeperOf(template, object);
  return {
    apiVersion,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(fields && { fields }),
    ...(defines && { defines }),
    ...(disruption && { disruption }),
    ...(template !== undefined && { template }),
    ...(keeper !== "release" && { keeper }),
  };
}
