import { dayOf } from "../domain/calendar-date";
import type { ClusterHistory } from "../domain/history";

/** `recorded on 2026-11-20`, as it follows what runs. */
export function recordedOn({ latest }: ClusterHistory): string {
  return `recorded on ${dayOf(latest.at)}`;
}

/** What to do where more was deployed than is recorded, as a sentence. */
export function recordFirst({ cluster }: ClusterHistory): string {
  return `If ${cluster} runs something else by now, record that first: npx tandem record ${cluster} --state FILE.`;
}
