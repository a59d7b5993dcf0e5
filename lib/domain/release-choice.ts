import type { ChartCoverage } from "./chart-coverage";
import type { ChartChoice } from "./choose-chart";
import type { Chart } from "./model";
import type { ClusterName } from "./placed-release";

/** The chart that a release should get, in the clusters that take it from one place. */
export interface ReleaseChoice {
  readonly release: string;
  readonly chart: Exclude<Chart, { readonly source: "local" }>;
  /** The app versions that can be tolerated, as the user wrote it; absent: any. */
  readonly app?: string;
  /** The Kubernetes version that it is to run on. */
  readonly kubernetes: string;
  /** The version of each cluster. */
  readonly inUse: readonly (ClusterName & { readonly version: string })[];
  readonly choice: ChartChoice;
  /** Whether the chosen chart covers the Kubernetes version; absent where none is chosen. */
  readonly coverage?: ChartCoverage;
}
