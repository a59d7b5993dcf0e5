import * as fs from "node:fs";
import * as path from "node:path";
import { isExactChartVersion } from "../../domain/chart-version";
import type { Chart, RemoteChart } from "../../domain/model";
import { TandemError } from "../../domain/tandem-error";
import { type StoredChart, storedArchive, storedFolder } from "../chart/stored-chart";
import { type ChartFetcher, labelOf } from "./fetch-chart";

/** A chart that a release is to get. */
export interface NewChart {
  /** As the release would state it. */
  readonly chart: Chart;
  readonly stored: StoredChart;
}

/** Where new charts come from and where their archives lie. */
export interface NewChartPlaces {
  readonly fetcher: ChartFetcher;
  /** A folder of nobody else's. */
  readonly folder: string;
  /** The folder that holds cdktf.json. */
  readonly project: string;
}

/**
 * Another version of a chart: fetched, and neither locked nor kept; of a local chart, the folder that `to` names.
 * @param to an exact version, or a folder relative to the project
 * @throws TandemError when there is none, or it cannot be fetched or read
 */
export async function newChart(chart: Chart, to: string, places: NewChartPlaces): Promise<NewChart> {
  return chart.source === "local" ? inFolder(chart, to, places) : fetched(chart, to, places);
}

async function fetched(chart: RemoteChart, to: string, { fetcher, folder }: NewChartPlaces): Promise<NewChart> {
  if (!isExactChartVersion(to))
    throw new TandemError(`${JSON.stringify(to)} is no exact version of ${labelOf(chart)}; write one such as "3.13.1"`);
  const wanted = { ...chart, version: to };
  const { archive, digest } = await fetcher.fetch(wanted);
  const place = path.join(folder, `${digest.replace("sha256:", "")}.tgz`);
  fs.writeFileSync(place, archive);
  return { chart: wanted, stored: storedArchive(archive, place, labelOf(wanted)) };
}

function inFolder(chart: Extract<Chart, { source: "local" }>, to: string, { project }: NewChartPlaces): NewChart {
  const place = path.resolve(project, to);
  if (!fs.existsSync(place))
    throw new TandemError(
      `${labelOf(chart)} is compared with another folder, and there is none at ${JSON.stringify(to)}`,
    );
  const wanted = { ...chart, folder: to };
  return { chart: wanted, stored: storedFolder(place, to, labelOf(wanted)) };
}
