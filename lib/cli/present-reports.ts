import { wantsColor } from "./color";
import type { Io } from "./command";
import type { Wanted } from "./wanted-reports";
import { writeReport } from "./write-report";

/** The forms of reports that are no list of findings. */
export const REPORT_FORMATS = ["text", "json", "markdown"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Files first: when one cannot be written, stdout has not claimed that the work is done. */
export function presentReports(
  reports: readonly Wanted<ReportFormat>[],
  io: Io,
  render: Readonly<Record<ReportFormat, (color: boolean) => string>>,
): void {
  for (const { format, file } of reports) if (file !== undefined) writeReport(file, io.cwd, render[format](false));
  for (const { format, file } of reports) if (file === undefined) io.stdout.write(render[format](wantsColor(io)));
}
