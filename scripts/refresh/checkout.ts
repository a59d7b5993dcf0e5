import { execFileSync } from "node:child_process";

const MAX_BUFFER = 1 << 30;

/** A git checkout, with or without a work tree, read at any commit without touching it. */
export class Checkout {
  constructor(readonly folder: string) {
    this.git("rev-parse", "--git-dir");
  }

  /** Names of tags, sorted by git. */
  tags(pattern: string): string[] {
    return lines(this.git("tag", "--list", pattern));
  }

  /** Names of branches, of remotes too where the clone has them nowhere else, as git understands them. */
  branches(pattern: string): string[] {
    return lines(
      this.git("for-each-ref", "--format=%(refname)", `refs/heads/${pattern}`, `refs/remotes/origin/${pattern}`),
    );
  }

  /** `2026-07-24 (10b39a39bcee)`: the day and short id of a commit. */
  describe(revision: string): string {
    return this.git("log", "-1", "--format=%cd (%h)", "--date=format:%Y-%m-%d", "--abbrev=12", revision).trim();
  }

  /**
   * The text of every file of a revision whose path `matches`.
   * @throws Error when the checkout lists such a file and does not hold it: half of an authority is none.
   */
  read(revision: string, matches: (path: string) => boolean): Map<string, string> {
    const paths = this.git("ls-tree", "-r", "-z", "--name-only", revision).split("\0").filter(matches);
    if (paths.length === 0) return new Map();
    const output = execFileSync("git", ["-C", this.folder, "cat-file", "--batch"], {
      input: paths.map((path) => `${revision}:${path}\n`).join(""),
      maxBuffer: MAX_BUFFER,
    });
    return texts(output, paths);
  }

  git(...args: string[]): string {
    return execFileSync("git", ["-C", this.folder, ...args], { encoding: "utf8", maxBuffer: MAX_BUFFER });
  }
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** Takes apart what `git cat-file --batch` prints: a line `<id> blob <bytes>`, the bytes, a newline, for each file. */
function texts(output: Buffer, paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  let offset = 0;
  for (const path of paths) {
    const end = output.indexOf("\n", offset);
    const header = output.toString("utf8", offset, end);
    const size = / blob (\d+)$/.exec(header)?.[1];
    if (size === undefined) throw new Error(`${path} is listed in the checkout but cannot be read from it: ${header}`);
    const start = end + 1;
    found.set(path, output.toString("utf8", start, start + Number(size)));
    offset = start + Number(size) + 1;
  }
  return found;
}
