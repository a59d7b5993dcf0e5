import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { type ChartMetadata, chartMetadata } from "../../lib/helm/chart/chart-metadata";

/** A chart in a checkout. */
export interface FoundChart {
  /** `owner+name`: the checkout that it lies in. */
  readonly repository: string;
  readonly folder: string;
  readonly metadata: ChartMetadata;
  /** Values files that the chart's maintainers test it with: `ci/*-values.yaml`. */
  readonly valuesFiles: readonly string[];
}

/** A chart that is left out, and why. */
export interface LeftOut {
  readonly folder: string;
  readonly why: string;
}

/** The charts in a folder of checkouts, without those that lie in another chart, sorted by folder. */
export function findCharts(checkouts: string): { readonly charts: FoundChart[]; readonly leftOut: LeftOut[] } {
  const charts: FoundChart[] = [];
  const leftOut: LeftOut[] = [];
  for (const repository of readdirSync(checkouts).sort()) {
    for (const folder of chartFolders(path.join(checkouts, repository))) {
      try {
        charts.push({ repository, folder, metadata: metadataIn(folder), valuesFiles: valuesFilesIn(folder) });
      } catch (error) {
        leftOut.push({ folder, why: (error as Error).message });
      }
    }
  }
  return { charts, leftOut };
}

function chartFolders(folder: string): string[] {
  if (existsSync(path.join(folder, "Chart.yaml"))) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => chartFolders(path.join(folder, name)));
}

function metadataIn(folder: string): ChartMetadata {
  const files = ["Chart.yaml", "requirements.yaml"]
    .filter((name) => existsSync(path.join(folder, name)))
    .map((name): [string, Buffer] => [name, readFileSync(path.join(folder, name))]);
  return chartMetadata(new Map(files), path.basename(folder));
}

function valuesFilesIn(folder: string): string[] {
  const ci = path.join(folder, "ci");
  if (!existsSync(ci)) return [];
  return readdirSync(ci)
    .filter((name) => /values\.ya?ml$/.test(name))
    .sort()
    .map((name) => path.join(ci, name));
}
