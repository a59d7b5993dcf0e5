import type { Collected } from "../../scan/collected";
import { collectedProblem } from "../../scan/collected-problem";
import { Collector } from "../../scan/collector";
import { Scanner, type ScanTargets } from "../../scan/scanner";
import { filePieces } from "./file-pieces";
import { type FoundFile, reasonOf } from "./found-files";

/** Files that several threads collect. */
export interface SharedWork {
  readonly files: readonly FoundFile[];
  readonly targets: ScanTargets;
  /** One number that the threads share: how many of the files some thread has begun with. */
  readonly begun: Int32Array;
}

/** What a thread collected of a file. */
export interface CollectedFile {
  /** The file's place among all that were given. */
  readonly index: number;
  readonly collected: Collected;
}

/** Collects files on the thread that this runs on, the next largest that no thread has begun with, until there is none. */
export function collectHere({ files, targets, begun }: SharedWork): CollectedFile[] {
  const collector = new Collector(new Scanner(targets).isClean);
  const bySize = [...files.entries()].sort(([, a], [, b]) => b.size - a.size);
  const collected: CollectedFile[] = [];
  for (;;) {
    const next = bySize[Atomics.add(begun, 0, 1)];
    if (!next) return collected;
    collected.push({ index: next[0], collected: collectFile(next[1], collector) });
  }
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
