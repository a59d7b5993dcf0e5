import compareBuild from "semver/functions/compare-build";
import parse from "semver/functions/parse";
import type { ChartContents, Cluster, Release } from "../domain/model";
import { type PairedClusters, pairedClusters } from "../domain/twins";
import { atRelease, enumerated, formatChart, formatCluster, helmShow, releaseSubject } from "./release-subject";
import { defineRule, type Violation } from "./rule";

/** CustomResourceDefinitions that a message names; it counts the others. */
const NAMED = 5;

/**
 * Twins whose charts bring different `crds/`: the newer chart reaches the other cluster by promotion, and its CRDs do not. Where both
 * have the same there is nothing to tell them apart by.
 */
export const chartCrdsNotUpgraded = defineRule({
  id: "chart-crds-not-upgraded",
  title: "Helm will not upgrade the CustomResourceDefinitions of a release's chart",
  severity: "warning",
  remedy: "Apply the CustomResourceDefinitions of the new chart with kubectl before the upgrade.",
  source: "https://helm.sh/docs/chart_best_practices/custom_resource_definitions/",
  check: (model) => pairedClusters(model).flatMap(ofPair),
});

/** A release whose chart was looked into. */
interface Deployed {
  readonly release: Release;
  readonly cluster: Cluster;
  readonly contents: ChartContents;
}

function ofPair({ staging, production }: PairedClusters): Violation[] {
  const theirs = deployedIn(production);
  return deployedIn(staging).flatMap((ours) => {
    const twin = theirs.find(({ release }) => release.name === ours.release.name);
    if (!twin) return [];
    return isNewer(twin, ours) ? notUpgraded(twin, ours) : notUpgraded(ours, twin);
  });
}

function deployedIn(cluster: Cluster): Deployed[] {
  return cluster.releases.flatMap((release) =>
    release.contents ? [{ release, cluster, contents: release.contents }] : [],
  );
}

/** Staging's counts as the newer one where the versions do not say: it gets every chart first. */
function isNewer(production: Deployed, staging: Deployed): boolean {
  const [theirs, ours] = [parse(production.contents.version), parse(staging.contents.version)];
  return theirs !== null && ours !== null && compareBuild(theirs, ours) > 0;
}

function notUpgraded({ release, cluster, contents }: Deployed, older: Deployed): Violation[] {
  const held = new Map(older.contents.crds.map(({ name, hash }) => [name, hash]));
  const names = contents.crds.filter(({ name, hash }) => held.get(name) !== hash).map(({ name }) => name);
  if (names.length === 0) return [];
  const { chart } = release;
  return [
    atRelease(release, {
      message:
        `${releaseSubject(release, cluster)} deploys ${formatChart(chart)}, whose crds/ are not those of ` +
        `${formatChart(older.release.chart)} in its twin, ${formatCluster(older.cluster)}: ${named(names)}. Helm leaves a cluster that had ` +
        "the older chart with the older ones.",
      remedy:
        `Run ${helmShow("crds", chart)} | kubectl apply --server-side --force-conflicts -f - in each of the two clusters before it is ` +
        "upgraded to this chart.",
    }),
  ];
}

function named(names: readonly string[]): string {
  if (names.length <= NAMED) return enumerated(names);
  return `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
}
