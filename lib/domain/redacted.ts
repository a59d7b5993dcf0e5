import { SECRET_WORDS } from "./secret-name";

const HIDDEN = "(redacted)";

/** What may hold a secret in what a program or a server says: credentials and queries of URLs, and what names itself a secret. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s"'<>]*@/gi, `$1${HIDDEN}@`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>?#]+\?)[^\s"'<>]+/gi, `$1${HIDDEN}`],
  [/\b([Bb]earer|[Bb]asic)\s+(?=\S*[A-Z0-9=])[A-Za-z0-9+/_.~=-]{8,}/g, `$1 ${HIDDEN}`],
  [new RegExp(String.raw`\b(\w*(?:${SECRET_WORDS}|signature)\w*["']?\s*[=:]\s*["']?)[^\s"',;&]+`, "gi"), `$1${HIDDEN}`],
];

/** Text of a program or a server without what may be a secret. */
export function redacted(text: string): string {
  return SECRETS.reduce((clean, [secret, instead]) => clean.replace(secret, instead), text);
}
