import * as fs from "node:fs";
import * as path from "node:path";
import type { ClusterState } from "../domain/cluster-state";
import { clusterHistories, type HistoryEntry, inOrder, lastEntries, statesOf } from "../domain/history";
import { patchBetween } from "../domain/merge-patch";
import type { Json, Model, UndescribedCluster } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { writeWhole } from "../files/write-whole";
import { HISTORY_FILE, historyText, parseHistory, signed, type Unsigned } from "./history-text";
import { alone } from "./write-lock";

/** What is recorded of a cluster. */
export interface Recorded
  extends Pick<HistoryEntry, "cluster" | "at" | "by" | "commit" | "modelHash" | "checkedAgainst"> {
  readonly state: ClusterState;
}

/**
 * The entries of a project's history; undefined where it has none.
 * @throws TandemError when the file cannot be read, is damaged, was edited, or comes from a newer eks-tandem
 */
export function readHistory(project: string): HistoryEntry[] | undefined {
  const file = path.join(project, HISTORY_FILE);
  const text = tryRead(file);
  return text === undefined ? undefined : parseHistory(text);
}

/** The model with what the project's history says of its clusters; as it is where the project has none. */
export function withHistory(model: Model, project: string): Model {
  const { history: _old, undescribed: _others, ...rest } = model;
  const entries = readHistory(project);
  if (!entries) return rest;
  const names = new Set(model.clusters.map(({ name }) => name));
  const undescribed = lastOfEach(entries.filter(({ cluster }) => !names.has(cluster)));
  return {
    ...rest,
    history: clusterHistories(entries.filter(({ cluster }) => names.has(cluster))),
    ...(undescribed.length > 0 && { undescribed }),
  };
}

function lastOfEach(entries: readonly HistoryEntry[]): UndescribedCluster[] {
  const last = new Map(inOrder(entries).map(({ cluster, at }) => [cluster, at]));
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([cluster, at]) => ({ cluster, at }));
}

/**
 * Adds an entry. What others add at the same time is kept; where the history of the cluster has diverged, the entry joins it.
 * @returns the new entry; undefined when the last one says the same already
 * @throws TandemError when the history cannot be read or written, or is newer than `recorded`
 */
export async function record(project: string, recorded: Recorded): Promise<HistoryEntry | undefined> {
  const file = path.join(project, HISTORY_FILE);
  return alone(`${file}.lock`, () => {
    const entries = readHistory(project) ?? [];
    const entry = nextEntry(entries, recorded);
    if (entry) writeWhole(file, historyText([...entries, entry]));
    return entry;
  });
}

function nextEntry(entries: readonly HistoryEntry[], { state, ...told }: Recorded): HistoryEntry | undefined {
  const own = inOrder(entries.filter(({ cluster }) => cluster === told.cluster));
  const last = lastEntries(own);
  const late = own.find(({ at }) => at >= told.at);
  if (late) {
    throw new TandemError(
      `${HISTORY_FILE} has an entry of ${told.cluster} from ${late.at}, and now is ${told.at}; set the clock of this machine right`,
    );
  }
  const before = last[0] && statesOf(own).get(last[0].id);
  const changes = patchBetween((before ?? {}) as { [key: string]: Json }, state as unknown as { [key: string]: Json });
  if (last.length === 1 && Object.keys(changes).length === 0) return undefined;
  const unsigned: Unsigned = { ...told, follows: last.map(({ id }) => id), changes };
  return signed(JSON.parse(JSON.stringify(unsigned)) as Unsigned);
}

function tryRead(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new TandemError(`cannot read ${HISTORY_FILE}: ${(error as Error).message}`, {}, { cause: error });
  }
}
