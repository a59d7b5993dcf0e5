import * as fs from "node:fs";
import * as path from "node:path";
import type { LockRow } from "../../domain/lock";
import type { Model } from "../../domain/model";
import { TandemError } from "../../domain/tandem-error";
import { digestOf } from "../chart/chart-archive";
import { labelOf } from "../fetch/fetch-chart";
import { archivedRow, localRow } from "./chart-rows";
import { type ChartInUse, chartsInUse, keyOf, listed } from "./charts-in-use";
import { archiveOf, LOCK_FILE, readLock, rowText } from "./lock-file";

/**
 * Why a project's lock is not the lock of its charts, one text each; empty when it is. Asks nobody outside.
 * @throws TandemError when the lock cannot be read, or charts cannot be locked as they are described
 */
export function staleLock(model: Model, project: string): string[] {
  const used = chartsInUse(model);
  const lock = readLock(project);
  if (!lock) return used.length === 0 ? [] : [`there is no ${LOCK_FILE}`];
  const rows = new Map(lock.charts.map((row) => [keyOf(isLocal(row) ? { ...row, version: "" } : row), row]));
  const problems = used.flatMap((one) => {
    const key = keyOf({ ...one.id, version: one.version });
    const row = rows.get(key);
    rows.delete(key);
    const problem = row ? problemOf(one, row, project) : "is not locked";
    return problem === undefined ? [] : [`${labelOf(one.chart)} ${problem}\n${listed(one.releases)}`];
  });
  const superfluous = [...rows.values()].map(
    ({ source, name, version }) => `chart ${name} ${version} of ${source} is locked and no release uses it`,
  );
  return [...problems, ...superfluous];
}

/** A local chart has one version, that of its folder. */
function isLocal({ source }: LockRow): boolean {
  return !/^(https?|oci):\/\//.test(source);
}

function problemOf({ chart, id }: ChartInUse, row: LockRow, project: string): string | undefined {
  try {
    if (chart.source === "local") return differs(row, localRow(id, chart, project), "its folder has changed since");
    const archive = archiveOf(row);
    const file = path.join(project, archive);
    if (!fs.existsSync(file)) return `is locked and its archive ${archive} is missing`;
    const bytes = fs.readFileSync(file);
    if (digestOf(bytes) !== row.digest) return `is locked and its archive ${archive} is another`;
    return differs(row, archivedRow(id, bytes, labelOf(chart)), `its archive ${archive} says otherwise`);
  } catch (error) {
    if (error instanceof TandemError) return `is locked and cannot be read: ${error.message}`;
    throw error;
  }
}

function differs(row: LockRow, now: LockRow, why: string): string | undefined {
  return rowText(row) === rowText(now) ? undefined : `is locked and ${why}`;
}
