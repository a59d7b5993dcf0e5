import { TandemError } from "./tandem-error";

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const LONGEST = { key: 128, value: 256 } as const;
const MOST_TAGS = 50;
/** What every service takes; some take more. */
const CHARACTERS = /^[\p{L}\p{N}\s_.:/=+@-]*$/u;

/** @throws TandemError when AWS would refuse one of the tags */
export function requireTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags);
  if (entries.length > MOST_TAGS) {
    throw new TandemError(`tags: AWS takes ${MOST_TAGS} tags, got ${entries.length}, those of the cluster included`);
  }
  for (const [key, value] of entries) requireTag(key, value);
}

function requireTag(key: string, value: unknown): void {
  if (key === "" || /^aws:/i.test(key)) {
    throw new TandemError(`tags: a tag's key is not empty and does not begin with "aws:", got ${JSON.stringify(key)}`);
  }
  if (typeof value !== "string") {
    throw new TandemError(`tags: expected text for ${JSON.stringify(key)}, got ${JSON.stringify(value)}`);
  }
  for (const [what, text] of [
    ["key", key],
    ["value", value],
  ] as const) {
    if (text.length > LONGEST[what]) {
      throw new TandemError(
        `tags: the ${what} ${JSON.stringify(text)} has ${text.length} characters; AWS takes ${LONGEST[what]}`,
      );
    }
    if (!CHARACTERS.test(text)) {
      throw new TandemError(
        `tags: AWS takes letters, digits, spaces and _.:/=+-@ in tags, got the ${what} ${JSON.stringify(text)}`,
      );
    }
  }
}
