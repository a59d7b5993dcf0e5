/** Classes of characters that Go knows within brackets, as JavaScript writes them there. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7F",
  blank: "\\t ",
  cntrl: "\\x00-\\x1F\\x7F",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

/**
 * A regular expression as Go writes it, which is Helm's way: with flags at its start, and free to escape what needs no escape.
 * https://github.com/google/re2/wiki/Syntax
 * @throws SyntaxError when it is none, or has what JavaScript cannot say
 */
export function goPattern(pattern: string): RegExp {
  const [, flags = "", rest = ""] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(pattern) ?? [];
  if (/\\Q|\(\?<?[=!]/.test(rest)) throw new SyntaxError(`the pattern ${JSON.stringify(pattern)} cannot be used here`);
  const source = rest
    .replace(/\[:(\^?)(\w+):\]/g, (whole, negated, name) => (negated ? whole : (CLASSES[name] ?? whole)))
    .replace(/\(\?P</g, "(?<")
    .replace(/\\([pP])([A-Z])/g, "\\$1{$2}")
    .replace(/\\A/g, "^")
    .replace(/\\z/g, "$");
  try {
    return new RegExp(source, `${flags}u`);
  } catch (error) {
    // Without Unicode, JavaScript is as free with escapes as Go; but it then reads these as letters.
    if (/\\[pPx]\{/.test(source)) throw error;
    return new RegExp(source, flags);
  }
}

export function isGoPattern(text: string): boolean {
  try {
    goPattern(text);
    return true;
  } catch {
    return false;
  }
}
