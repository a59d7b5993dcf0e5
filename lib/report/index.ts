import type { Result } from "../rules/rule";
import type { Format } from "./format";
import { jsonReport } from "./json";
import { textReport } from "./text";

/** A reporter for each format. */
export const reporters: Readonly<Record<Format, (result: Result) => string>> = { text: textReport, json: jsonReport };
