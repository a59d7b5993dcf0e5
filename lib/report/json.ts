import type { Finding, Result } from "../rules/rule";
import { summarize } from "./summary";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/**
 * The report for programs: `{ schemaVersion, asOf, dataHorizon, scanned, summary, rulesRun, findings }`. Keys always come in the same
 * order, findings in the result's. Acknowledged findings are listed and carry `acknowledged`; `summary` counts them apart.
 */
export function jsonReport(result: Result): string {
  const { model, dataHorizon, scanned, rulesRun, findings } = result;
  const report = {
    schemaVersion: SCHEMA_VERSION,
    asOf: model.asOf,
    dataHorizon,
    scanned,
    summary: summarize(findings),
    rulesRun,
    findings: findings.map(inOrder),
  };
  return jsonText(report);
}

function inOrder({
  rule,
  severity,
  path,
  message,
  remedy,
  docsUrl,
  location,
  subject,
  acknowledged,
}: Finding): Finding {
  return {
    rule,
    severity,
    path,
    message,
    remedy,
    docsUrl,
    ...(location && { location }),
    ...(subject && { subject }),
    ...(acknowledged && { acknowledged }),
  };
}

/** A report as JSON text. */
export function jsonText(report: unknown): string {
  return `${escapedJson(report)}\n`;
}

/**
 * JSON leaves characters alone that a terminal obeys or hides; they are written as escapes, which mean the same.
 * @param indent spaces a level; 0 for one line
 */
export function escapedJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(/[\u007f-\u009f]|\p{Cf}|\u2028|\u2029/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
