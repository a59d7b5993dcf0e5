import { addonCompatibility } from "../domain/addon-version";
import { serving } from "../domain/api-lifecycle";
import { kubeVersionFit } from "../domain/kube-version-fit";
import type { Addon, Cluster, NodeGroup, Release } from "../domain/model";
import { controlPlaneStep, type RecordedCluster, recordedClusters } from "../domain/recorded-cluster";
import { openRollbackWindow, type RollbackWindow } from "../domain/rollback";
import { knownVersion } from "../domain/stated-version";
import { formatPlaced, placedObjects, placeOf, remedyFor } from "./placed-objects";
import { formatChart, releaseSubject } from "./release-subject";
import { defineRule, type Violation } from "./rule";

/**
 * A rollback that is possible is of use only while everything works on the older version as well. Once the version goes up or down again,
 * there is no window to keep open.
 */
export const rollbackWindow = defineRule({
  id: "rollback-window",
  title: "Something does not work on the version that EKS could still roll the control plane back to",
  severity: "warning",
  remedy: "Leave it as it was until the window is over.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html",
  check: (model) => recordedClusters(model).flatMap((recorded) => inWindow(recorded, model.asOf)),
});

function inWindow(recorded: RecordedCluster, asOf: string): Violation[] {
  const { cluster, history } = recorded;
  const window = openRollbackWindow(history, asOf);
  if (!window || controlPlaneStep(recorded)) return [];
  return [
    ...objects(cluster, window),
    ...cluster.releases.flatMap((release) => chartTooNew(release, cluster, window)),
    ...cluster.nodeGroups.flatMap((group) => nodesAhead(group, cluster, window)),
    ...cluster.addons.flatMap((addon) => addonTooNew(addon, cluster, window)),
  ];
}

function objects(cluster: Cluster, window: RollbackWindow): Violation[] {
  const { back } = window;
  return placedObjects(cluster)
    .filter(({ object: { apiVersion, kind } }) => {
      const isServed = serving(apiVersion, kind, back.next()) === "served";
      return isServed && ["not-yet", "off-by-default"].includes(serving(apiVersion, kind, back));
    })
    .map((placed) => ({
      ...placeOf(placed),
      message: `${formatPlaced(placed)} uses ${placed.object.apiVersion}, which Kubernetes ${back} does not serve; ${canGoBack(cluster, window)}.`,
      remedy: remedyFor(placed, `Write it with an API that ${back} serves until ${window.lastDay} is over.`),
    }));
}

function chartTooNew(release: Release, cluster: Cluster, window: RollbackWindow): Violation[] {
  const { contents, chart, path, location } = release;
  if (contents?.kubeVersion === undefined) return [];
  const { status, reason } = kubeVersionFit(contents.kubeVersion, window.back);
  if (status !== "excluded" && status !== "excluded-by-suffix") return [];
  return [
    {
      path,
      location,
      message: `${releaseSubject(release, cluster)} has ${formatChart(chart)}, and ${reason}; ${canGoBack(cluster, window)}.`,
      remedy: `Keep a version of the chart that allows ${window.back} until ${window.lastDay} is over.`,
    },
  ];
}

function nodesAhead(
  { name, version, path, location }: NodeGroup,
  cluster: Cluster,
  window: RollbackWindow,
): Violation[] {
  if (!knownVersion(version)?.isAfter(window.back)) return [];
  return [
    {
      path,
      location,
      message: `Node group ${name} of cluster ${cluster.name} is at ${version}; ${canGoBack(cluster, window)}, and its nodes would have to go back first.`,
      remedy: `Keep it at ${window.back} until ${window.lastDay} is over, or live with a rollback that takes longer.`,
    },
  ];
}

function addonTooNew({ name, version, path, location }: Addon, cluster: Cluster, window: RollbackWindow): Violation[] {
  if (version === null) return [];
  const { status, reason } = addonCompatibility(name, version, window.back.toString());
  if (status !== "incompatible") return [];
  return [
    {
      path,
      location,
      message: `Add-on ${name} of cluster ${cluster.name} does not fit ${window.back}: ${reason} Yet ${canGoBack(cluster, window)}.`,
      remedy: `Keep a build that EKS offers for ${window.back} until ${window.lastDay} is over, or be ready to bring it back first.`,
    },
  ];
}

/** `until 2026-11-25 EKS can roll cluster stage-aws1 back to 1.35`. */
function canGoBack({ name }: Cluster, { back, lastDay }: RollbackWindow): string {
  return `until ${lastDay} EKS can roll cluster ${name} back to ${back}`;
}
