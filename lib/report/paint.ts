import type { Severity } from "../rules/rule";

/** Colours of a report. Both give the same text where colour is not wanted. */
export interface Paint {
  /** The word of a severity, in its colour. */
  severity(severity: Severity, text: string): string;
  heading(text: string): string;
  good(text: string): string;
}

const SEVERITY_COLOR: Readonly<Record<Severity, number>> = { error: 31, warning: 33, note: 36 };
const BOLD = 1;
const GREEN = 32;

/** Colours for a terminal, as ANSI escapes. */
export const colored: Paint = {
  severity: (severity, text) => ansi(SEVERITY_COLOR[severity], text),
  heading: (text) => ansi(BOLD, text),
  good: (text) => ansi(GREEN, text),
};

/** No colours. */
export const plain: Paint = { severity: (_, text) => text, heading: (text) => text, good: (text) => text };

function ansi(code: number, text: string): string {
  return `\u001b[${code}m${text}\u001b[0m`;
}
