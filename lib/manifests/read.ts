import { type Document, isMap, isScalar, isSeq, type LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { KubernetesObject, Location, Unreadable } from "../domain/model";
import { describeObject, isUnreadable, whyUntyped } from "./describe-object";
import { type DocumentText, splitDocuments } from "./documents";
import { isRecord, offsetOf, plainValue, TOO_DEEP, YamlProblem } from "./plain-value";
import { YAML_AS_KUBECTL } from "./yaml-as-kubectl";

/** What a file of manifests holds. */
export interface ReadManifests {
  /** Documents read, the unreadable and the empty ones included. */
  readonly documents: number;
  /** Objects in the order of the file, Lists unrolled. */
  readonly objects: KubernetesObject[];
  /** At most one for each document, and for each item of a List. */
  readonly unreadable: Unreadable[];
}

/** Is told of each object that was read, with all of its fields as plain JSON. */
export type OnObject = (described: KubernetesObject, object: Readonly<Record<string, unknown>>) => void;

/**
 * Reads Kubernetes manifests: YAML or JSON, many documents, Lists. Never throws for what the text says: what cannot be
 * understood is in `unreadable`, with its place, and the documents around it are read all the same.
 * @param file how the file is called in messages and locations.
 * @param onObject for whoever needs the objects themselves, which the answer does not hold
 */
export function readManifests(text: string, file: string, onObject?: OnObject): ReadManifests {
  const { documents, lines } = splitDocuments(text.startsWith("\uFEFF") ? text.slice(1) : text);
  if (documents.length === 0) {
    const message = "the file is empty, so there is nothing to judge: write a manifest into it or leave it out";
    return { documents: 0, objects: [], unreadable: [{ message, location: { file, line: 1, column: 1 } }] };
  }
  const reader = new Reader(file, lines, onObject);
  for (const document of documents) reader.readDocument(document);
  return { documents: documents.length, objects: reader.objects, unreadable: reader.unreadable };
}

class Reader {
  readonly objects: KubernetesObject[] = [];
  readonly unreadable: Unreadable[] = [];

  constructor(
    private readonly file: string,
    private readonly lines: LineCounter,
    private readonly onObject: OnObject | undefined,
  ) {}

  readDocument({ text, offset }: DocumentText): void {
    try {
      const document = parseDocument(text, YAML_AS_KUBECTL);
      refuseErrors(document, text);
      const value = plainValue(document);
      if (value === null) return;
      this.readValue(value, { node: document.contents, offset, within: "" });
    } catch (error) {
      if (!(error instanceof YamlProblem)) throw error;
      this.unreadable.push({
        message: templateHint(text) ?? error.message,
        location: this.location(offset + error.offset),
      });
    }
  }

  private readValue(value: unknown, place: Place): void {
    if (isRecord(value) && isList(value)) this.readItems(value, place);
    else this.readObject(value, place);
  }

  private readObject(value: unknown, place: Place): void {
    const described = describeObject(value, { location: this.location(place.offset + identityOffset(place.node)) });
    if (isUnreadable(described)) {
      this.unreadable.push({ ...described, message: `${place.within && `${place.within}: `}${described.message}` });
      return;
    }
    this.objects.push(described);
    if (isRecord(value)) this.onObject?.(described, value);
  }

  private readItems(list: List, place: Place): void {
    const nodes = itemNodes(place.node);
    for (const [index, item] of (list.items ?? []).entries()) {
      const within = `${place.within && `${place.within}.`}items[${index}]`;
      this.readValue(typed(item, list), { node: nodes[index] ?? place.node, offset: place.offset, within });
    }
  }

  private location(offset: number): Location {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line, column: col };
  }
}

/** A value's node, and where it stands. */
interface Place {
  readonly node: unknown;
  /** Offset of the document in the file. */
  readonly offset: number;
  /** `items[2]` for what stands in a List; empty for a document. */
  readonly within: string;
}

interface List extends Record<string, unknown> {
  readonly kind: string;
  readonly items?: readonly unknown[] | null;
}

/** `List` itself, and typed lists such as ConfigMapList. */
function isList(value: Record<string, unknown>): value is List {
  const { kind, items } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || whyUntyped(value)) return false;
  return Array.isArray(items) || (kind === "List" && (items ?? null) === null);
}

/** The API server leaves apiVersion and kind out of the items of a typed list: they are the list's own. */
function typed(item: unknown, { apiVersion, kind }: List): unknown {
  if (kind === "List" || !isRecord(item) || item.apiVersion !== undefined || item.kind !== undefined) return item;
  return { apiVersion, kind: kind.slice(0, -"List".length), ...item };
}

function itemNodes(node: unknown): readonly unknown[] {
  const items = isMap(node) ? node.get("items", true) : undefined;
  return isSeq(items) ? items.items : [];
}

/** Where the key `apiVersion` stands; the object's start where it has none. */
function identityOffset(node: unknown): number {
  const key = isMap(node)
    ? (node as YAMLMap).items.find((pair) => isScalar(pair.key) && pair.key.value === "apiVersion")?.key
    : undefined;
  return offsetOf(key ?? node);
}

/** What is missing is missed at the end: at the last character of the document, not in the next one. */
function refuseErrors({ errors: [error] }: Pick<Document, "errors">, text: string): void {
  if (!error) return;
  const last = Math.max(0, text.trimEnd().length - 1);
  throw new YamlProblem(whyNotYaml(error.code, error.message), Math.min(error.pos[0], last));
}

function whyNotYaml(code: string, message: string): string {
  if (/call stack/.test(message)) return TOO_DEEP;
  if (code === "TAB_AS_INDENT") return "indented with a tab, which YAML does not allow: use spaces";
  return `not YAML: ${firstLine(message)}; correct it here, or leave the file out if it is not meant as a manifest`;
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? text).replace(/[.:]$/, "");
}

/** A `{{` where YAML expects a value or a key, which only an unrendered template has. */
const TEMPLATE = /^[ \t]*(?:- +)*(?:[^\s"'#]+:[ \t]+)?(\{\{.*)$/m;

function templateHint(text: string): string | undefined {
  const template = TEMPLATE.exec(text)?.[1]?.trim();
  return (
    template &&
    `an unrendered template (${template.slice(0, 60)}): render the chart first ("helm template") and give its output`
  );
}
