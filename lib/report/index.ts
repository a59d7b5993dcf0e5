import type { Result } from "../rules/rule";
import { jsonReport } from "./json";
import { textReport } from "./text";

/** The forms that a report comes in. */
export type Format = "text" | "json";

/** A reporter for each format. */
export const reporters: Readonly<Record<Format, (result: Result) => string>> = { text: textReport, json: jsonReport };
