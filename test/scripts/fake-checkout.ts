import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git checkout made for one test, in a temporary folder that is removed after the test. */
export class FakeCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), "fake-checkout-"));

  constructor() {
    made.push(this.folder);
    this.git("init", "--quiet");
  }

  /** Writes files and commits them on a day, `YYYY-MM-DD`. */
  commit(day: string, files: Readonly<Record<string, string>>): this {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
    this.git("add", "--all");
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    this.git(...author, "commit", "--quiet", "--message", day, "--date", `${day}T12:00:00Z`);
    return this;
  }

  /** The short id of the newest commit. */
  get id(): string {
    return this.git("rev-parse", "--short=12", "HEAD").trim();
  }

  private git(...args: string[]): string {
    const day = args.at(-1) ?? "";
    const env = { ...process.env, GIT_COMMITTER_DATE: day, GIT_CONFIG_GLOBAL: "/dev/null" };
    return execFileSync("git", ["-C", this.folder, ...args], { encoding: "utf8", env });
  }
}

/** A table file in a temporary folder that is removed after the test. */
export function tableFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "table-"));
  made.push(folder);
  writeFileSync(join(folder, "table.json"), text);
  return join(folder, "table.json");
}

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
