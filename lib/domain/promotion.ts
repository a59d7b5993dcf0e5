import { dayOf, daysBetween } from "./calendar-date";
import { type ClusterHistory, type Held, pinOf } from "./history";
import type { Model, Pair } from "./model";
import { type PinnedPart, pinnedParts } from "./pinned-parts";
import { historyOf, recordedPart } from "./recorded-cluster";
import { type PairedClusters, pairedClusters } from "./twins";

/** A part of a production cluster that is to become another than it is, and what has proven it. */
export interface Promoted extends PinnedPart {
  /** What is recorded of it in production; absent where nothing is. */
  readonly recorded?: string;
  /** The longest time that it ran, in staging or earlier in production; absent where it never did. */
  readonly proof?: Proof;
}

/** How long something ran. */
export interface Proof {
  readonly cluster: string;
  readonly from: string;
  /** Absent while it runs. */
  readonly until?: string;
  readonly days: number;
}

/** What is about to change in the production cluster of a pair. */
export interface PairPromotion {
  readonly pair: PairedClusters;
  /** Absent where nothing is recorded of it. */
  readonly staging?: ClusterHistory;
  readonly production?: ClusterHistory;
  readonly parts: readonly Promoted[];
}

const SOAK_DAYS = 7;

/** Days that staging has to run something before production may. */
export function soakDaysOf({ promotion }: Pair): number {
  return promotion?.soakDays ?? SOAK_DAYS;
}

/**
 * What is about to change in each production cluster, compared with what is recorded. Pairs of which nothing is recorded are left out: they
 * are new.
 */
export function promotions(model: Model): PairPromotion[] {
  return pairedClusters(model).flatMap((pair) => {
    const staging = historyOf(pair.staging, model);
    const production = historyOf(pair.production, model);
    if (!staging && !production) return [];
    const parts = pinnedParts(pair.production).flatMap((part): Promoted[] => {
      const recorded = production && pinOf(production.state, part.part);
      if (recorded === part.pin) return [];
      const proof = longestProof(part, [staging, production], model.asOf);
      return [{ ...part, ...(recorded !== undefined && { recorded }), ...(proof && { proof }) }];
    });
    return [{ pair, parts, ...(staging && { staging }), ...(production && { production }) }];
  });
}

/** The longest time that one of these clusters ran a part as it is pinned; of two that are as long, the later one. */
export function longestProof(
  { part, pin }: Pick<PinnedPart, "part" | "pin">,
  histories: readonly (ClusterHistory | undefined)[],
  asOf: string,
): Proof | undefined {
  const proofs = histories.flatMap((history) => {
    const held = history && recordedPart(history.held, part);
    return (held ?? []).filter((each) => each.pin === pin).map((each) => proofOf(each, history?.cluster ?? "", asOf));
  });
  return proofs.reduce<Proof | undefined>((best, each) => (best && best.days > each.days ? best : each), undefined);
}

function proofOf({ from, until }: Held, cluster: string, asOf: string): Proof {
  const days = daysBetween(dayOf(from), until === undefined ? asOf : dayOf(until));
  return { cluster, from, ...(until !== undefined && { until }), days: Math.max(0, days) };
}
