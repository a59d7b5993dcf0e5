import type { Result } from "../rules/rule";
import type { Format } from "./format";
import type { Reportable } from "./reportable";

export type Reporter = (result: Result) => string;

/** Reporters that list findings and ask for nothing else, so that they do for a scan too. */
const LISTS = {
  sarif: () => (require("./sarif") as typeof import("./sarif")).sarifReport,
  junit: () => (require("./junit") as typeof import("./junit")).junitReport,
  github: () => (require("./github") as typeof import("./github")).githubReport,
};

/** A reporter for each format; loaded when it is asked for, because a run asks for one or two. */
const REPORTERS: Readonly<Record<Format, () => Reporter>> = {
  ...LISTS,
  text: () => (require("./text") as typeof import("./text")).textReport,
  json: () => (require("./json") as typeof import("./json")).jsonReport,
  markdown: () => (require("./markdown") as typeof import("./markdown")).markdownReport,
  html: () => (require("./html") as typeof import("./html")).htmlReport,
};

/** The report in a format. */
export function report(format: Format, result: Result): string {
  return REPORTERS[format]()(result);
}

/** Findings as a list for another program. */
export function list(format: keyof typeof LISTS, reportable: Reportable): string {
  return LISTS[format]()(reportable);
}
