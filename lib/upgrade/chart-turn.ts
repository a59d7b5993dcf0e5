import compareBuild from "semver/functions/compare-build";
import valid from "semver/functions/valid";
import { taggedAppVersion } from "../domain/app-version";
import { coverageOf } from "../domain/chart-bump";
import type { ChartCoverage } from "../domain/chart-coverage";
import { isExactChartVersion } from "../domain/chart-version";
import { chooseChart } from "../domain/choose-chart";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import { type ChartId, type ChartVersion, type Lock, remoteChartId } from "../domain/lock";
import type { Cluster, Release, RemoteChart } from "../domain/model";
import { unrendered } from "./rendered-for";

/** What there is to choose charts from, and what the values of the releases make of them. */
export interface Shelf {
  /** Whether the project has a lock file. */
  readonly isLocked: boolean;
  /** The versions of a chart that the lock knows. */
  readonly versions: (id: ChartId) => readonly ChartVersion[];
  /** Tags that the values of releases give to the application's images, by the release's path: what runs, whatever the chart ships. */
  readonly tags: ReadonlyMap<string, string>;
}

/** A release whose chart is downloaded, in an exact version. */
export interface ChartedRelease extends Release {
  readonly chart: RemoteChart;
}

/** A chart for a release, and how sure it is that it fits. */
export interface ChosenChart {
  readonly version: ChartVersion;
  /** On the version that the cluster goes to. */
  readonly coverage: ChartCoverage;
}

/** The shelf of a project. */
export function shelfOf(lock: Lock | undefined, clusters: readonly Cluster[]): Shelf {
  const tags = clusters.flatMap(({ releases }) =>
    releases.flatMap(({ path, contents }): [string, string][] => {
      const tag = taggedAppVersion(contents);
      return tag === undefined ? [] : [[path, tag]];
    }),
  );
  const byId = new Map<string, Map<string, ChartVersion>>();
  for (const row of lock ? [...lock.charts, ...lock.versions] : []) {
    const key = keyOf(row);
    const known = byId.get(key) ?? new Map<string, ChartVersion>();
    byId.set(key, known.set(row.version, row));
  }
  return {
    isLocked: lock !== undefined,
    versions: (id) => [...(byId.get(keyOf(id))?.values() ?? [])],
    tags: new Map(tags),
  };
}

/** The releases of a cluster that a plan can move: a chart in a folder is the project's own, and a range moves by itself. */
export function chartedReleases({ releases }: Cluster): ChartedRelease[] {
  return releases.filter(
    (release): release is ChartedRelease =>
      release.chart.source !== "local" && isExactChartVersion(release.chart.version),
  );
}

/** What is known of the chart that a release has. */
export function currentChart(release: ChartedRelease, shelf: Shelf): ChartVersion {
  const { version } = release.chart;
  const row = shelf.versions(remoteChartId(release.chart)).find((each) => each.version === version);
  const app = release.appVersion ?? release.contents?.appVersion ?? row?.appVersion;
  const kubeVersion = release.contents?.kubeVersion ?? row?.kubeVersion;
  return running(release, shelf, {
    version,
    ...(app !== undefined && { appVersion: app }),
    ...(kubeVersion !== undefined && { kubeVersion }),
  });
}

/** Whether the chart that a release has may run on a Kubernetes version. */
export function currentCoverage(release: ChartedRelease, shelf: Shelf, kubernetes: KubernetesVersion): ChartCoverage {
  return coverageOf(remoteChartId(release.chart), currentChart(release, shelf), kubernetes);
}

/**
 * The chart that a release should get: newer than what it has, and on none of the Kubernetes versions known not to fit. One that is
 * known to fit comes before one of which nobody says anything.
 * @param on the versions that it has to run on; the last is the one that the cluster goes to
 * @param only where given, the one version that will do: what staging has proven
 */
export function chartFor(
  release: ChartedRelease,
  shelf: Shelf,
  on: readonly [KubernetesVersion, ...KubernetesVersion[]],
  only?: string,
): ChosenChart | undefined {
  const id = remoteChartId(release.chart);
  const target = on.at(-1) as KubernetesVersion;
  const candidates = shelf
    .versions(id)
    .filter(({ version }) => isNewer(version, release.chart.version) && (only === undefined || version === only))
    .map((version) => running(release, shelf, version))
    .filter((version) => on.every((kubernetes) => coverageOf(id, version, kubernetes).status !== "not-covered"));
  const sure = candidates.filter((version) => coverageOf(id, version, target).status === "covered");
  const chosen =
    chooseChart(sure, { kubernetes: target }).chosen ?? chooseChart(candidates, { kubernetes: target }).chosen;
  return chosen && { version: chosen, coverage: coverageOf(id, chosen, target) };
}

/** A cluster with another chart in a release. What only a rendering of it can tell is not known. */
export function withChart(cluster: Cluster, { path }: Release, { version, appVersion }: ChartVersion): Cluster {
  const changed = (release: Release): Release => {
    const { contents: _contents, appVersion: _appVersion, ...rest } = unrendered(release);
    return {
      ...rest,
      chart: { ...release.chart, version } as RemoteChart,
      ...(appVersion !== undefined && { appVersion }),
    };
  };
  return {
    ...cluster,
    releases: cluster.releases.map((release) => (release.path === path ? changed(release) : release)),
  };
}

function running({ path }: Release, { tags }: Shelf, version: ChartVersion): ChartVersion {
  const tag = tags.get(path);
  return tag === undefined ? version : { ...version, appVersion: tag };
}

function isNewer(version: string, than: string): boolean {
  return valid(version) !== null && valid(than) !== null && compareBuild(version, than) > 0;
}

function keyOf({ source, name }: ChartId): string {
  return `${source} ${name}`;
}
