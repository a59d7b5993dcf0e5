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
  return `${escaped(JSON.stringify(report, null, 2))}\n`;
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

/** JSON leaves characters alone that a terminal obeys or hides; written as escapes they mean the same. */
function escaped(json: string): string {
  return json.replace(/[\u007f-\u009f]|\p{Cf}|\u2028|\u2029/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
