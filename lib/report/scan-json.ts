import { escapedJson } from "./json";
import type { ReportedFinding, ScanReport } from "./scan-report";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/**
 * The report of a scan for programs, in pieces: `{ schemaVersion, target, targetFrom, dataHorizon, scanned, summary, notes, findings }`.
 * Keys always come in the same order, findings in the scan's, one a line.
 */
export function* scanJson(report: ScanReport): Generator<string> {
  const { target, targetFrom, dataHorizon, scanned, summary, notes, findings } = report;
  const head = {
    schemaVersion: SCHEMA_VERSION,
    target,
    ...(targetFrom === undefined ? {} : { targetFrom }),
    dataHorizon,
    scanned,
    summary,
    ...(notes.length > 0 ? { notes } : {}),
  };
  yield `${escapedJson(head).slice(0, -"\n}".length)},\n  "findings": [`;
  let separator = "\n";
  for (const finding of findings) {
    yield `${separator}    ${escapedJson(inOrder(finding), 0)}`;
    separator = ",\n";
  }
  yield separator === "\n" ? "]\n}\n" : "\n  ]\n}\n";
}

function inOrder(finding: ReportedFinding): Partial<ReportedFinding> {
  const { rule, severity, message, remedy, docsUrl, subject, location, path } = finding;
  const { within, deprecatedIn, removedIn, replacement, servedByTargetFrom } = finding;
  return {
    rule,
    severity,
    message,
    remedy,
    docsUrl,
    ...(subject && { subject }),
    ...(location ? { location } : { path }),
    ...(within !== undefined && { within }),
    ...(deprecatedIn !== undefined && { deprecatedIn }),
    ...(removedIn !== undefined && { removedIn }),
    ...(replacement && { replacement }),
    ...(servedByTargetFrom !== undefined && { servedByTargetFrom }),
  };
}
