import { type ChartFiles, digestOf, readChartArchive, withSubcharts } from "./chart-archive";
import { digestOfFiles, readChartFolder } from "./chart-folder";

/** A chart as it lies on disk. */
export interface StoredChart {
  /** `sha256:…`; what every answer about the chart follows from. */
  readonly digest: string;
  /** What `helm template` is given: the archive or the folder. */
  readonly place: string;
  /** Its files, subcharts unpacked. @throws TandemError when the archive is refused */
  files(): ChartFiles;
}

/**
 * A chart's archive.
 * @param place where it lies
 * @param subject what chart it is, for messages
 */
export function storedArchive(archive: Buffer, place: string, subject: string): StoredChart {
  const files = () => withSubcharts(readChartArchive(archive, subject), subject);
  return { digest: digestOf(archive), place, files };
}

/**
 * A chart in a folder.
 * @param shown how messages name the folder
 * @throws TandemError when it cannot be read
 */
export function storedFolder(place: string, shown: string, subject: string): StoredChart {
  const own = readChartFolder(place, shown);
  return { digest: digestOfFiles(own), place, files: () => withSubcharts(own, subject) };
}
