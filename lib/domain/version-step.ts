import table from "../data/skew.json";
import type { KubernetesVersion } from "./kubernetes-version";
import type { Stated } from "./model";
import { knownVersion } from "./stated-version";
import { skewPolicy } from "./version-skew";

/** A change from one Kubernetes minor version to another. */
export interface VersionStep {
  readonly from: KubernetesVersion;
  readonly to: KubernetesVersion;
  /** Minor versions up; negative for down, never 0. */
  readonly minors: number;
}

/** A version, as far as its minor. */
export interface MinorVersion {
  readonly major: number;
  readonly minor: number;
}

/** How EKS takes a control plane back to an older version. */
export interface RollbackLimits {
  /** Minor versions that a rollback goes back. */
  readonly minors: number;
  /** Days after the upgrade in which it can be taken back. */
  readonly windowDays: number;
}

/** The step from one version to another; undefined where they are the same, or one is absent or not known. */
export function stepBetween(before: Stated | undefined, after: Stated | undefined): VersionStep | undefined {
  const [from, to] = [knownVersion(before), knownVersion(after)];
  return from && to && !from.equals(to) ? { from, to, minors: to.minorsAhead(from) } : undefined;
}

/** Whether a control plane cannot go a step in one update. */
export function skipsMinor({ minors }: VersionStep): boolean {
  return minors > skewPolicy().controlPlaneUpdate.minors;
}

/**
 * The first minor version that a step of an add-on or a chart leaves out, such as `1.21`; undefined where it leaves none out that is
 * known: how many a major version had, nobody can tell.
 */
export function skippedMinor(from: MinorVersion, to: MinorVersion): string | undefined {
  return from.major === to.major && to.minor - from.minor > 1 ? `${from.major}.${from.minor + 1}` : undefined;
}

/** The versions that a step passes on its way, the last one included: of one from 1.33 to 1.36 these are 1.34, 1.35 and 1.36. */
export function hopsOf({ from, to, minors }: VersionStep): KubernetesVersion[] {
  if (!Number.isFinite(minors)) return [to];
  return Array.from({ length: Math.max(0, minors) }, (_, index) => from.next(index + 1));
}

/** What EKS allows of a rollback. */
export function rollbackLimits(): RollbackLimits {
  const { minors, windowDays } = table.rollback;
  return { minors, windowDays };
}
