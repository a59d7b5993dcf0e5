import * as fs from "node:fs";
import * as path from "node:path";
import type { ChartId, Lock, LockRow, VersionRow } from "../domain/lock";
import type { Chart } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { writeWhole } from "../files/write-whole";
import { isRecord } from "../manifests/plain-value";

/** The lock file's name, in the folder that holds cdktf.json. */
export const LOCK_FILE = "tandem.lock.json";
/** Where the locked archives lie, in the same folder. */
export const CHARTS_FOLDER = ".tandem/charts";

const SCHEMA_VERSION = 1;

/**
 * The lock of a project; undefined where it has none.
 * @throws TandemError when the file cannot be read, is no lock, or comes from a newer eks-tandem
 */
export function readLock(project: string): Lock | undefined {
  const file = path.join(project, LOCK_FILE);
  if (!fs.existsSync(file)) return undefined;
  const lock = parsed(file);
  if (!isRecord(lock)) throw damaged("expected an object");
  const { schemaVersion, charts, versions } = lock;
  if (typeof schemaVersion === "number" && schemaVersion > SCHEMA_VERSION) {
    throw new TandemError(
      `${LOCK_FILE} was written by a newer eks-tandem: its schemaVersion is ${schemaVersion}, this one reads ${SCHEMA_VERSION}; update eks-tandem here`,
    );
  }
  if (schemaVersion !== SCHEMA_VERSION)
    throw damaged(`schemaVersion: expected ${SCHEMA_VERSION}, got ${JSON.stringify(schemaVersion) ?? "nothing"}`);
  return {
    schemaVersion,
    charts: rowsOf(charts, "charts", true) as LockRow[],
    versions: rowsOf(versions, "versions", false),
  };
}

/** Writes the lock whole or not at all: one row a line, sorted, so that two branches merge. */
export function writeLock(project: string, lock: Lock): void {
  writeWhole(path.join(project, LOCK_FILE), serialised(lock));
}

export function serialised({ charts, versions }: Lock): string {
  const list = (rows: readonly object[]) => rows.map((row) => `\n  ${JSON.stringify(row)}`).join(",");
  return `{\n "schemaVersion": ${SCHEMA_VERSION},\n "charts": [${list(charts)}\n ],\n "versions": [${list(versions)}\n ]\n}\n`;
}

/** Where a chart comes from and its name, as the lock file writes them. */
export function chartId(chart: Chart): ChartId {
  const { name } = chart;
  if (chart.source === "repository") return { source: chart.url, name };
  return { source: chart.source === "oci" ? chart.reference : localSource(chart.folder), name };
}

/** Where a locked chart's archive lies, relative to the project. Two sources may have a chart of the same name and version. */
export function archiveOf({ name, version, digest }: LockRow): string {
  return path.posix.join(
    CHARTS_FOLDER,
    `${name}-${version.replace(/\+/g, "_")}.${digest.replace("sha256:", "").slice(0, 12)}.tgz`,
  );
}

function localSource(folder: string): string {
  const relative = path.posix.normalize(folder.split(path.sep).join("/")).replace(/\/$/, "");
  return /^(\/|\.\.?(\/|$))/.test(relative) ? relative : `./${relative}`;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw damaged((error as Error).message, error);
  }
}

function rowsOf(rows: unknown, list: string, isLocked: boolean): VersionRow[] {
  if (!Array.isArray(rows)) throw damaged(`${list}: expected a list`);
  const texts = ["source", "name", "version", ...(isLocked ? ["digest"] : [])];
  for (const [index, row] of rows.entries()) {
    for (const key of texts) {
      if (!isRecord(row) || typeof row[key] !== "string") throw damaged(`${list}[${index}].${key}: expected text`);
    }
    if (isLocked && !/^sha256:[0-9a-f]{64}$/.test(String(row.digest)))
      throw damaged(`${list}[${index}].digest: expected "sha256:" and 64 hex digits`);
  }
  return rows as VersionRow[];
}

function damaged(problem: string, cause?: unknown): TandemError {
  return new TandemError(
    `${LOCK_FILE} is no lock of eks-tandem: ${problem}; restore it from version control, or delete it and run tandem lock`,
    {},
    { cause },
  );
}
