/** Lines of context around a change. */
const CONTEXT = 3;
/** Above this many pairs of lines a passage is shown as replaced whole. */
const MOST_PAIRS = 4_000_000;

/** A replacement of `[start, end)` of a text. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One line of a comparison: in both texts, only in the old one, or only in the new one. */
interface Line {
  readonly mark: " " | "-" | "+";
  /** With its line end, where it has one. */
  readonly text: string;
}

/**
 * A unified diff, as `patch` and `git apply` take it; empty without changes.
 * @param changes what becomes of `before`, in any order and apart from each other
 * @param file how the file is called on both sides
 */
export function unifiedDiff(before: string, changes: readonly TextChange[], file: string): string {
  const lines = changedLines(before, changes);
  const hunks = hunksOf(lines);
  const path = file.replace(/^\/+/, "");
  return hunks.length === 0 ? "" : `--- ${quoted(`a/${path}`)}\n+++ ${quoted(`b/${path}`)}\n${hunks.join("")}`;
}

const UNUSUAL = /[\p{Cc}"\\]/gu;

/** A path with what would end its line or be obeyed written as git and patch read it: `"a/line\012break"`. */
function quoted(path: string): string {
  if (path.search(UNUSUAL) < 0) return path;
  const escaped = path.replace(UNUSUAL, (character) =>
    character === '"' || character === "\\"
      ? `\\${character}`
      : `\\${(character.codePointAt(0) ?? 0).toString(8).padStart(3, "0")}`,
  );
  return `"${escaped}"`;
}

/** All lines of the text, compared only where it changes. */
function changedLines(before: string, changes: readonly TextChange[]): Line[] {
  const lines: Line[] = [];
  let at = 0;
  for (const { start, end, text } of passages(before, changes)) {
    for (const line of marked(" ", before.slice(at, start))) lines.push(line);
    for (const line of compared(linesOf(before.slice(start, end)), linesOf(text))) lines.push(line);
    at = end;
  }
  return [...lines, ...marked(" ", before.slice(at))];
}

/** The changes as replacements of whole lines; those that share a line become one. */
function passages(before: string, changes: readonly TextChange[]): TextChange[] {
  const whole: TextChange[] = [];
  for (const change of changes.toSorted((a, b) => a.start - b.start)) {
    const last = whole.at(-1);
    // lastIndexOf takes a place before the text for its first character.
    const start = change.start === 0 ? 0 : before.lastIndexOf("\n", change.start - 1) + 1;
    const newline = before.indexOf("\n", change.end);
    const end = newline < 0 ? before.length : newline + 1;
    const text = before.slice(start, change.start) + change.text + before.slice(change.end, end);
    if (!last || last.end <= start) whole.push({ start, end, text });
    else {
      const kept = last.text.slice(0, last.text.length - (last.end - change.start));
      whole.splice(-1, 1, {
        start: last.start,
        end: Math.max(end, last.end),
        text: kept + change.text + before.slice(change.end, end),
      });
    }
  }
  return whole;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function marked(mark: Line["mark"], text: string | readonly string[]): Line[] {
  return (typeof text === "string" ? linesOf(text) : text).map((line) => ({ mark, text: line }));
}

/** The fewest lines out and in, by the longest common subsequence. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const [left, right] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const middle =
    left.length * right.length > MOST_PAIRS ? [...marked("-", left), ...marked("+", right)] : editOf(left, right);
  return [...marked(" ", before.slice(0, head)), ...middle, ...marked(" ", before.slice(before.length - tail))];
}

function editOf(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  /** Length of the longest common subsequence of what starts at old line x and new line y. */
  const common = new Uint32Array((before.length + 1) * width);
  const length = (x: number, y: number) => common[x * width + y] ?? 0;
  for (let x = before.length - 1; x >= 0; x -= 1) {
    for (let y = after.length - 1; y >= 0; y -= 1) {
      common[x * width + y] =
        before[x] === after[y] ? length(x + 1, y + 1) + 1 : Math.max(length(x + 1, y), length(x, y + 1));
    }
  }
  const lines: Line[] = [];
  let [x, y] = [0, 0];
  while (x < before.length && y < after.length) {
    const [old, young] = [String(before[x]), String(after[y])];
    if (old === young) lines.push({ mark: " ", text: old });
    else if (length(x + 1, y) >= length(x, y + 1)) lines.push({ mark: "-", text: old });
    else lines.push({ mark: "+", text: young });
    if (lines.at(-1)?.mark !== "+") x += 1;
    if (lines.at(-1)?.mark !== "-") y += 1;
  }
  return [...lines, ...marked("-", before.slice(x)), ...marked("+", after.slice(y))];
}

function hunksOf(lines: readonly Line[]): string[] {
  const changed = lines.flatMap(({ mark }, index) => (mark === " " ? [] : [index]));
  const ranges: [number, number][] = [];
  for (const index of changed) {
    const last = ranges.at(-1);
    if (last && index - CONTEXT <= last[1]) last[1] = index + 1 + CONTEXT;
    else ranges.push([Math.max(0, index - CONTEXT), index + 1 + CONTEXT]);
  }
  let [oldLine, newLine, at] = [1, 1, 0];
  return ranges.map(([start, end]) => {
    oldLine += start - at;
    newLine += start - at;
    const hunk = lines.slice(start, end);
    const [olds, news] = [
      hunk.filter(({ mark }) => mark !== "+").length,
      hunk.filter(({ mark }) => mark !== "-").length,
    ];
    const text = `@@ -${oldLine},${olds} +${newLine},${news} @@\n${hunk.map(lineText).join("")}`;
    oldLine += olds;
    newLine += news;
    at = start + hunk.length;
    return text;
  });
}

function lineText({ mark, text }: Line): string {
  return text.endsWith("\n") ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
}
