import type { ChartDiff } from "../domain/chart-diff";
import { jsonText } from "./json";

/** Raised when a reader of the old form would misread the new one; until then keys are only added. */
const SCHEMA_VERSION = 1;

/** The preview of a chart upgrade for programs: `{ schemaVersion, diffs }`, one of `diffs` for each cluster, as `ChartDiff` has it. */
export function chartDiffJson(diffs: readonly ChartDiff[]): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    diffs: diffs.map((diff) => ({
      release: diff.release,
      namespace: diff.namespace,
      cluster: diff.cluster,
      ...(diff.environment && { environment: diff.environment }),
      kubernetes: diff.kubernetes,
      chart: diff.chart,
      from: diff.from,
      to: diff.to,
      problems: diff.problems,
      objects: diff.objects,
      values: diff.values,
    })),
  });
}
