import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../../domain/tandem-error";
import { isChartFolder } from "../../sources/source-kind";

/** A file or a chart's folder that is to be scanned. */
export interface FoundFile {
  /** As findings call it: a path as the user gave it, with forward slashes. */
  readonly name: string;
  /** Absolute. */
  readonly place: string;
  /** Bytes; 0 of what says no size, such as a pipe. */
  readonly size: number;
  /** Whether it was found by its name in a folder. */
  readonly isGuess: boolean;
}

/** What there is to scan. */
export interface FoundFiles {
  readonly files: FoundFile[];
  readonly chartFolders: FoundFile[];
  /** What was found and cannot be looked at. */
  readonly unreadable: { readonly name: string; readonly message: string }[];
}

/** Names of folders that hold no manifests of the user's own. */
const IGNORED = new Set([".git", "node_modules"]);
/** Endings of names that are looked at in folders: manifests, and charts. */
const ENDING = /\.(ya?ml|json|tgz|tar\.gz)$/i;

/** Which files of folders are looked at, by their paths there. */
export interface Selection {
  /** What is looked at besides what may hold manifests by its name. */
  isIncluded(path: string): boolean;
  /** Files and folders that are left out, whatever their names. */
  isExcluded(path: string): boolean;
}

/**
 * Finds what is to be scanned: files as they are named, and in folders, at any depth, what by its name may hold manifests. Folders that
 * are charts are found as such. A folder is entered once, so that links that go round do no harm. Sorted by name within a folder.
 * @throws TandemError for a path that is not there or cannot be read
 */
export function findFiles(paths: readonly string[], cwd: string, selection: Selection): FoundFiles {
  const found: FoundFiles = { files: [], chartFolders: [], unreadable: [] };
  const finder = new Finder(found, selection);
  for (const given of paths) finder.named(given, path.resolve(cwd, given));
  return found;
}

class Finder {
  /** Real paths of the folders that were entered. */
  private readonly entered = new Set<string>();

  constructor(
    private readonly found: FoundFiles,
    private readonly selection: Selection,
  ) {}

  named(given: string, place: string): void {
    const name = given
      .split(path.sep)
      .join("/")
      .replace(/(?<=.)\/+$/, "");
    try {
      const stats = fs.statSync(place);
      fs.accessSync(place, fs.constants.R_OK);
      if (stats.isDirectory()) this.folder(name === "." ? "" : name, place, "");
      else this.found.files.push({ name, place, size: stats.size, isGuess: false });
    } catch (error) {
      if (error instanceof TandemError) throw error;
      throw new TandemError(`cannot scan ${given}: ${reasonOf(error)}`, {}, { cause: error });
    }
  }

  private folder(name: string, place: string, within: string): void {
    const real = fs.realpathSync(place);
    if (this.entered.has(real)) return;
    this.entered.add(real);
    const entries = fs.readdirSync(place).sort();
    if (isChartFolder(entries)) {
      this.found.chartFolders.push({ name: name || ".", place, size: 0, isGuess: true });
      return;
    }
    for (const entry of entries) this.entry(joined(name, entry), path.join(place, entry), joined(within, entry));
  }

  /** What cannot be looked at in a folder is a finding: the rest of the folder is scanned all the same. */
  private entry(name: string, place: string, within: string): void {
    if (IGNORED.has(path.basename(place)) || this.selection.isExcluded(within)) return;
    const isWanted = ENDING.test(name) || this.selection.isIncluded(within);
    try {
      const stats = fs.statSync(place);
      if (stats.isDirectory()) this.folder(name, place, within);
      else if (isWanted && stats.isFile()) this.found.files.push({ name, place, size: stats.size, isGuess: true });
      else if (isWanted) this.unreadable(name, "it is no regular file");
    } catch (error) {
      if (isWanted || (error as NodeJS.ErrnoException).code === "EACCES") this.unreadable(name, reasonOf(error));
    }
  }

  private unreadable(name: string, reason: string): void {
    this.found.unreadable.push({
      name,
      message: `${reason}, so that nothing in it was judged: put it right, or leave it out`,
    });
  }
}

function joined(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission to read it is denied",
  EPERM: "permission to read it is denied",
  ELOOP: "its symbolic links go round in a circle",
};

/** Why a file cannot be read, for people. */
export function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
