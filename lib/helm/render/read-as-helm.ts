import { type Document, isScalar, visit, type YAMLMap } from "yaml";
import { parseYaml } from "../../manifests/parse-yaml";
import { plainValue, YamlProblem } from "../../manifests/plain-value";
import { type OnObject, type ReadManifests, readManifests } from "../../manifests/read";
import type { RenderedDocument } from "./rendered-objects";

/** More lines than this to put right in one document are no chart's. */
const MOST_LINES = 200;
/** Deeper than any line of a manifest; within quotes and brackets it says nothing. */
const INDENT = " ".repeat(80);
/** What the parser says of a line within quotes or brackets that stands no deeper than the key. */
const TOO_SHALLOW =
  /^(Missing closing ["']quote|Flow (sequence|map) in block collection must be sufficiently indented)/;

/**
 * Reads a document that Helm rendered. Helm's parser takes the last of two equal keys, and any indentation within quotes and brackets;
 * charts in use rely on both.
 */
export function readAsHelm({ text, template }: RenderedDocument, onObject?: OnObject): ReadManifests {
  const file = template ?? "manifest";
  const told: Parameters<OnObject>[] = [];
  const read = readManifests(text, file, (...object) => told.push(object));
  const strict = read.unreadable.length > 0 ? strictYaml(text) : undefined;
  if (strict !== undefined) return readManifests(strict, file, onObject);
  for (const object of told) onObject?.(...object);
  return read;
}

/** A document in a form that every reader of YAML understands; undefined where Helm does not understand it either. */
export function strictYaml(text: string): string | undefined {
  const document = indented(text);
  if (!document) return undefined;
  visit(document, { Map: (_key, map) => keepLastOfEachKey(map) });
  try {
    return JSON.stringify(plainValue(document));
  } catch (error) {
    if (error instanceof YamlProblem) return undefined;
    throw error;
  }
}

function indented(text: string): Document | undefined {
  let rest = text;
  for (let line = 0; line < MOST_LINES; line++) {
    const document = parseYaml(rest);
    const [error] = document.errors;
    if (!error) return document;
    // The parser gives up at the end of the line before.
    const start = rest.lastIndexOf("\n", error.pos[0]) + 1;
    if (!TOO_SHALLOW.test(error.message) || start === 0 || rest.slice(start).trim() === "") return undefined;
    rest = `${rest.slice(0, start)}${INDENT}${rest.slice(start)}`;
  }
  return undefined;
}

function keepLastOfEachKey(map: YAMLMap): void {
  const last = new Map(map.items.map((pair) => [keyOf(pair), pair]));
  map.items = map.items.filter((pair) => last.get(keyOf(pair)) === pair);
}

/** Merge keys may stand more than once. */
function keyOf({ key }: YAMLMap["items"][number]): unknown {
  if (!isScalar(key) || typeof key.value === "symbol" || key.value === "<<") return key;
  return String(key.value);
}
