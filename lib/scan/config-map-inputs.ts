import { isMap, isScalar, Scalar } from "yaml";
import { isRecord } from "../manifests/plain-value";
import { manifestsIn } from "./manifests-in-text";
import type { Holder, Nested } from "./nested-inputs";
import { originWithin } from "./origin-within";
import type { Origin } from "./scan-input";

/**
 * The manifests under the keys of a ConfigMap, a document each. Something may apply them, or they may be there to be read only: a
 * finding in one is a warning.
 */
export function configMapInputs({ object, node, text, lines }: Holder): Nested[] {
  const data = node.get("data", true);
  if (object.kind !== "ConfigMap" || !isMap(data)) return [];
  return data.items.flatMap(({ key, value }): Nested[] => {
    if (!isScalar(key) || !isScalar(value) || typeof value.value !== "string") return [];
    const content = value.value;
    const origin = originOf(value as Scalar<string>, text, lines);
    return manifestsIn(content).map(({ text: manifest, line }) => ({
      origin: originWithin(origin, { is: "lines", line, indent: 0 }),
      within: `key ${key.value} of ConfigMap ${nameOf(object)}`,
      severity: "warning",
      open: () => [manifest],
    }));
  });
}

function nameOf({ metadata }: Readonly<Record<string, unknown>>): string {
  const { namespace, name } = isRecord(metadata) ? metadata : {};
  return typeof namespace === "string" ? `${namespace}/${name}` : String(name);
}

/** A block scalar stands in the file line by line; folded and quoted ones have other lines than their value. */
function originOf(scalar: Scalar<string>, text: string, lines: Holder["lines"]): Origin {
  const start = scalar.range?.[0] ?? 0;
  const { line, col } = lines.linePos(start);
  if (scalar.type !== Scalar.BLOCK_LITERAL) return { is: "point", line, column: col };
  const first = text.indexOf("\n", start) + 1;
  return { is: "lines", line: line + 1, indent: indentOf(scalar.value, text.slice(first)) };
}

/** How much further in a block's lines stand than those of its value. */
function indentOf(value: string, block: string): number {
  const index = value.split("\n").findIndex((line) => line.trim() !== "");
  const [own = "", outer = ""] = [value, block].map((each) => each.split("\n", index + 1)[index]?.trimEnd());
  return outer.length - own.length;
}
