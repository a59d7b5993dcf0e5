import type { DocumentText } from "./documents";

const OBJECT = /^\s*\{/;
const ANOTHER = /\s*\{/y;
/** What ends a part of JSON that braces mean nothing in, or changes how deep one stands. */
const TELLING = /["{}]/g;
const STRING = /"(?:[^"\\]|\\.)*"/sy;

/**
 * Cuts JSON objects apart that stand one after the other with nothing between them, as kubectl reads them and `jq` writes them. Where one
 * ends too late or what follows is something else, the rest stays together: it is no JSON.
 * @returns the document itself where it is nothing of the kind
 */
export function jsonValues(document: DocumentText): readonly DocumentText[] {
  const { text, offset } = document;
  if (!OBJECT.test(text)) return [document];
  const values: DocumentText[] = [];
  let start = 0;
  for (let end = objectEnd(text, 0); end > 0 && isAnother(text, end); end = objectEnd(text, end)) {
    if (start === 0 && !isJson(text.slice(0, end))) return [document];
    values.push({ offset: offset + start, text: text.slice(start, end) });
    start = end;
  }
  return [...values, { offset: offset + start, text: text.slice(start) }];
}

/** Where the object ends that starts after `start`; -1 where it does not end. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  TELLING.lastIndex = start;
  for (let found = TELLING.exec(text); found; found = TELLING.exec(text)) {
    if (found[0] === '"') {
      STRING.lastIndex = found.index;
      if (!STRING.test(text)) return -1;
      TELLING.lastIndex = STRING.lastIndex;
    } else if (found[0] === "{") depth++;
    else if (--depth === 0) return found.index + 1;
  }
  return -1;
}

function isAnother(text: string, at: number): boolean {
  ANOTHER.lastIndex = at;
  return ANOTHER.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
