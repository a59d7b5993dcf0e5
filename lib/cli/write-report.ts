import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import { writeWhole } from "../files/write-whole";

/**
 * Writes a report to a file, whole or not at all.
 * @throws TandemError saying why it cannot be written
 */
export function writeReport(file: string, cwd: string, report: string): void {
  const target = path.resolve(cwd, file);
  try {
    const existing = fs.statSync(target, { throwIfNoEntry: false });
    if (!existing) writeWhole(target, report);
    else if (existing.isFile()) writeWhole(fs.realpathSync(target), report);
    // A device or a pipe is written to; a file must not take its name.
    else fs.writeFileSync(target, report);
  } catch (error) {
    throw new TandemError(`cannot write the report ${file}: ${(error as Error).message}`, {}, { cause: error });
  }
}
