import type { ChartVersion } from "../domain/lock";

/** A version of a chart as JSON reports have it, without what else the lock says of it. */
export function statedChartVersion({ version, appVersion, kubeVersion, deprecated }: ChartVersion): ChartVersion {
  return {
    version,
    ...(appVersion !== undefined && { appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(deprecated && { deprecated }),
  };
}
