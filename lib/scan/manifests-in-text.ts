import { splitDocuments } from "../manifests/documents";
import { isRecord } from "../manifests/plain-value";

/** What a document of YAML has at its top. */
const TOP_LEVEL = {
  apiVersion: /^["']?apiVersion["']?[ \t]*:/m,
  kind: /^["']?kind["']?[ \t]*:/m,
  content: /^["']?(?:metadata|items)["']?[ \t]*:/m,
};

/**
 * The documents of a text that are manifests: they have an apiVersion, a kind and metadata or items. Without the last they are the
 * configuration of a program, such as a KubeletConfiguration.
 */
export function manifestsIn(content: string): { readonly text: string; readonly line: number }[] {
  if (!content.includes("apiVersion")) return [];
  const { documents, lines } = splitDocuments(content);
  return documents
    .filter(({ text }) => isManifest(text))
    .map(({ text, offset }) => ({ text, line: lines.linePos(offset).line }));
}

function isManifest(text: string): boolean {
  if (/^\s*(?:---[^\n]*\n\s*)?\{/.test(text)) return isJsonManifest(text.slice(text.indexOf("{")));
  return Object.values(TOP_LEVEL).every((pattern) => pattern.test(text));
}

function isJsonManifest(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return false;
    return (
      typeof value.apiVersion === "string" &&
      typeof value.kind === "string" &&
      ("metadata" in value || "items" in value)
    );
  } catch {
    return false;
  }
}
