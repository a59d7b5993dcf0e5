import { isMap, isSeq, LineCounter, type YAMLMap } from "yaml";
import { parseYaml } from "../manifests/parse-yaml";
import { isRecord, plainValue, YamlProblem } from "../manifests/plain-value";
import { configMapInputs } from "./config-map-inputs";
import { helmReleaseInputs, isHelmRelease } from "./helm-release-inputs";
import { originWithin } from "./origin-within";
import type { Origin, ScanInput, UnreadableInput } from "./scan-input";

/** A document of a scanned text. */
export interface DocumentInText extends Pick<ScanInput, "name" | "origin" | "within" | "severity" | "isForTarget"> {
  readonly text: string;
  /** Its first line in the text that it is a document of, from 1. */
  readonly line: number;
}

/** An object that may hold manifests, and where its parts stand in its document. */
export interface Holder {
  readonly object: Readonly<Record<string, unknown>>;
  readonly node: YAMLMap;
  readonly text: string;
  readonly lines: LineCounter;
}

/** What stands in an object, its place counted in the object's document. */
export type Nested = (Omit<ScanInput, "name"> | Omit<UnreadableInput, "location">) & { readonly origin: Origin };

/**
 * The manifests that a document holds as text: what Helm stored of a release, and manifests under the keys of ConfigMaps. None where it
 * cannot be parsed: whoever judges the document itself says so.
 */
export function nestedInputs(document: DocumentInText): (ScanInput | UnreadableInput)[] {
  const outer = originWithin(document.origin, { is: "lines", line: document.line, indent: 0 });
  return holdersIn(document.text)
    .flatMap((holder) => (isHelmRelease(holder.object) ? helmReleaseInputs(holder) : configMapInputs(holder)))
    .map((nested) => placed(nested, document, outer));
}

function placed(
  nested: Nested,
  { name, within, severity, isForTarget }: DocumentInText,
  outer: Origin,
): ScanInput | UnreadableInput {
  const origin = originWithin(outer, nested.origin);
  const all = [nested.within, within].filter((each) => each !== undefined).join(" in ");
  const context = {
    ...(severity && { severity }),
    ...(isForTarget && { isForTarget }),
    ...(all !== "" && { within: all }),
  };
  if ("open" in nested) return { ...nested, name, origin, ...context };
  const column = origin.is === "point" ? origin.column : origin.indent + 1;
  return { message: nested.message, ...context, location: { file: name, line: origin.line, column } };
}

function holdersIn(text: string): Holder[] {
  const lines = new LineCounter();
  const document = parseYaml(text, { lineCounter: lines });
  if (document.errors.length > 0) return [];
  try {
    const value = plainValue(document);
    return objectsIn(value, document.contents).map((each) => ({ ...each, text, lines }));
  } catch (error) {
    if (error instanceof YamlProblem) return [];
    throw error;
  }
}

/** The objects of a document, Lists unrolled. */
function objectsIn(value: unknown, node: unknown): Pick<Holder, "object" | "node">[] {
  if (!isRecord(value) || !isMap(node)) return [];
  if (!Array.isArray(value.items)) return [{ object: value, node: node as YAMLMap }];
  const nodes = node.get("items", true);
  return isSeq(nodes) ? value.items.flatMap((item, index) => objectsIn(typed(item, value), nodes.items[index])) : [];
}

/** The API server leaves kind out of the items of a typed list. */
function typed(item: unknown, { kind }: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(item) || item.kind !== undefined || typeof kind !== "string") return item;
  return { ...item, kind: kind.replace(/List$/, "") };
}
