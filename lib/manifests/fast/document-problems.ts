import type { Location, Unreadable } from "../../domain/model";

const MEGABYTE = 1024 * 1024;

/** What to say of a document of bytes that are no UTF-8, with the line of the first of them. */
export function notUtf8(bytes: Buffer, start: Location): Unreadable {
  const good = bytes.toString("utf8").split("\uFFFD", 1)[0] ?? "";
  const message = "bytes that are no UTF-8: save the file as UTF-8, or leave it out if it is no text";
  return { message, location: { ...start, line: start.line + good.split("\n").length - 1 } };
}

/**
 * What to say of a document that is too large for the YAML parser.
 * @param line the first that has to be parsed
 */
export function tooLarge(size: number, line: number, start: Location): Unreadable {
  const message =
    `a document of ${Math.ceil(size / MEGABYTE)} MB, larger than any object that the API server takes, in YAML that has to be ` +
    `parsed to be judged (its line ${line} is the first that is not plain): write what it holds as documents of their own`;
  return { message, location: start };
}
