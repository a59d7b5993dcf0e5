import { serving } from "../domain/api-lifecycle";
import { chartPin } from "../domain/cluster-state";
import type { ClusterHistory } from "../domain/history";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Release, RenderedObject } from "../domain/model";
import { pinOfRelease } from "../domain/pinned-parts";
import { historyOf, recordedPart } from "../domain/recorded-cluster";
import { knownVersion } from "../domain/stated-version";
import { type ClusterWithTwin, clustersWithTwins } from "../domain/twins";
import { currentRendering, formatSubject } from "./placed-objects";
import { enumerated, formatChart, releaseSubject } from "./release-subject";
import { defineRule, type Violation } from "./rule";

/**
 * Helm compares a new manifest with the one that it stored, and asks the API server for each object of that. An API of the stored one
 * that is gone ends every later upgrade, also when the chart no longer renders it. An error where the cluster may have such a manifest
 * already, a warning while there is still time. Where another chart than the described one is recorded, that one's manifest is stored,
 * and nobody renders it: a note.
 */
export const storedManifest = defineRule({
  id: "stored-manifest",
  title: "A release stores a manifest with an API that the Kubernetes upgrade removes, so that its next upgrade fails",
  severity: "error",
  remedy: "Deploy a manifest without the API before the control plane is upgraded, or run helm mapkubeapis.",
  source: "https://helm.sh/docs/topics/kubernetes_apis/",
  check: (model) =>
    clustersWithTwins(model).flatMap((each) => inCluster({ ...each, history: historyOf(each.cluster, model) })),
});

interface UpgradedCluster extends ClusterWithTwin {
  readonly history: ClusterHistory | undefined;
}

function inCluster(upgraded: UpgradedCluster): Violation[] {
  const { cluster, history } = upgraded;
  const version = knownVersion(cluster.version);
  if (!version) return [];
  return cluster.releases.flatMap((release) => {
    const stored = history && otherChart(release, history, version);
    return [
      ...ahead(release, cluster, version),
      ...(stored === undefined
        ? behind(release, version, upgraded)
        : [notLookedAt(release, version, upgraded, stored)]),
    ];
  });
}

/** The recorded chart where it is another than the described one, and the control plane goes up. */
function otherChart(release: Release, { state }: ClusterHistory, version: KubernetesVersion): string | undefined {
  const recorded = recordedPart(state.releases, release.name);
  if (!recorded || !knownVersion(state.version)?.isBefore(version)) return undefined;
  const pin = chartPin(recorded.chart, recorded.digest);
  return pin === pinOfRelease(release) ? undefined : pin;
}

function notLookedAt(
  release: Release,
  version: KubernetesVersion,
  { cluster, history }: UpgradedCluster,
  stored: string,
): Violation {
  const [stack, releasesStack] = [stackOf(cluster), stackOf(release)];
  return {
    path: release.path,
    location: release.location,
    severity: "note",
    message:
      `${releaseSubject(release, cluster)} goes to another chart in the same step in which its cluster goes from ` +
      `${history?.state.version} to ${version}. What is stored was rendered by the recorded one (${stored}), and whether ${version} can ` +
      "read it was not looked at.",
    remedy:
      `Take two steps: npx cdktf deploy ${releasesStack} with the new chart and npx tandem record ${cluster.name}; then the control ` +
      `plane with npx cdktf deploy ${stack}.`,
  };
}

/** What the cluster stores now and the next version cannot read. */
function ahead(release: Release, cluster: Cluster, version: KubernetesVersion): Violation[] {
  const next = version.next();
  const lost = lostBetween(version, next, currentRendering(release)?.objects ?? []);
  if (lost.length === 0) return [];
  const message =
    `${releaseSubject(release, cluster)} stores a manifest that Kubernetes ${next} cannot read: ` +
    `${formatChart(release.chart)} renders ${named(lost)} at ${version}, which ${next} removes. Once the control plane runs ${next}, ` +
    `every upgrade of the release fails, whatever the chart renders by then.`;
  const [stack, releasesStack] = [stackOf(cluster), stackOf(release)];
  const remedy =
    `In this order: 1. while the control plane runs ${version}, ${withoutIt(release)}, and npx cdktf deploy ${releasesStack}; 2. then ` +
    `raise versions.controlPlane to ${next} and npx cdktf deploy ${stack}. Where neither leaves it out, rewrite what is stored before ` +
    `step 2: ${mapKubeApis(release)}.`;
  return [{ path: release.path, location: release.location, message, remedy, severity: "warning" }];
}

/** What a cluster that is ahead of what is recorded, else of its twin, may have stored before it was upgraded. */
function behind(
  release: Release,
  version: KubernetesVersion,
  { cluster, twin, history }: UpgradedCluster,
): Violation[] {
  const before = release.renderings?.find(({ at }) => at === "before");
  const older = knownVersion(before?.kubernetes);
  // Recorded since the model was synthesised: the upgrade is done.
  if (!before || !older || (history && history.state.version !== before.kubernetes)) return [];
  const lost = lostBetween(older, version, before.objects);
  if (lost.length === 0) return [];
  const message =
    `${releaseSubject(release, cluster)} may store a manifest that Kubernetes ${version} cannot read: ` +
    `${formatChart(release.chart)} renders ${named(lost)} at ${before.kubernetes}, which ${history ? "is recorded" : `its twin ${twin?.name} runs`} and from which it is ` +
    `upgraded; ${version} removed it. That the chart renders without it at ${version} does not help: the next upgrade of the release ` +
    `reads the stored manifest first and fails.`;
  const remedy =
    `If ${cluster.name} still runs ${before.kubernetes}: leave versions.controlPlane there, first ${withoutIt(release)} and npx cdktf ` +
    `deploy ${stackOf(release)}, then upgrade the control plane with npx cdktf deploy ${stackOf(cluster)}. If it runs ${version} ` +
    `already, rewrite what is stored: ${mapKubeApis(release)}; then acknowledge stored-manifest here until ${version.next()}.`;
  return [{ path: release.path, location: release.location, message, remedy }];
}

/** Stored objects whose API the older version serves and the newer one no longer does. Helm stores neither hooks nor `crds/`. */
function lostBetween(
  older: KubernetesVersion,
  newer: KubernetesVersion,
  objects: readonly RenderedObject[],
): RenderedObject[] {
  return objects.filter(
    ({ apiVersion, kind, keeper }) =>
      keeper === undefined &&
      serving(apiVersion, kind, older) === "served" &&
      serving(apiVersion, kind, newer) === "removed",
  );
}

const MOST_NAMED = 3;

function named(objects: readonly RenderedObject[]): string {
  const names = objects.slice(0, MOST_NAMED).map((object) => `${formatSubject(object)} of ${object.apiVersion}`);
  const more = objects.length - names.length;
  return enumerated([...names, ...(more > 0 ? [`${more} more`] : [])]);
}

function withoutIt({ chart }: Release): string {
  const change =
    chart.source === "local"
      ? "change the chart so that it does not render it"
      : "take a version of the chart that does not render it (npx tandem charts outdated)";
  return `${change} or switch it off in the values`;
}

function mapKubeApis({ name, namespace }: Release): string {
  return `helm plugin install https://github.com/helm/helm-mapkubeapis, then helm mapkubeapis ${name} --namespace ${namespace}`;
}

/** The Terraform stack that a construct stands in. */
function stackOf({ path }: { readonly path: string }): string {
  return path.split("/")[0] ?? path;
}
