import type { Origin } from "./scan-input";

/** Where a text stands in its file that stands in another text of it. */
export function originWithin(outer: Origin | undefined, inner: Origin): Origin {
  if (!outer) return inner;
  if (outer.is === "point") return outer;
  const line = outer.line + inner.line - 1;
  return inner.is === "lines"
    ? { is: "lines", line, indent: outer.indent + inner.indent }
    : { is: "point", line, column: outer.indent + inner.column };
}
