import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name. A reader sees the old content or the
 * new one, also when the process dies in between. The folder is made if it is missing.
 * @param mode who may read and write it, as far as the umask lets them; left out, a file that is there keeps its own
 */
export function writeWhole(file: string, content: string | Uint8Array, mode?: number): void {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString("hex")}`);
  try {
    fs.writeFileSync(temporary, content, { flag: "wx", mode: mode ?? 0o666 });
    const existing = mode === undefined ? fs.statSync(file, { throwIfNoEntry: false }) : undefined;
    if (existing) fs.chmodSync(temporary, existing.mode);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
