import * as fs from "node:fs";
import * as path from "node:path";
import type { Lock, LockRow } from "../../domain/lock";
import type { Chart, ChartLock } from "../../domain/model";
import { TandemError } from "../../domain/tandem-error";
import { type StoredChart, storedArchive, storedFolder } from "../chart/stored-chart";
import { archiveOf, chartId } from "./lock-file";

/** A chart as it lies in the project. */
export interface LockedArchive {
  readonly lock: ChartLock;
  /** The chart itself; absent where there is none, or another than was locked. */
  readonly chart?: StoredChart;
}

/**
 * Looks a release's chart up in the lock file and in the project's folder.
 * @throws TandemError when an archive or a local chart's folder cannot be read
 */
export function lockedArchive(chart: Chart, lock: Lock | undefined, project: string): LockedArchive {
  return chart.source === "local" ? localChart(chart, lock, project) : downloadedChart(chart, lock, project);
}

function downloadedChart(
  chart: Exclude<Chart, { source: "local" }>,
  lock: Lock | undefined,
  project: string,
): LockedArchive {
  if (!lock) return { lock: { state: "no-lock-file" } };
  const rows = rowsOf(chart, lock);
  const row = rows.find(({ version }) => version === chart.version);
  if (!row) return { lock: { state: "not-locked", others: rows.map(({ version }) => version) } };
  const archive = archiveOf(row);
  const file = path.join(project, archive);
  const locked = { digest: row.digest, archive };
  if (!fs.existsSync(file)) return { lock: { state: "no-archive", ...locked } };
  const subject = `chart ${chart.name} ${chart.version}`;
  const stored = storedArchive(bytesOf(file, `the archive of ${subject}, ${archive},`), file, subject);
  if (stored.digest !== row.digest) return { lock: { state: "digest-mismatch", ...locked, found: stored.digest } };
  return { lock: { state: "locked", ...locked }, chart: stored };
}

function bytesOf(file: string, what: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new TandemError(`${what} cannot be read: ${(error as Error).message}`, {}, { cause: error });
  }
}

function localChart(
  chart: Extract<Chart, { source: "local" }>,
  lock: Lock | undefined,
  project: string,
): LockedArchive {
  const stored = storedFolder(
    path.resolve(project, chart.folder),
    chart.folder,
    `chart ${chart.name} in ${chart.folder}`,
  );
  if (!lock) return { lock: { state: "unlocked-folder" }, chart: stored };
  const [row] = rowsOf(chart, lock);
  if (!row) return { lock: { state: "not-locked", others: [] } };
  const locked = { digest: row.digest, archive: chart.folder };
  if (row.digest !== stored.digest) return { lock: { state: "digest-mismatch", ...locked, found: stored.digest } };
  return { lock: { state: "locked", ...locked }, chart: stored };
}

function rowsOf(chart: Chart, lock: Lock): LockRow[] {
  const { source, name } = chartId(chart);
  return lock.charts.filter((row) => row.source === source && row.name === name);
}
