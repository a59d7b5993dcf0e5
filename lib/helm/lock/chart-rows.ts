import * as path from "node:path";
import type { ChartId, LockRow, VersionRow } from "../../domain/lock";
import type { Chart } from "../../domain/model";
import { digestOf, readChartArchive } from "../chart/chart-archive";
import { digestOfFiles, readChartFolder } from "../chart/chart-folder";
import { type ChartMetadata, chartMetadata } from "../chart/chart-metadata";
import type { IndexRow } from "../fetch/chart-index";
import { labelOf } from "../fetch/fetch-chart";

/** The row of a chart, by what its archive says. */
export function lockRow(
  { source, name }: ChartId,
  { version, appVersion, kubeVersion, deprecated }: ChartMetadata,
  digest: string,
): LockRow {
  return {
    source,
    name,
    version,
    ...(appVersion !== undefined && { appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(deprecated && { deprecated }),
    digest,
  };
}

/**
 * The row of a chart in a folder of the project.
 * @throws TandemError when there is no chart that can be read
 */
export function localRow(id: ChartId, chart: Extract<Chart, { source: "local" }>, project: string): LockRow {
  const files = readChartFolder(path.resolve(project, chart.folder));
  return lockRow(id, chartMetadata(files, labelOf(chart)), digestOfFiles(files));
}

/**
 * The row of a chart whose archive lies in the project.
 * @throws TandemError when it is no honest archive
 */
export function archivedRow(id: ChartId, archive: Buffer, label: string): LockRow {
  return lockRow(id, chartMetadata(readChartArchive(archive, label), label), digestOf(archive));
}

/** The rows of a chart's versions: what the index tells, and of a version in use what its archive tells where the index does not. */
export function versionRows(
  { source, name }: ChartId,
  rows: readonly IndexRow[],
  locked: readonly LockRow[],
): VersionRow[] {
  const known = new Map<string, VersionRow>();
  for (const { version, appVersion, kubeVersion, deprecated } of locked) {
    known.set(version, {
      source,
      name,
      version,
      ...(appVersion !== undefined && { appVersion }),
      ...(kubeVersion !== undefined && { kubeVersion }),
      ...(deprecated && { deprecated }),
    });
  }
  for (const { digest: _, ...row } of rows) known.set(row.version, { source, name, ...known.get(row.version), ...row });
  return [...known.values()];
}
