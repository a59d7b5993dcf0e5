import { spawnSync } from "node:child_process";
import { TandemError } from "../../domain/tandem-error";
import { HISTORY_FILE } from "../../history/history-text";
import type { Io } from "../command";

/**
 * Who records: as Git knows the user, else as the machine does.
 * @throws TandemError when neither does
 */
export function authorOf(io: Io): string {
  const author = git(["config", "user.name"], io) || git(["config", "user.email"], io) || io.env.USER || io.env.LOGNAME;
  if (author) return author;
  throw new TandemError("tandem record: nobody knows who you are, neither Git nor the variable USER; write --by NAME");
}

/** The commit that is checked out; undefined outside of a Git repository, and in one without a commit. */
export function commitOf(io: Io): string | undefined {
  return git(["rev-parse", "--verify", "HEAD"], io) || undefined;
}

/** Whether files differ from the commit, so that it may not be what was deployed. The history itself always does. */
export function isDirty(io: Io): boolean {
  return git(["status", "--porcelain", "--", ".", `:(exclude)${HISTORY_FILE}`], io) !== "";
}

function git(args: readonly string[], { cwd, env }: Io): string {
  const { status, stdout } = spawnSync("git", args, {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout.trim() : "";
}
