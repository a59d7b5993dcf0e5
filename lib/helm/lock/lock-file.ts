import * as fs from "node:fs";
import * as path from "node:path";
import compareBuild from "semver/functions/compare-build";
import valid from "semver/functions/valid";
import type { ChartId, Lock, LockRow, VersionRow } from "../../domain/lock";
import type { Chart } from "../../domain/model";
import { TandemError } from "../../domain/tandem-error";
import { writeWhole } from "../../files/write-whole";
import { isRecord } from "../../manifests/is-record";

/** The lock file's name, in the folder that holds cdktf.json. */
export const LOCK_FILE = "tandem.lock.json";
/** Where the locked archives lie, in the same folder. */
export const CHARTS_FOLDER = ".tandem/charts";

const SCHEMA_VERSION = 1;
const CONFLICT = Symbol("conflict");

/**
 * The lock of a project; undefined where it has none.
 * @throws TandemError when the file cannot be read, is no lock, or comes from a newer eks-tandem
 */
export function readLock(project: string): Lock | undefined {
  const file = path.join(project, LOCK_FILE);
  if (!fs.existsSync(file)) return undefined;
  const lock = parsed(file);
  if (lock === CONFLICT) throw damaged("it holds the marks of a merge conflict");
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

/** Writes the lock whole or not at all. */
export function writeLock(project: string, lock: Lock): void {
  writeWhole(path.join(project, LOCK_FILE), serialised(lock));
}

/** One row a line, sorted, so that two branches merge and the same lock is the same text. */
export function serialised(lock: Lock): string {
  const list = (rows: readonly VersionRow[]) => rows.map((row) => `\n  ${rowText(row)}`).join(",");
  const { charts, versions } = sortedLock(lock);
  return `{\n "schemaVersion": ${SCHEMA_VERSION},\n "charts": [${list(charts)}\n ],\n "versions": [${list(versions)}\n ]\n}\n`;
}

/** The rows in the order in which the file has them: by source and name, the charts' versions rising, the index's falling. */
export function sortedLock({ charts, versions }: Lock): Lock {
  return {
    schemaVersion: SCHEMA_VERSION,
    charts: [...charts].sort((a, b) => byChart(a, b) || compareVersions(a, b)),
    versions: [...versions].sort((a, b) => byChart(a, b) || compareVersions(b, a)),
  };
}

/** A row as the file has it: rows that say the same are the same text. */
export function rowText(row: VersionRow): string {
  return JSON.stringify(row, ROW_KEYS);
}

/** What a row holds, in the order in which it is written. */
const ROW_KEYS = ["source", "name", "version", "digest", "created", "appVersion", "kubeVersion", "deprecated"];

function byChart(a: ChartId, b: ChartId): number {
  return compareTexts(a.source, b.source) || compareTexts(a.name, b.name);
}

/** What is no SemVer version is older than all that is. */
function compareVersions({ version: a }: VersionRow, { version: b }: VersionRow): number {
  if (valid(a) && valid(b)) return compareBuild(a, b) || compareTexts(a, b);
  return Number(valid(a) !== null) - Number(valid(b) !== null) || compareTexts(a, b);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
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
    const text = fs.readFileSync(file, "utf8");
    return /^<{7} /m.test(text) ? CONFLICT : JSON.parse(text);
  } catch (error) {
    throw damaged((error as Error).message, error);
  }
}

function rowsOf(rows: unknown, list: string, isLocked: boolean): VersionRow[] {
  if (!Array.isArray(rows)) throw damaged(`${list}: expected a list`);
  for (const [index, row] of rows.entries()) {
    const problem = problemOf(isRecord(row) ? row : {}, isLocked);
    if (problem) throw damaged(`${list}[${index}].${problem}`);
  }
  return rows as VersionRow[];
}

const TEXTS = ["source", "name", "version"];
const OPTIONAL_TEXTS = ["created", "appVersion", "kubeVersion"];

/** Name and version become part of a file's path. */
function problemOf(row: Record<string, unknown>, isLocked: boolean): string | undefined {
  const needed = isLocked ? [...TEXTS, "digest"] : TEXTS;
  const noText = (key: string) => typeof row[key] !== "string" && (needed.includes(key) || row[key] !== undefined);
  const wrong = [...needed, ...OPTIONAL_TEXTS].find(noText);
  if (wrong !== undefined) return `${wrong}: expected text`;
  if (/[/\\]/.test(String(row.name))) return `name: ${JSON.stringify(row.name)} is no name of a chart`;
  if (/[/\\]/.test(String(row.version))) return `version: ${JSON.stringify(row.version)} is no version`;
  if (isLocked && !/^sha256:[0-9a-f]{64}$/.test(String(row.digest)))
    return 'digest: expected "sha256:" and 64 hex digits';
  return ["boolean", "undefined"].includes(typeof row.deprecated) ? undefined : "deprecated: expected true or false";
}

function damaged(problem: string, cause?: unknown): TandemError {
  return new TandemError(
    `${LOCK_FILE} is no lock of eks-tandem: ${problem}; restore it from version control, or delete it and run tandem lock`,
    {},
    { cause },
  );
}
