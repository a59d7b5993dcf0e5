import { TandemError } from "../domain/tandem-error";
import { wantsColor } from "./color";
import type { Io } from "./command";
import type { Wanted } from "./wanted-reports";
import { writeReport } from "./write-report";

/** The forms of plans and forecasts. */
export const PLAN_FORMATS = ["text", "json", "markdown"] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

/**
 * The target of a plan, as the user wrote it.
 * @throws TandemError where none is given
 */
export function requiredTarget(command: string, to: string | undefined): string {
  if (to !== undefined) return to;
  throw new TandemError(`${command}: which Kubernetes version is to be reached? Give --to, such as --to 1.37`);
}

/** Files first: when one cannot be written, stdout has not claimed that the work is done. */
export function presentReports(
  reports: readonly Wanted<PlanFormat>[],
  io: Io,
  render: Readonly<Record<PlanFormat, (color: boolean) => string>>,
): void {
  for (const { format, file } of reports) if (file !== undefined) writeReport(file, io.cwd, render[format](false));
  for (const { format, file } of reports) if (file === undefined) io.stdout.write(render[format](wantsColor(io)));
}
