/** Columns that a line of a report fills at most, unless a single word is longer. */
const WIDTH = 100;

/**
 * Breaks text into indented lines. Words are never broken, so that a path, an API version or an address can be found and copied.
 * @param indent what every line begins with
 * @param label what the first line begins with after the indent; the others are indented by its width
 */
export function wrap(text: string, indent: string, label = ""): string[] {
  return fill(text.split(" "), indent, label);
}

/** The same for a list, `a, b`, whose entries are never broken. */
export function wrapList(entries: readonly string[], label: string): string[] {
  return fill(
    entries.map((entry, index) => (index < entries.length - 1 ? `${entry},` : entry)),
    "",
    label,
  );
}

function fill([first = "", ...others]: readonly string[], indent: string, label: string): string[] {
  const hanging = indent + " ".repeat(label.length);
  const lines: string[] = [];
  let line = indent + label + first;
  for (const word of others) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = hanging + word;
    } else line += ` ${word}`;
  }
  return [...lines, line];
}

/** Joins what is not empty: `a, b`. */
export function listed(parts: readonly (string | undefined)[], separator = ", "): string {
  return parts.filter(Boolean).join(separator);
}
