import { isUtf8 } from "node:buffer";
import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";
import { reasonOf } from "./scan/found-files";

const EXTENSIONS = [".yaml", ".yml", ".json"];
const IGNORED = [".git", "node_modules"];
/** Far above any manifest that a person edits. */
const MOST_BYTES = 32 * 1024 * 1024;

/** A file of manifests. */
export interface ManifestFile {
  /** As the user gave it, or below what the user gave; with forward slashes. */
  readonly name: string;
  /** The file itself, symbolic links resolved. */
  readonly file: string;
  /** Whether it was found by its name in a folder. */
  readonly isGuess?: true;
  /** Why it cannot be read; only of what was found in a folder, whose rest is converted all the same. */
  readonly problem?: string;
}

/**
 * The files that are meant by paths: a file itself; of a folder, all YAML and JSON files at any depth, without `.git` and
 * `node_modules`, sorted. Each file once, through however many links and paths it is reached. What cannot be read in a folder is told.
 * @throws TandemError for a path that is not there or cannot be read
 */
export function manifestFiles(paths: readonly string[], cwd: string): ManifestFile[] {
  const search = new Search(cwd);
  for (const given of paths) search.take(path.posix.normalize(given.split(path.sep).join("/")));
  return [...search.found.values()];
}

class Search {
  readonly found = new Map<string, ManifestFile>();
  private readonly folders = new Set<string>();

  constructor(private readonly cwd: string) {}

  take(name: string): void {
    try {
      const file = this.real(name);
      fs.accessSync(file, fs.constants.R_OK);
      if (fs.statSync(file).isDirectory()) this.search(file, name);
      else this.add({ name, file });
    } catch (error) {
      throw new TandemError(`cannot read ${name}: ${reasonOf(error)}; check the path`, {}, { cause: error });
    }
  }

  private search(folder: string, name: string): void {
    if (this.folders.has(folder)) return;
    this.folders.add(folder);
    const entries = fs.readdirSync(folder).filter((entry) => !IGNORED.includes(entry));
    for (const entry of entries.sort()) this.entry(name === "." ? entry : path.posix.join(name, entry));
  }

  private entry(name: string): void {
    const isWanted = EXTENSIONS.includes(path.extname(name));
    try {
      const file = this.real(name);
      const stats = fs.statSync(file);
      if (stats.isDirectory()) this.search(file, name);
      else if (isWanted)
        this.add(stats.isFile() ? readable({ name, file, isGuess: true }) : { name, file, problem: "no regular file" });
    } catch (error) {
      const isOfInterest = isWanted || (error as NodeJS.ErrnoException).code === "EACCES";
      if (isOfInterest) this.add({ name, file: path.resolve(this.cwd, name), problem: reasonOf(error) });
    }
  }

  private real(name: string): string {
    return fs.realpathSync(path.resolve(this.cwd, name));
  }

  private add(found: ManifestFile): void {
    const known = this.found.get(found.file);
    if (!known) this.found.set(found.file, found);
    // What is named as well is no guess.
    else if (known.isGuess && !found.isGuess) this.found.set(found.file, { name: known.name, file: known.file });
  }
}

function readable(found: ManifestFile): ManifestFile {
  fs.accessSync(found.file, fs.constants.R_OK);
  return found;
}

/** What a file of manifests holds: text, or the reason why it is none that could be written back. */
export type Content = { readonly text: string } | { readonly message: string };

/** @throws TandemError when the file cannot be read */
export function readManifestFile({ name, file, problem }: ManifestFile): Content {
  if (problem !== undefined) return { message: `${problem}: put it right, or leave it out` };
  try {
    return fs.statSync(file).size > MOST_BYTES ? TOO_LARGE : contentOf(fs.readFileSync(file));
  } catch (error) {
    throw new TandemError(`cannot read ${name}: ${(error as Error).message}`, {}, { cause: error });
  }
}

/** Reads bytes as UTF-8, a byte order mark kept. */
export function contentOf(bytes: Buffer): Content {
  if (bytes.length > MOST_BYTES) return TOO_LARGE;
  return isUtf8(bytes) && !bytes.includes(0) ? { text: bytes.toString("utf8") } : NO_TEXT;
}

const TOO_LARGE = { message: `larger than ${MOST_BYTES / 1024 / 1024} MiB: split it into smaller files` };
const NO_TEXT = { message: "no UTF-8 text: save it as UTF-8, or leave it out if it is no manifest" };
