import valid from "semver/functions/valid";
import type { ChartVersion } from "./lock";

/**
 * Whether a chart's version names one chart: a whole SemVer version, with or without a leading `v`. Helm takes anything else (`~> 1.0`,
 * `1.2`, `latest`, nothing) for a range and deploys the newest chart in it.
 */
export function isExactChartVersion(version: string): boolean {
  return /^v?\d/.test(version) && valid(version) !== null;
}

/** What a chart says of its version, without what else is known of it. */
export function statedChartVersion({ version, appVersion, kubeVersion, deprecated }: ChartVersion): ChartVersion {
  return {
    version,
    ...(appVersion !== undefined && { appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(deprecated && { deprecated }),
  };
}
