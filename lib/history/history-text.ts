import type { HistoryEntry } from "../domain/history";
import { TandemError } from "../domain/tandem-error";
import { canonicalJson, sha256 } from "../manifests/canonical-hash";

/** The history's name, in the folder that holds cdktf.json. */
export const HISTORY_FILE = "tandem.history.json";

const SCHEMA_VERSION = 1;
const RESTORE = `restore it from version control (git log -p ${HISTORY_FILE})`;
const HEAD = JSON.stringify({ schemaVersion: SCHEMA_VERSION });
/** How each line of an entry begins, up to its id. */
const OPENING = ',{"id":"';

/** An entry without its id. */
export type Unsigned = Omit<HistoryEntry, "id">;

/** The entry with its id: the hash of all else that it says. */
export function signed(entry: Unsigned): HistoryEntry {
  return { id: sha256(canonicalJson(entry)), ...entry };
}

/**
 * A history as its file has it: a JSON array, one entry a line. Each line begins with the comma that sets it off from the one before, so
 * that a merge which keeps the lines of both sides gives a history again.
 */
export function historyText(entries: readonly HistoryEntry[]): string {
  return `[${HEAD}\n${entries.map((entry) => `${lineOf(entry)}\n`).join("")}]\n`;
}

function lineOf({ id, ...rest }: HistoryEntry): string {
  return `${OPENING}${id}",${canonicalJson(rest).slice(1)}`;
}

/**
 * The entries of a history, in the file's order; the same line twice is one entry.
 * @throws TandemError when the text is no history, is damaged, was edited, or comes from a newer eks-tandem
 */
export function parseHistory(text: string): HistoryEntry[] {
  const entries = parsed(text);
  const lines = text.split("\n");
  const known = new Map<string, HistoryEntry>();
  for (const [index, entry] of entries.entries()) {
    const number = index + 2;
    if (!isIntact(entry, lines[index + 1] ?? "")) {
      throw damaged(`line ${number} was edited: it does not match its id; lines are only ever added`);
    }
    known.set(entry.id, entry);
  }
  const unique = [...known.values()];
  for (const entry of unique) requireFollowed(entry, known);
  return unique;
}

/** Whether an entry is what its id says: its line where that is as we write it, else what it means. */
function isIntact(entry: HistoryEntry | null, line: string): boolean {
  if (typeof entry !== "object" || entry === null || typeof entry.id !== "string") return false;
  const opening = `${OPENING}${entry.id}",`;
  if (line.startsWith(opening) && sha256(`{${line.slice(opening.length)}`) === entry.id) return true;
  const { id, ...rest } = entry;
  return sha256(canonicalJson(rest)) === id;
}

function requireFollowed(entry: HistoryEntry, known: ReadonlyMap<string, HistoryEntry>): void {
  for (const id of entry.follows) {
    const earlier = known.get(id);
    if (!earlier) throw damaged(`${named(entry)} follows ${id}, which is not there: a line was taken out`);
    if (earlier.cluster !== entry.cluster || earlier.at > entry.at) {
      throw damaged(`${named(entry)} follows one of ${earlier.cluster} from ${earlier.at}`);
    }
  }
}

function named({ cluster, at }: HistoryEntry): string {
  return `the entry of ${cluster} from ${at}`;
}

function parsed(text: string): HistoryEntry[] {
  const list = json(text);
  if (!Array.isArray(list)) throw damaged("expected a list");
  const [head, ...entries] = list;
  const version = (head as { schemaVersion?: unknown } | null | undefined)?.schemaVersion;
  if (typeof version === "number" && version > SCHEMA_VERSION) {
    throw new TandemError(
      `${HISTORY_FILE} was written by a newer eks-tandem: its schemaVersion is ${version}, this one reads ${SCHEMA_VERSION}; update eks-tandem here`,
    );
  }
  if (version !== SCHEMA_VERSION) {
    throw damaged(`schemaVersion: expected ${SCHEMA_VERSION}, got ${JSON.stringify(version) ?? "nothing"}`);
  }
  return entries as HistoryEntry[];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^<{7} /m.test(text)) {
      throw new TandemError(
        `${HISTORY_FILE} holds the marks of a merge conflict; keep the lines of both sides and take out the marks: each line stands alone`,
      );
    }
    if (!text.trimEnd().endsWith("]")) throw damaged("its end is missing", error);
    throw damaged((error as Error).message, error);
  }
}

function damaged(problem: string, cause?: unknown): TandemError {
  return new TandemError(`${HISTORY_FILE} is damaged: ${problem}; ${RESTORE}`, {}, { cause });
}
