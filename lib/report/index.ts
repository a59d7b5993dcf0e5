import type { Result } from "../rules/rule";
import type { Format } from "./format";

export type Reporter = (result: Result) => string;

/** A reporter for each format; loaded when it is asked for, because a run asks for one or two. */
const REPORTERS: Readonly<Record<Format, () => Reporter>> = {
  text: () => (require("./text") as typeof import("./text")).textReport,
  json: () => (require("./json") as typeof import("./json")).jsonReport,
  sarif: () => (require("./sarif") as typeof import("./sarif")).sarifReport,
  junit: () => (require("./junit") as typeof import("./junit")).junitReport,
  github: () => (require("./github") as typeof import("./github")).githubReport,
  markdown: () => (require("./markdown") as typeof import("./markdown")).markdownReport,
  html: () => (require("./html") as typeof import("./html")).htmlReport,
};

/** The report in a format. */
export function report(format: Format, result: Result): string {
  return REPORTERS[format]()(result);
}
