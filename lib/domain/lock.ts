import type { RemoteChart } from "./release";

/** The lock file: which charts a project uses, exactly, and which others there were to choose from. */
export interface Lock {
  /** Raised when a reader of the old form would misread the new one. */
  readonly schemaVersion: 1;
  /** One for each chart and version in use, both environments together. Sorted by source, name, version. */
  readonly charts: readonly LockRow[];
  /** Every version that the charts' indexes had when they were locked. Sorted likewise, the newest version first. */
  readonly versions: readonly VersionRow[];
}

/** A chart, by where it comes from and its name. */
export interface ChartId {
  /** The repository's URL, the OCI reference (`oci://…`), or a local chart's folder (`./charts/web`). */
  readonly source: string;
  readonly name: string;
}

/** A version of a chart, as its Chart.yaml or its index says. */
export interface ChartVersion {
  readonly version: string;
  readonly appVersion?: string;
  /** A SemVer constraint. */
  readonly kubeVersion?: string;
  readonly deprecated?: boolean;
}

/** A chart in use. */
export interface LockRow extends ChartId, ChartVersion {
  /** `sha256:…` of the archive; of a local chart, of its files. */
  readonly digest: string;
}

/** A version that a chart's index lists. */
export interface VersionRow extends ChartId, ChartVersion {
  /** When it was published: an RFC 3339 time. */
  readonly created?: string;
}

/** Where a chart that is downloaded comes from and its name, as the lock file writes them. */
export function remoteChartId(chart: RemoteChart): ChartId {
  return { source: chart.source === "repository" ? chart.url : chart.reference, name: chart.name };
}
