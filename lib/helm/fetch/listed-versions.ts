import type { Lock, VersionRow } from "../../domain/lock";
import type { Chart } from "../../domain/model";
import { chartId } from "../lock/lock-file";

/** The versions of a chart that the lock lists: those that its index had when it was locked. */
export function listedVersions(chart: Chart, lock: Lock | undefined): VersionRow[] {
  const { source, name } = chartId(chart);
  return (lock?.versions ?? []).filter((row) => row.source === source && row.name === name);
}
