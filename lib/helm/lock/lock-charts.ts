import * as fs from "node:fs";
import * as path from "node:path";
import type { ChartId, Lock, LockRow, VersionRow } from "../../domain/lock";
import type { Model, RemoteChart } from "../../domain/model";
import { TandemError } from "../../domain/tandem-error";
import { writeWhole } from "../../files/write-whole";
import { digestOf } from "../chart/chart-archive";
import type { IndexRow } from "../fetch/chart-index";
import { ChartFetcher, labelOf } from "../fetch/fetch-chart";
import type { HelmAccess } from "../program/helm-command";
import { archivedRow, localRow, lockRow, versionRows } from "./chart-rows";
import { type ChartInUse, chartsInUse, keyOf, listed } from "./charts-in-use";
import { archiveOf, CHARTS_FOLDER, LOCK_FILE, readLock, sortedLock, writeLock } from "./lock-file";

export interface LockOptions {
  /** Absolute path of the folder that holds cdktf.json. */
  readonly project: string;
  readonly access: HelmAccess;
  /** Told of each chart when it is begun and when it is done. */
  readonly progress?: (progress: Progress) => void;
}

export interface Progress {
  /** `chart web 1.2.0 of https://charts.example.com`. */
  readonly chart: string;
  /** `found`: what was locked is there already. */
  readonly state: "begun" | "fetched" | "found";
  /** How many are done. */
  readonly done: number;
  readonly total: number;
}

export interface LockOutcome {
  /** Undefined where the project had none. */
  readonly before?: Lock;
  readonly after: Lock;
  /** What could not be learnt, one sentence each. */
  readonly notes: readonly string[];
}

/** Of fetches at once: enough to hide the network's slowness, few enough for any repository. */
const AT_ONCE = 4;

/** An archive of ours, or what an interrupted write has left of one; any other file in the folder is the user's. */
const OURS = /\.[0-9a-f]{12}\.tgz(\.[0-9a-f]{12})?$/;

/** A chart that has been looked at: its row, and its archive where it has to be written. */
interface LockedOne {
  readonly row: LockRow;
  readonly archive?: Buffer;
  readonly versions?: { readonly id: ChartId; readonly rows: readonly IndexRow[] };
  readonly note?: string;
}

/**
 * Locks the charts of a model: fetches what is not there, verifies what is, and writes the lock file. All or nothing: the archives
 * first, then the lock, and only then goes what the new lock does not name, so that whenever it is interrupted the lock that stands
 * has its archives.
 * @throws TandemError naming every chart that could not be locked, with its releases; nothing is written then
 */
export async function lockCharts(model: Model, { project, access, progress }: LockOptions): Promise<LockOutcome> {
  const used = chartsInUse(model);
  const before = readLock(project);
  const fetcher = new ChartFetcher(access);
  try {
    const work = new Locking(project, before, fetcher);
    const locked = await work.all(used, access, progress ?? (() => {}));
    const after = lockFrom(locked);
    write(project, locked, after);
    const notes = [...new Set(locked.flatMap(({ note }) => note ?? []))];
    return { ...(before && { before }), after, notes };
  } finally {
    fetcher.close();
  }
}

class Locking {
  constructor(
    private readonly project: string,
    private readonly before: Lock | undefined,
    private readonly fetcher: ChartFetcher,
  ) {}

  /** @throws TandemError telling all that went wrong */
  async all(
    used: readonly ChartInUse[],
    { signal }: HelmAccess,
    progress: (progress: Progress) => void,
  ): Promise<LockedOne[]> {
    const locked: LockedOne[] = [];
    const failures = new Map<string, string[]>();
    await eachOf(used, AT_ONCE, async (one) => {
      if (signal?.aborted) return;
      const tell = (state: Progress["state"]) =>
        progress({ chart: labelOf(one.chart), state, done: locked.length, total: used.length });
      try {
        tell("begun");
        const each = await this.one(one);
        locked.push(each);
        tell(each.archive ? "fetched" : "found");
      } catch (error) {
        if (!(error instanceof TandemError)) throw error;
        failures.set(error.message, [...(failures.get(error.message) ?? []), ...one.releases]);
      }
    });
    if (signal?.aborted) throw new TandemError(`interrupted; ${LOCK_FILE} and the archives are as they were`);
    if (failures.size > 0) throw failed(failures, used.length - locked.length, used.length);
    return locked;
  }

  private async one({ chart, id }: ChartInUse): Promise<LockedOne> {
    if (chart.source === "local") return { row: localRow(id, chart, this.project) };
    const { rows, note } = await this.fetcher.versions(chart);
    const versions = { versions: { id, rows }, ...(note !== undefined && { note }) };
    const former = this.before?.charts.find((row) => keyOf(row) === keyOf({ ...id, version: chart.version }));
    const stored = former && this.stored(former);
    if (former && stored) {
      refuseOther(chart, former.digest, await this.fetcher.digestUpstream(chart));
      return { row: archivedRow(id, stored, labelOf(chart)), ...versions };
    }
    const { archive, digest, metadata } = await this.fetcher.fetch(chart);
    refuseOther(chart, former?.digest, digest);
    return { row: lockRow(id, metadata, digest), archive, ...versions };
  }

  /** The archive of a row, where it is there and the one that was locked. */
  private stored(row: LockRow): Buffer | undefined {
    const file = path.join(this.project, archiveOf(row));
    return storedArchive(file, row.digest);
  }
}

function storedArchive(file: string, digest: string): Buffer | undefined {
  if (!fs.existsSync(file)) return undefined;
  const archive = fs.readFileSync(file);
  return digestOf(archive) === digest ? archive : undefined;
}

function refuseOther(chart: RemoteChart, locked: string | undefined, upstream: string | undefined): void {
  if (locked === undefined || upstream === undefined || locked === upstream) return;
  throw new TandemError(
    `${labelOf(chart)} is not the chart that was locked: its source now serves another archive under this version, ${upstream} instead of ${locked}; ask its maintainers why, and to accept the new one delete its row from ${LOCK_FILE} and lock again`,
  );
}

function lockFrom(locked: readonly LockedOne[]): Lock {
  const rows = locked.map(({ row }) => row);
  const versions = new Map<string, VersionRow[]>();
  for (const { versions: listing } of locked) {
    if (!listing) continue;
    const { id } = listing;
    const own = rows.filter(({ source, name }) => source === id.source && name === id.name);
    versions.set(keyOf({ ...id, version: "" }), versionRows(id, listing.rows, own));
  }
  return sortedLock({ schemaVersion: 1, charts: rows, versions: [...versions.values()].flat() });
}

function write(project: string, locked: readonly LockedOne[], lock: Lock): void {
  for (const { row, archive } of locked) if (archive) writeWhole(path.join(project, archiveOf(row)), archive);
  writeLock(project, lock);
  const folder = path.join(project, CHARTS_FOLDER);
  if (!fs.existsSync(folder)) return;
  const named = new Set(lock.charts.map((row) => path.basename(archiveOf(row))));
  for (const file of fs.readdirSync(folder)) {
    if (OURS.test(file) && !named.has(file)) fs.rmSync(path.join(folder, file), { force: true });
  }
}

function failed(failures: ReadonlyMap<string, readonly string[]>, count: number, total: number): TandemError {
  const told = [...failures].map(([message, releases]) => `${message}\n${listed(releases)}`).sort();
  return new TandemError(
    `${count} of ${total} charts could not be locked, and nothing was written:\n\n${told.join("\n\n")}`,
  );
}

/** Does something for each, a few at once. What throws ends it. */
async function eachOf<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
