import { statedChartVersion } from "../domain/chart-version";
import type { OutdatedRelease } from "../domain/outdated-release";
import { jsonText } from "./json";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/** The charts in use beside the newest for programs: `{ schemaVersion, releases }`, one of `releases` for each answer. */
export function outdatedChartsJson(releases: readonly OutdatedRelease[]): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    releases: releases.map(({ release, clusters, chart, current, newest, bump, tagged, retired, outlook }) => ({
      release,
      clusters,
      chart,
      current: statedChartVersion(current),
      ...(newest && { newest: statedChartVersion(newest) }),
      bump,
      ...(tagged !== undefined && { tagged }),
      ...(retired && { retired }),
      outlook,
    })),
  });
}
