import type { OutdatedChart } from "./chart-bump";
import type { ChartRetirement } from "./known-chart";
import type { ChartId, ChartVersion } from "./lock";
import type { ClusterName } from "./placed-release";

/** The chart of a release beside the newest there is, in the clusters of which all of it is true. */
export interface OutdatedRelease extends OutdatedChart {
  readonly release: string;
  readonly clusters: readonly ClusterName[];
  readonly chart: ChartId;
  readonly current: ChartVersion;
  /** How many versions of the chart the lock lists. */
  readonly listed: number;
  /** Where the values give the application's images a tag: the version that runs, whatever the chart ships. */
  readonly tagged?: string;
  readonly retired?: ChartRetirement;
}
