import * as fs from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TandemError } from "../domain/tandem-error";

const PATIENCE_MS = 10_000;
const PAUSE_MS = 20;

/**
 * Does `work` while no other process does what is guarded by the same lock file. A lock that a process of this machine left behind when it
 * died is taken over.
 * @throws TandemError when another process holds the lock for longer than ten seconds
 */
export async function alone<T>(lock: string, work: () => T): Promise<T> {
  const owner = `${hostname()} ${process.pid}`;
  const deadline = Date.now() + PATIENCE_MS;
  while (!taken(lock, owner)) {
    if (leftBehind(lock)) continue;
    if (Date.now() > deadline) {
      const name = path.basename(lock);
      throw new TandemError(
        `${name} says that another process is writing (${read(lock) ?? "gone by now"}); wait for it, or delete ${name} if there is none`,
      );
    }
    await sleep(PAUSE_MS);
  }
  try {
    return work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function taken(lock: string, owner: string): boolean {
  try {
    fs.writeFileSync(lock, owner, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new TandemError(`cannot write ${lock}: ${(error as Error).message}`, {}, { cause: error });
  }
}

/** Takes away the lock of a process that is no more. Renamed first: of two that see it, one takes it. */
function leftBehind(lock: string): boolean {
  const owner = read(lock);
  const [host, pid] = owner?.split(" ") ?? [];
  if (owner === undefined || host !== hostname() || isAlive(Number(pid))) return false;
  const aside = `${lock}.${process.pid}`;
  try {
    fs.renameSync(lock, aside);
  } catch {
    return false;
  }
  const moved = read(aside);
  fs.rmSync(aside, { force: true });
  // Between the look and the move another process may have taken the lock: then it was its own, and it goes back.
  if (moved !== owner && moved !== undefined) taken(lock, moved);
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function read(lock: string): string | undefined {
  try {
    return fs.readFileSync(lock, "utf8");
  } catch {
    return undefined;
  }
}
