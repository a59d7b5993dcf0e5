/** C0 and C1 controls, line and paragraph separators, and the marks that turn the direction of text or take no room. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * Text with every character that a terminal would obey rather than show written as an escape, such as `\u{1b}`. Names come from
 * manifests that anybody may have written: one must not move the cursor, colour the report or hide a line of it.
 */
export function visible(text: string): string {
  // Most text is printable ASCII, which is seen faster than that it holds nothing invisible.
  if (!/[^ -~]/.test(text)) return text;
  return text.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The same for text of many lines: line ends and tabs stay. */
export function visibleLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, index) => (index % 2 === 0 ? visible(part) : part))
    .join("");
}
