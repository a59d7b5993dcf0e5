import { dayOf } from "./calendar-date";
import { type ClusterHistory, type Held, partsOf } from "./history";
import type { Model } from "./model";
import { historyOf, recordedPart } from "./recorded-cluster";
import type { PairedClusters } from "./twins";

/** Since when twins have not been alike, by the history. */
export interface DifferenceAge {
  /** The day, `YYYY-MM-DD`. */
  readonly since: string;
  /** True where they were not alike when both were first recorded, so that it may be older. */
  readonly isAtLeast: boolean;
}

/**
 * Since when twins have run something else of what a difference speaks of; of several parts, the one that began first. Undefined where the
 * history says nothing of it: of sizes and values it does not tell, and what is described may not be deployed yet.
 * @param path as in `Difference.path`
 */
export function differenceAge(
  path: string,
  { staging, production }: PairedClusters,
  model: Model,
): DifferenceAge | undefined {
  const histories = [historyOf(staging, model), historyOf(production, model)] as const;
  const [ours, theirs] = histories;
  if (!ours || !theirs) return undefined;
  const parts = new Set([...partsOf(ours.state), ...partsOf(theirs.state)].filter((part) => isOf(part, path)));
  const ages = [...parts].flatMap((part) => differsSince(part, ours, theirs) ?? []);
  return ages.reduce<DifferenceAge | undefined>(
    (first, age) => (first && first.since <= age.since ? first : age),
    undefined,
  );
}

/** Whether what stands at a path of the description decides what a part of the history runs. */
function isOf(part: string, path: string): boolean {
  if (part === "version") return path === "versions" || path === "versions.controlPlane";
  const isOfNodes = part.startsWith("nodeGroups.");
  if (isOfNodes && (path === "versions" || path === "versions.nodes")) return true;
  const whole = isOfNodes ? part.replace(/\.version$/, "") : part;
  if (path === whole) return true;
  return path.startsWith(`${whole}.`) && /^\.(?:version|chart)(?:\.|$)/.test(path.slice(whole.length));
}

function differsSince(part: string, ours: ClusterHistory, theirs: ClusterHistory): DifferenceAge | undefined {
  const spans = [recordedPart(ours.held, part) ?? [], recordedPart(theirs.held, part) ?? []] as const;
  const start = [firstRecorded(ours), firstRecorded(theirs)].sort().at(-1) ?? "";
  const moments = [start, ...spans.flat().flatMap(({ from, until }) => (until === undefined ? from : [from, until]))];
  const isSameAt = (moment: string) => pinAt(spans[0], moment) === pinAt(spans[1], moment);
  let since: string | undefined;
  for (const moment of [...new Set(moments)].sort().reverse()) {
    if (moment < start || isSameAt(moment)) break;
    since = moment;
  }
  return since === undefined ? undefined : { since: dayOf(since), isAtLeast: since === start };
}

function pinAt(spans: readonly Held[], moment: string): string | undefined {
  return spans.find(({ from, until }) => from <= moment && (until === undefined || moment < until))?.pin;
}

function firstRecorded({ held }: ClusterHistory): string {
  return (
    Object.values(held)
      .flatMap(([first]) => first?.from ?? [])
      .sort()[0] ?? ""
  );
}
