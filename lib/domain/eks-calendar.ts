import table from "../data/eks-versions.json";
import { daysBetween, isCalendarDate } from "./calendar-date";
import type { DataHorizon } from "./data-horizon";
import { KubernetesVersion } from "./kubernetes-version";
import { TandemError } from "./tandem-error";

/** When EKS offers and supports a Kubernetes minor version. Days are `YYYY-MM-DD`. */
export interface EksRelease {
  /** Minor version such as `1.33`. */
  readonly version: string;
  /** The day the Kubernetes project released it. */
  readonly upstreamRelease: string;
  /** The day EKS first offered it. */
  readonly eksRelease: string;
  /** The day on which extended support begins; the day before is the last of standard support. */
  readonly endOfStandardSupport: string;
  /** The day from which EKS may upgrade a cluster by itself; absent where EKS never gave extended support. */
  readonly endOfExtendedSupport?: string;
  /** True where the two ends were computed from the length of support, and not read from AWS's calendar. */
  readonly derived?: boolean;
  /** Names in the table's own list of sources. */
  readonly sources: readonly string[];
  readonly note?: string;
}

/** How EKS supports a Kubernetes minor version on a day. */
export interface EksSupport {
  /**
   * `not-offered`: EKS offers it from a later day. `standard`, `extended`: in that phase. `ended`: EKS upgrades what still runs it.
   * `unknown`: the calendar does not hold the version.
   */
  readonly status: "not-offered" | "standard" | "extended" | "ended" | "unknown";
  /** Absent when `unknown`. */
  readonly release?: EksRelease;
  /** The first day after the present phase; present for `standard` and `extended`. */
  readonly endsOn?: string;
  /** Days until `endsOn`, at least 1. */
  readonly daysLeft?: number;
  /** True where `endsOn` was computed, and not read from AWS's calendar. */
  readonly derived?: boolean;
}

/** What EKS charges for a control plane. */
export interface EksPrices {
  /** In `currency`, for one hour of one control plane in standard support. */
  readonly standardPerHour: number;
  /** The same in extended support. */
  readonly extendedPerHour: number;
  readonly currency: string;
  /** Whether it was read from AWS's own price list. */
  readonly verified: boolean;
  /** The day on which the prices were believed true. */
  readonly asOf: string;
  readonly source: string;
}

const releases: readonly EksRelease[] = table.rows;
let releaseByVersion: ReadonlyMap<string, EksRelease> | undefined;

/** The calendar's entry for a minor version such as `1.33`; undefined when it has none. */
export function eksRelease(version: string): EksRelease | undefined {
  releaseByVersion ??= new Map(releases.map((release) => [release.version, release]));
  return releaseByVersion.get(version);
}

/** Every release of the calendar, oldest first. */
export function eksReleases(): readonly EksRelease[] {
  return releases;
}

/**
 * How EKS supports `version` on the day `asOf`. The end of a phase belongs to the next phase: AWS charges for extended support from
 * the beginning of the day on which standard support ends.
 * @throws TandemError when `version` is not a minor version such as "1.33", or `asOf` is not a day such as "2026-11-23".
 */
export function eksSupport(version: string, asOf: string): EksSupport {
  const release = eksRelease(KubernetesVersion.parse(version).toString());
  if (!isCalendarDate(asOf)) throw new TandemError(`expected a day such as "2026-11-23", got ${JSON.stringify(asOf)}`);
  if (!release) return { status: "unknown" };
  if (asOf < release.eksRelease) return { status: "not-offered", release };
  if (asOf < release.endOfStandardSupport) return phase("standard", release, release.endOfStandardSupport, asOf);
  const { endOfExtendedSupport } = release;
  if (endOfExtendedSupport === undefined || asOf >= endOfExtendedSupport) return { status: "ended", release };
  return phase("extended", release, endOfExtendedSupport, asOf);
}

/** What a control plane costs. The prices are not verified: say so where they are shown. */
export function eksPrices(): EksPrices {
  return table.prices;
}

/** When the calendar was read, and the versions that it holds. */
export function eksVersionsHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

function phase(status: "standard" | "extended", release: EksRelease, endsOn: string, asOf: string): EksSupport {
  return { status, release, endsOn, daysLeft: daysBetween(asOf, endsOn), derived: release.derived === true };
}
