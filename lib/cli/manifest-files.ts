import { isUtf8 } from "node:buffer";
import * as fs from "node:fs";
import * as path from "node:path";
import { TandemError } from "../domain/tandem-error";

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
}

/**
 * The files that are meant by paths: a file itself; of a folder, all YAML and JSON files at any depth, without `.git` and
 * `node_modules`, sorted. Each file once, through however many links and paths it is reached.
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
    const file = real(name, this.cwd);
    if (file === undefined) throw new TandemError(`${name}: no such file or folder; check the path`);
    if (fs.statSync(file).isDirectory()) this.search(file, name);
    else this.add({ name, file });
  }

  private search(folder: string, name: string): void {
    if (this.folders.has(folder)) return;
    this.folders.add(folder);
    for (const entry of entriesOf(folder, name)) {
      const inner = name === "." ? entry : path.posix.join(name, entry);
      const file = real(inner, this.cwd);
      if (file === undefined) continue; // A link into nowhere.
      if (fs.statSync(file).isDirectory()) this.search(file, inner);
      else if (EXTENSIONS.includes(path.extname(entry))) this.add({ name: inner, file });
    }
  }

  private add(found: ManifestFile): void {
    if (!this.found.has(found.file)) this.found.set(found.file, found);
  }
}

/** What a file of manifests holds: text, or the reason why it is none that could be written back. */
export type Content = { readonly text: string } | { readonly message: string };

/** @throws TandemError when the file cannot be read */
export function readManifestFile({ name, file }: ManifestFile): Content {
  try {
    return fs.statSync(file).size > MOST_BYTES ? TOO_LARGE : contentOf(fs.readFileSync(file));
  } catch (error) {
    throw new TandemError(`cannot read ${name}: ${(error as Error).message}`, {}, { cause: error });
  }
}

/** Reads bytes as UTF-8, a byte order mark kept. */
export function contentOf(bytes: Buffer): Content {
  if (bytes.length > MOST_BYTES) return TOO_LARGE;
  return isUtf8(bytes) ? { text: bytes.toString("utf8") } : NO_TEXT;
}

const TOO_LARGE = { message: `larger than ${MOST_BYTES / 1024 / 1024} MiB: split it into smaller files` };
const NO_TEXT = { message: "no UTF-8 text: save it as UTF-8, or leave it out if it is no manifest" };

function real(name: string, cwd: string): string | undefined {
  try {
    return fs.realpathSync(path.resolve(cwd, name));
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ELOOP"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw new TandemError(`cannot read ${name}: ${(error as Error).message}`, {}, { cause: error });
  }
}

function entriesOf(folder: string, name: string): string[] {
  try {
    return fs
      .readdirSync(folder)
      .filter((entry) => !IGNORED.includes(entry))
      .sort();
  } catch (error) {
    throw new TandemError(`cannot read ${name}: ${(error as Error).message}`, {}, { cause: error });
  }
}
