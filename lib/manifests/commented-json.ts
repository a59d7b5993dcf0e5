/** A text in quotes, which stays, or a comment. One that does not end reaches to the end. */
const COMMENT = /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
/** A text in quotes, which stays, or a comma with nothing after it. */
const LAST_COMMA = /("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g;

/** What to say of a document that is JSON but for comments or commas too many, as tsconfig.json is; undefined for any other. */
export function commentedJsonHint(text: string): string | undefined {
  if (!/^\s*(?:[{[]|\/[/*])/.test(text)) return undefined;
  const json = without(LAST_COMMA, without(COMMENT, text));
  return json !== text && isJson(json) ? COMMENTED_JSON : undefined;
}

function without(extra: RegExp, text: string): string {
  return text.replace(extra, (_, quoted: string | undefined) => quoted ?? "");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const COMMENTED_JSON =
  "JSON with comments, or with a comma before a bracket, which Kubernetes does not read; " +
  "take them out, or leave the file out if it is not meant as a manifest";
