import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Collected } from "../../scan/collected";
import type { ScanTargets } from "../../scan/scanner";
import type { CollectedFile, SharedWork } from "./collect-here";
import type { FoundFile } from "./found-files";

/**
 * Bytes of which each thread must have so many to gain more than its start costs: every thread compiles what it runs anew, and on two cores
 * the compiler is then in the way of the other thread.
 */
const WORTH_A_THREAD = 64 * 1024 * 1024;
/** More threads than this would hold more memory than they save time. */
const MOST_THREADS = 4;

/** What a thread runs. It is there once the package is built. */
const THREAD = path.join(__dirname, "scan-thread.js");

/** Collects files of manifests, on several threads where they are large. Answers in the order of the files. */
export async function collectFiles(files: readonly FoundFile[], targets: ScanTargets): Promise<Collected[]> {
  const work = { files, targets, begun: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
  const others = Array.from({ length: threadsFor(files) - 1 }, () => onThread(work));
  // Loaded late: the other threads start meanwhile.
  const { collectHere } = require("./collect-here") as typeof import("./collect-here");
  const own = collectHere(work);
  const all = [own, ...(await Promise.all(others))].flat();
  return all.sort((a, b) => a.index - b.index).map(({ collected }) => collected);
}

function threadsFor(files: readonly FoundFile[]): number {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const worthwhile = Math.floor(size / WORTH_A_THREAD);
  if (worthwhile < 2 || !fs.existsSync(THREAD)) return 1;
  return Math.max(1, Math.min(worthwhile, files.length, os.availableParallelism(), MOST_THREADS));
}

function onThread(work: SharedWork): Promise<CollectedFile[]> {
  const { Worker } = require("node:worker_threads") as typeof import("node:worker_threads");
  const worker = new Worker(THREAD, { workerData: work });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve).once("error", reject);
    worker.once("exit", (code) => reject(new Error(`a thread of the scan ended with ${code} and said nothing`)));
  });
}
