import * as fs from "node:fs";
import type { RenderingFailure } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { type ChartFiles, digestOf, readChartArchive, withSubcharts } from "../helm/chart/chart-archive";
import { type ChartTraits, chartTraits } from "../helm/chart/chart-contents";
import { digestOfFiles, readChartFolder } from "../helm/chart/chart-folder";
import { chartMetadata } from "../helm/chart/chart-metadata";
import type { StoredChart } from "../helm/chart/stored-chart";

/** Where a chart lies: a folder that holds Chart.yaml, or an archive. */
export interface ChartPlace {
  /** As messages call it: a path as the user gave it, with forward slashes. */
  readonly name: string;
  /** Absolute. */
  readonly place: string;
}

/** A chart that was found. */
export interface FoundChart extends ChartPlace {
  readonly isFolder: boolean;
  /** `chart web 1.2.3`; its place where that is not known. */
  readonly shown: string;
  /** The chart, or why it cannot be read. */
  readonly chart: ReadableChart | RenderingFailure;
}

export interface ReadableChart {
  readonly name: string;
  readonly stored: StoredChart;
  readonly traits: ChartTraits;
}

/** Reads the chart at a place. */
export function findChart({ name, place }: ChartPlace): FoundChart {
  const subject = `chart ${name}`;
  const isFolder = fs.statSync(place).isDirectory();
  try {
    const { files, digest } = isFolder ? inFolder(place) : inArchive(place, name);
    const all = withSubcharts(files, subject);
    const { name: own, version } = chartMetadata(all, subject);
    const stored = { digest, place, files: () => all };
    const chart = { name: own, stored, traits: chartTraits(all) };
    return { name, place, isFolder, shown: `chart ${own} ${version}`, chart };
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    const chart = { reason: error.message, remedy: "Correct it, or leave it out." };
    return { name, place, isFolder, shown: subject, chart };
  }
}

interface Contents {
  readonly files: ChartFiles;
  readonly digest: string;
}

function inFolder(place: string): Contents {
  const files = readChartFolder(place);
  return { files, digest: digestOfFiles(files) };
}

function inArchive(place: string, name: string): Contents {
  const bytes = readBytes(place, name);
  return { files: readChartArchive(bytes, name), digest: digestOf(bytes) };
}

function readBytes(place: string, name: string): Buffer {
  try {
    return fs.readFileSync(place);
  } catch (error) {
    throw new TandemError(`${name} cannot be read: ${(error as Error).message}`, {}, { cause: error });
  }
}
