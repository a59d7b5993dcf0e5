import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** The project's root folder. */
export const ROOT = path.resolve(__dirname, "../..");

/** One line of output: what was measured, and whether it keeps its bound. */
export interface Measurement {
  readonly bench: string;
  /** The figure that the bound speaks of: a ratio of two times or sizes that the same run measured. */
  readonly ratio: number;
  readonly bound: number;
  /** What the ratio was made of; milliseconds and mebibytes. */
  readonly details: Readonly<Record<string, number>>;
}

/** The middle of the sorted values; robust against the odd slow run. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that `run` takes. */
export function timed(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Milliseconds that a process of this Node takes from start to end. @throws Error when it fails */
export function timedProcess(args: readonly string[], options: SpawnSyncOptions = {}): number {
  return timed(() => {
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      stdio: ["ignore", "ignore", "pipe"],
      ...options,
    });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${String(stderr)}`);
  });
}

/** Runs `use` with an empty folder that is gone afterwards. */
export function inTemporaryFolder<T>(use: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-bench-"));
  try {
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Two figures are enough for a ratio that is compared with a bound of two. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
