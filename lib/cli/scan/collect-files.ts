import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Collected } from "../../scan/collected";
import { Collector, collectedProblem } from "../../scan/collector";
import { Scanner, type ScanTargets } from "../../scan/scanner";
import { filePieces } from "./file-pieces";
import { type FoundFile, reasonOf } from "./found-files";

/** Bytes from which a further thread gains more than its start costs. */
const WORTH_A_THREAD = 32 * 1024 * 1024;
/** More threads than this would hold more memory than they save time. */
const MOST_THREADS = 4;

/** What a thread runs. It is there once the package is built. */
const THREAD = path.join(__dirname, "scan-thread.js");

/** What a thread is given. */
export interface ThreadWork {
  readonly files: readonly FoundFile[];
  readonly targets: ScanTargets;
}

/** Collects files of manifests, on several threads where they are large. Answers in the order of the files. */
export async function collectFiles(files: readonly FoundFile[], targets: ScanTargets): Promise<Collected[]> {
  const [own = [], ...others] = shares(files, threadsFor(files));
  const working = others.map((share) => onThread({ files: share, targets }));
  const collected = new Map<FoundFile, Collected>();
  const take = (share: readonly FoundFile[], results: readonly Collected[]) => {
    for (const [index, file] of share.entries()) collected.set(file, results[index] as Collected);
  };
  // The threads are at work by now.
  take(own, collectHere({ files: own, targets }));
  for (const [index, results] of (await Promise.all(working)).entries()) take(others[index] ?? [], results);
  return files.map((file) => collected.get(file) as Collected);
}

/** Collects files on the thread that this runs on. */
export function collectHere({ files, targets }: ThreadWork): Collected[] {
  const collector = new Collector(new Scanner(targets).isClean);
  return files.map((file) => collectFile(file, collector));
}

function collectFile({ name, place, isGuess }: FoundFile, collector: Collector): Collected {
  try {
    return collector.collectNow({ name, isGuess, open: () => filePieces(place) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    const message = `${reasonOf(error)}; put it right, or leave it out with --exclude`;
    return collectedProblem({ message, location: { file: name, line: 1, column: 1 } });
  }
}

function threadsFor(files: readonly FoundFile[]): number {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const worthwhile = Math.floor(size / WORTH_A_THREAD);
  if (worthwhile < 2 || !fs.existsSync(THREAD)) return 1;
  return Math.max(1, Math.min(worthwhile, files.length, os.availableParallelism(), MOST_THREADS));
}

/** Divides files so that no share has much more to read than another: the largest first, each to the share with the least. */
function shares(files: readonly FoundFile[], count: number): FoundFile[][] {
  if (count === 1) return [[...files]];
  const all = Array.from({ length: count }, () => ({ size: 0, files: [] as FoundFile[] }));
  for (const file of [...files].sort((a, b) => b.size - a.size)) {
    const least = all.reduce((best, share) => (share.size < best.size ? share : best));
    least.files.push(file);
    least.size += file.size;
  }
  return all.map((share) => share.files);
}

function onThread(work: ThreadWork): Promise<Collected[]> {
  const { Worker } = require("node:worker_threads") as typeof import("node:worker_threads");
  const worker = new Worker(THREAD, { workerData: work });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve).once("error", reject);
    worker.once("exit", (code) => reject(new Error(`a thread of the scan ended with ${code} and said nothing`)));
  });
}
