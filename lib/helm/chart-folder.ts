import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import type { ChartFiles } from "./chart-archive";

/** What never belongs to a chart, whatever `.helmignore` says. */
const LEFT_OUT = [".git", "node_modules"];

/**
 * The files of a chart in a folder.
 * @throws TandemError when it cannot be read, or a link in it leads out of it
 */
export function readChartFolder(folder: string): ChartFiles {
  const files = new Map<string, Buffer>();
  try {
    collect(fs.realpathSync(folder), "", files, folder);
  } catch (error) {
    if (error instanceof TandemError) throw error;
    throw new TandemError(`the chart in ${folder} cannot be read: ${(error as Error).message}`, {}, { cause: error });
  }
  if (!files.has("Chart.yaml")) throw new TandemError(`${folder} is no chart: it holds no Chart.yaml`);
  return files;
}

/** `sha256:…` of the names and contents of a chart's files, whatever their order, times and modes. */
export function digestOfFiles(files: ChartFiles): string {
  const hash = createHash("sha256");
  for (const name of [...files.keys()].sort()) {
    const content = files.get(name) ?? Buffer.alloc(0);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return `sha256:${hash.digest("hex")}`;
}

function collect(root: string, below: string, files: Map<string, Buffer>, shown: string): void {
  const entries = fs.readdirSync(path.join(root, below), { withFileTypes: true });
  for (const entry of entries) {
    if (LEFT_OUT.includes(entry.name)) continue;
    const name = path.posix.join(below, entry.name);
    const file = path.join(root, name);
    if (entry.isSymbolicLink()) {
      throw new TandemError(
        `the chart in ${shown} holds the link ${name}; a chart in a project is made of files: put the file in its place`,
      );
    }
    if (entry.isDirectory()) collect(root, name, files, shown);
    else files.set(name, fs.readFileSync(file));
  }
}
