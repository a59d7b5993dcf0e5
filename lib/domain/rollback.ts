import { addonCompatibility } from "./addon-version";
import { dayOf, daysAfter } from "./calendar-date";
import { eksSupport } from "./eks-calendar";
import type { ClusterHistory } from "./history";
import type { KubernetesVersion } from "./kubernetes-version";
import type { RecordedCluster } from "./recorded-cluster";
import { knownVersion } from "./stated-version";
import { rollbackLimits, stepBetween } from "./version-step";

/** That EKS can take the last upgrade of a control plane back, and for how long. */
export interface RollbackWindow {
  /** The version that it would go back to. */
  readonly back: KubernetesVersion;
  /** The day on which the upgrade was recorded. */
  readonly upgradedOn: string;
  /** The last day on which EKS takes it back. */
  readonly lastDay: string;
}

/** What stands in the way of a rollback. */
export interface RollbackObstacle {
  /** Part of a sentence. */
  readonly what: string;
  /** One sentence or two. */
  readonly remedy: string;
}

const NOT_POSSIBLE =
  "Take out rollback() and restore the version that runs: what the upgrade broke has to be mended as it is.";

/**
 * The window of the upgrade that led to what runs, open or not; undefined where the history shows none. It counts from the record of the
 * upgrade, which is never earlier than the upgrade: record at once.
 */
export function rollbackWindow({ state, held }: ClusterHistory): RollbackWindow | undefined {
  const [before, now] = (held.version ?? []).slice(-2);
  const step = stepBetween(before?.pin, now?.pin);
  const { minors, windowDays } = rollbackLimits();
  if (!now || !step || step.minors !== minors || now.pin !== state.version) return undefined;
  const upgradedOn = dayOf(now.from);
  return { back: step.from, upgradedOn, lastDay: daysAfter(upgradedOn, windowDays) };
}

/** The same while it is open on the day `asOf`. */
export function openRollbackWindow(history: ClusterHistory, asOf: string): RollbackWindow | undefined {
  const window = rollbackWindow(history);
  return window && asOf <= window.lastDay ? window : undefined;
}

/**
 * Why EKS does not take a control plane back to `to` on the day `asOf`, whatever its nodes run.
 * https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export function rollbackObstacles(recorded: RecordedCluster, to: KubernetesVersion, asOf: string): RollbackObstacle[] {
  const { history } = recorded;
  const runs = knownVersion(history.state.version);
  const { minors } = rollbackLimits();
  if (runs && runs.minorsAhead(to) !== minors) {
    return [{ what: `it runs ${runs}, and a rollback goes back ${minors} minor version`, remedy: NOT_POSSIBLE }];
  }
  return [...whyNotInTime(history, to, asOf), ...whyNotSupported(recorded, to, asOf)];
}

function whyNotInTime(history: ClusterHistory, to: KubernetesVersion, asOf: string): RollbackObstacle[] {
  const window = rollbackWindow(history);
  const { windowDays } = rollbackLimits();
  if (!window?.back.equals(to)) {
    const what = `its history has no upgrade from ${to} to what runs, and EKS takes back nothing else`;
    return [{ what, remedy: NOT_POSSIBLE }];
  }
  if (asOf <= window.lastDay) return [];
  const what =
    `its upgrade from ${to} was recorded on ${window.upgradedOn}, and EKS takes one back within ${windowDays} days: the last was ` +
    window.lastDay;
  return [{ what, remedy: NOT_POSSIBLE }];
}

function whyNotSupported(
  { cluster, history }: RecordedCluster,
  to: KubernetesVersion,
  asOf: string,
): RollbackObstacle[] {
  const { status } = eksSupport(to.toString(), asOf);
  if (status === "standard") return [];
  if (status !== "extended") {
    const why =
      status === "ended" ? `EKS no longer supports ${to}` : `the calendar does not tell whether EKS supports ${to}`;
    return [{ what: why, remedy: NOT_POSSIBLE }];
  }
  if (cluster.supportType === "EXTENDED" && history.state.supportType === "EXTENDED") return [];
  return [
    {
      what: `${to} is in extended support, and the cluster's supportType is ${history.state.supportType}`,
      remedy: `Set supportType: "EXTENDED" and deploy and record that first; extended support is billed from then on.`,
    },
  ];
}

/** What has to go back before the control plane does. */
export function notBackYet({ state }: ClusterHistory, to: KubernetesVersion): RollbackObstacle[] {
  const groups = Object.entries(state.nodeGroups).filter(([, { version }]) => knownVersion(version)?.isAfter(to));
  const addons = Object.entries(state.addons).filter(
    ([name, version]) => addonCompatibility(name, version, to.toString()).status === "incompatible",
  );
  return [
    ...groups.map(([name, { version }]) => ({
      what: `node group ${name} runs ${version}, and nodes go back first`,
      remedy: `Leave versions.controlPlane as it runs, bring node group ${name} to ${to}, deploy and record; then lower the control plane.`,
    })),
    ...addons.map(([name, version]) => ({
      what: `add-on ${name} runs ${version}, which does not fit ${to}`,
      remedy: `Bring add-on ${name} to a build that EKS offers for ${to}, deploy and record; then lower the control plane.`,
    })),
  ];
}
