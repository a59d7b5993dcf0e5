import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../../domain/tandem-error";
import { type ChartFiles, withoutByteOrderMark } from "./chart-archive";
import { helmIgnore, type IsIgnored } from "./helm-ignore";

/** What never belongs to a chart, whatever `.helmignore` says. */
const LEFT_OUT = [".git", "node_modules"];
/** Helm's own limit. https://github.com/helm/helm/blob/main/pkg/chart/loader/archive/archive.go */
const MOST_BYTES_OF_A_FILE = 5 * 1024 * 1024;

/**
 * The files of a chart in a folder, without those that its `.helmignore` names: the files that Helm takes.
 * @param shown how the folder is called in messages
 * @throws TandemError when it cannot be read, or holds what is no file
 */
export function readChartFolder(folder: string, shown = folder): ChartFiles {
  try {
    const root = fs.realpathSync(folder);
    if (!fs.existsSync(path.join(root, "Chart.yaml")))
      throw new TandemError(`${shown} is no chart: it holds no Chart.yaml`);
    const files = new Map<string, Buffer>();
    collect({ root, shown, isIgnored: ignoredIn(root, shown), files }, "");
    return files;
  } catch (error) {
    if (error instanceof TandemError) throw error;
    const [reason] = (error as Error).message.split(", "); // then comes the path on this machine
    throw new TandemError(`the chart in ${shown} cannot be read: ${reason}`, {}, { cause: error });
  }
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

interface Walk {
  readonly root: string;
  /** How the folder is called in messages. */
  readonly shown: string;
  readonly isIgnored: IsIgnored;
  readonly files: Map<string, Buffer>;
}

function collect(walk: Walk, below: string): void {
  for (const entry of fs.readdirSync(path.join(walk.root, below), { withFileTypes: true })) {
    const name = path.posix.join(below, entry.name);
    if (LEFT_OUT.includes(entry.name) || walk.isIgnored(name, entry.isDirectory())) continue;
    if (entry.isDirectory()) collect(walk, name);
    else walk.files.set(name, fileOf(walk, name, entry));
  }
}

function fileOf({ root, shown }: Walk, name: string, entry: fs.Dirent): Buffer {
  const refused = (problem: string) => new TandemError(`the chart in ${shown} holds ${problem}`);
  if (entry.isSymbolicLink())
    throw refused(`the link ${name}; a chart in a project is made of files: put the file in its place`);
  if (!entry.isFile()) throw refused(`${name}, which is no file: take it out, or name it in .helmignore`);
  const file = path.join(root, name);
  if (fs.statSync(file).size > MOST_BYTES_OF_A_FILE)
    throw refused(`${name}, which is larger than 5 MiB: Helm refuses that; take it out, or name it in .helmignore`);
  return withoutByteOrderMark(fs.readFileSync(file));
}

function ignoredIn(root: string, shown: string): IsIgnored {
  const file = path.join(root, ".helmignore");
  const text = fs.existsSync(file) ? withoutByteOrderMark(fs.readFileSync(file)).toString("utf8") : "";
  return helmIgnore(text, path.join(shown, ".helmignore"));
}
