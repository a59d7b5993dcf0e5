import { type Document, isMap, isScalar, isSeq, type LineCounter, type YAMLMap } from "yaml";
import type { KubernetesObject, Location, Unreadable } from "../domain/model";
import { templateHint } from "./broken-document";
import { commentedJsonHint } from "./commented-json";
import { describeObject } from "./describe-object";
import { type DocumentText, splitDocuments } from "./documents";
import { isRecord } from "./is-record";
import { EMPTY_FILE, type ObjectsSink, objectsIn, type PlacedValue } from "./objects-in";
import { parseYaml } from "./parse-yaml";
import { offsetOf, plainValue, TOO_DEEP, YamlProblem } from "./plain-value";

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

/** Is told of what could not be read and is most likely no manifest. */
export type OnOther = (unreadable: Unreadable) => void;

/**
 * Reads Kubernetes manifests: YAML or JSON, many documents, Lists. Never throws for what the text says: what cannot be
 * understood is in `unreadable`, with its place, and the documents around it are read all the same.
 * @param file how the file is called in messages and locations.
 * @param onObject for whoever needs the objects themselves, which the answer does not hold
 * @param onOther told of what is unreadable because it is something else: its document does not even claim to be a manifest
 */
export function readManifests(text: string, file: string, onObject?: OnObject, onOther?: OnOther): ReadManifests {
  const { documents, lines } = splitDocuments(text.startsWith("\uFEFF") ? text.slice(1) : text);
  const objects: KubernetesObject[] = [];
  const unreadable: Unreadable[] = [];
  const refuse = (each: Unreadable, isOther: boolean) => {
    unreadable.push(each);
    if (isOther) onOther?.(each);
  };
  if (documents.length === 0) refuse({ ...EMPTY_FILE, location: { file, line: 1, column: 1 } }, true);
  for (const document of documents) {
    const isClaimed = document.text.includes("apiVersion");
    readDocument(document, locator(file, lines), {
      object(described, value) {
        objects.push(described);
        if (isRecord(value)) onObject?.(described, value);
      },
      unreadable: (each) => refuse(each, !isClaimed),
      broken: (each, isJson) => refuse(each, isJson && !isClaimed),
    });
  }
  return { documents: documents.length, objects, unreadable };
}

function locator(file: string, lines: LineCounter): Locate {
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
}

/** What takes the objects of a document. */
export interface DocumentSink extends ObjectsSink<KubernetesObject> {
  /** The document is no YAML, or none that makes sense. @param isJson whether it is JSON with comments */
  broken(unreadable: Unreadable, isJson: boolean): void;
}

/** Where an offset of the stream is. */
export type Locate = (offset: number) => Location;

/** Reads one document of a stream with the YAML parser. */
export function readDocument({ text, offset }: DocumentText, locate: Locate, sink: DocumentSink): void {
  const locateHere = (within: number) => locate(offset + within);
  try {
    const document = parseYaml(text);
    refuseErrors(document, text);
    const value = plainValue(document);
    if (value === null) return;
    const placed = new PlacedNode(value, document.contents, locateHere);
    objectsIn(placed, (object, location) => describeObject(object, { location }), sink);
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    const hint = templateHint(text);
    const json = hint === undefined ? commentedJsonHint(text) : undefined;
    sink.broken({ message: hint ?? json ?? error.message, location: locateHere(error.offset) }, json !== undefined);
  }
}

/** A value and its node in the YAML parser's tree. */
class PlacedNode implements PlacedValue {
  constructor(
    readonly value: unknown,
    private readonly node: unknown,
    private readonly locate: Locate,
  ) {}

  location(): Location {
    const key = isMap(this.node)
      ? (this.node as YAMLMap).items.find((pair) => isScalar(pair.key) && pair.key.value === "apiVersion")?.key
      : undefined;
    return this.locate(offsetOf(key ?? this.node));
  }

  items(): readonly PlacedValue[] {
    const items = isMap(this.node) ? this.node.get("items", true) : undefined;
    return isSeq(items) ? items.items.map((node) => new PlacedNode(undefined, node, this.locate)) : [];
  }
}
/** What is missing is missed at the end: at the last character of the document, not in the next one. */
function refuseErrors({ errors: [error] }: Pick<Document, "errors">, text: string): void {
  if (!error) return;
  const last = Math.max(0, text.trimEnd().length - 1);
  throw new YamlProblem(whyNotYaml(error.code, error.message), Math.min(error.pos[0], last));
}

function whyNotYaml(code: string, message: string): string {
  if (code === "RESOURCE_EXHAUSTION") return TOO_DEEP;
  if (code === "TAB_AS_INDENT") return "indented with a tab, which YAML does not allow: use spaces";
  return `not YAML: ${firstLine(message)}; correct it here, or leave the file out if it is not meant as a manifest`;
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? text).replace(/[.:]$/, "");
}
