import type { ScanReport } from "../../report/scan-report";
import type { Io, Output } from "../command";
import type { Wanted } from "../wanted-reports";

/** The forms that the report of a scan comes in. */
export const SCAN_FORMATS = ["text", "json", "sarif", "junit", "github"] as const;
export type ScanFormat = (typeof SCAN_FORMATS)[number];

/** Characters. */
const WRITTEN_AT_ONCE = 1 << 16;

/** What was asked for. */
interface Presentation {
  readonly reports: readonly Wanted<ScanFormat>[];
  readonly isColorWanted: boolean;
}

/** Writes the reports, those of files first: when one cannot be written, stdout has not claimed that the work is done. */
export function present({ reports, isColorWanted }: Presentation, report: ScanReport, io: Io): void {
  for (const { format, file } of reports) {
    if (file === undefined) continue;
    const { writeReport } = require("../write-report") as typeof import("../write-report");
    writeReport(file, io.cwd, [...pieces(format, report, false)].join(""));
  }
  const printed = reports.find(({ file }) => file === undefined);
  if (printed) writeTo(io.stdout, pieces(printed.format, report, isColorWanted));
}

/** The report in a format. Those of other programs list findings, so that the whole list is in memory. */
function pieces(format: ScanFormat, report: ScanReport, color: boolean): Iterable<string> {
  if (format === "text") {
    const { scanText } = require("../../report/scan-text") as typeof import("../../report/scan-text");
    return scanText(report, { color });
  }
  if (format === "json") {
    const { scanJson } = require("../../report/scan-json") as typeof import("../../report/scan-json");
    return scanJson(report);
  }
  const { list } = require("../../report") as typeof import("../../report");
  const { findings, rules, scanned, dataHorizon } = report;
  return [list(format, { findings: [...findings], rulesRun: rules.map(({ id }) => id), scanned, dataHorizon })];
}

/** Many pieces at once: a write costs more than it takes to make what it writes. */
function writeTo(output: Output, written: Iterable<string>): void {
  let text = "";
  for (const piece of written) {
    text += piece;
    if (text.length < WRITTEN_AT_ONCE) continue;
    output.write(text);
    text = "";
  }
  output.write(text);
}
