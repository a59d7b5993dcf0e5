import { statedChartVersion } from "../domain/chart-version";
import type { ReleaseChoice } from "../domain/release-choice";
import { jsonText } from "./json";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/** The choice of a chart for programs: `{ schemaVersion, choices }`, one of `choices` for each place that the chart comes from. */
export function chartChoiceJson(choices: readonly ReleaseChoice[]): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    choices: choices.map(({ release, chart, app, kubernetes, inUse, choice, coverage }) => ({
      release,
      chart: { source: chart.source === "oci" ? chart.reference : chart.url, name: chart.name },
      ...(app !== undefined && { app }),
      kubernetes,
      inUse,
      kind: choice.kind,
      ...(choice.chosen && { chosen: statedChartVersion(choice.chosen) }),
      ...(coverage && { coverage }),
      rejected: choice.rejected.map(({ version, because }) => ({ ...statedChartVersion(version), because })),
    })),
  });
}
