import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import type { Location } from "../../domain/model";
import { type DocumentText, splitDocuments } from "../documents";
import { SourceText } from "../editing/source-text";
import { parseYaml } from "../parse-yaml";
import { offsetOf } from "../plain-value";

/** An object in the text of its document. */
export interface ObjectNode {
  readonly node: YAMLMap;
  readonly source: SourceText;
  /** Offset of the document in the whole text. */
  readonly offset: number;
}

/**
 * Finds objects in a text by where they stand, asked for from top to bottom. A document is parsed when the first of its objects is
 * asked for.
 */
export class ObjectNodes {
  private readonly documents: readonly DocumentText[];
  private readonly lineStarts: readonly number[];
  private index = 0;
  private parsed:
    | { readonly of: DocumentText; readonly source: SourceText; readonly nodes: Map<number, YAMLMap> }
    | undefined;

  constructor(text: string) {
    const { documents, lines } = splitDocuments(text);
    this.documents = documents;
    this.lineStarts = lines.lineStarts;
  }

  /** The object whose key `apiVersion` stands there; undefined when none does, as for an alias or an item of a typed list. */
  at({ line, column }: Location): ObjectNode | undefined {
    const offset = (this.lineStarts[line - 1] ?? 0) + column - 1;
    while ((this.documents[this.index + 1]?.offset ?? Number.POSITIVE_INFINITY) <= offset) this.index += 1;
    const document = this.documents[this.index];
    if (!document) return undefined;
    if (this.parsed?.of !== document) this.parsed = parse(document);
    const node = this.parsed.nodes.get(offset - document.offset);
    return node && { node, source: this.parsed.source, offset: document.offset };
  }
}

function parse(document: DocumentText) {
  const { contents } = parseYaml(document.text);
  const nodes = new Map(identifiedNodes(contents));
  return { of: document, source: new SourceText(document.text, contents), nodes };
}

/** A document's object and, for a List, its items, by the offset of their key `apiVersion`. */
function identifiedNodes(node: unknown): [number, YAMLMap][] {
  if (!isMap(node)) return [];
  const key = node.items.find((pair) => isScalar(pair.key) && pair.key.value === "apiVersion")?.key;
  const items = node.get("items", true);
  const inner = isSeq(items) ? items.items.flatMap(identifiedNodes) : [];
  return key ? [[offsetOf(key), node as YAMLMap], ...inner] : inner;
}
