import { followsClusterMinor } from "../domain/chart-coverage";
import { remoteChartId } from "../domain/lock";
import type { Cluster } from "../domain/model";
import type { Finding } from "../rules/rule";
import {
  type ChartedRelease,
  type ChosenChart,
  chartedReleases,
  chartFor,
  currentChart,
  currentCoverage,
  type Shelf,
  withChart,
} from "./chart-turn";
import { type ClusterHop, type Itinerary, isAcknowledged, stagingOf } from "./itinerary";
import type { Blocker, Move } from "./plan";
import type { Draft } from "./step-of";

const NOT_COVERED = "chart-not-covered";

/** Moves the charts that do not cover the next version, where another covers both, and says which ones no chart can take along. */
export function chartsBefore(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk, shelf, settled } = itinerary;
  for (const release of uncovered(hop, itinerary)) {
    const only = proven(release, hop, itinerary);
    const chosen = chartFor(release, shelf, [hop.from, hop.to], only);
    if (chosen) walk.take(chartDraft(release, chosen, "before", hop, itinerary));
    else if (!followsClusterMinor(remoteChartId(release.chart)) && !chartFor(release, shelf, [hop.to], only)) {
      walk.block(uncoveredBlocker(release, hop, itinerary, only));
      settled.add(release.path);
    }
  }
}

/** Moves the charts that could only move once the control plane has: those of the cluster's own minor version. */
export function chartsAfter(hop: ClusterHop, itinerary: Itinerary): void {
  for (const release of uncovered(hop, itinerary)) {
    const chosen = chartFor(release, itinerary.shelf, [hop.to], proven(release, hop, itinerary));
    if (chosen) itinerary.walk.take(chartDraft(release, chosen, "after", hop, itinerary));
    else if (followsClusterMinor(remoteChartId(release.chart))) lookUp(release, hop, itinerary);
  }
}

/** No version is known, and none is made up: the chart's app belongs to the minor version that the cluster runs by now. */
function lookUp(release: ChartedRelease, { name, to }: ClusterHop, itinerary: Itinerary): void {
  const { walk, shelf } = itinerary;
  const { appVersion: app, version } = currentChart(release, shelf);
  const why = whyUncovered(release, itinerary, to.toString(), to);
  const command = `npx tandem lock && npx tandem charts choose ${release.name} --app "~${to}.0"`;
  walk.take({
    kind: "chart",
    phase: "after",
    urgency: "must-before-next-hop",
    moves: [
      {
        kind: "chart",
        name: release.name,
        from: version,
        ...(app !== undefined && { app: { from: app } }),
        why,
        lookUp: command,
      },
    ],
    why: `${why} It follows the control plane; which version to take is not known here.`,
    after: walk.cluster(name),
    notes: [`Look the version up: ${command}.`],
    tag: release.name,
  });
}

/**
 * Charts that a rule would refuse once the control plane is at the next version, whatever their maintainers say.
 * @returns those that can only move together with the control plane, because no version runs on both
 */
export function refusedCharts(errors: readonly Finding[], hop: ClusterHop, itinerary: Itinerary): ChartTogether[] {
  const { walk, shelf } = itinerary;
  const refused = chartedReleases(walk.cluster(hop.name)).flatMap((release) => {
    const why = errors.find(({ path }) => path === release.path)?.message;
    return why === undefined ? [] : [{ release, why }];
  });
  return refused.flatMap(({ release, why }): ChartTogether[] => {
    const only = proven(release, hop, itinerary);
    const chosen = chartFor(release, shelf, [hop.from, hop.to], only);
    if (chosen) {
      walk.take(chartDraft(release, chosen, "before", hop, itinerary, why));
      return [];
    }
    const together = chartFor(release, shelf, [hop.to], only);
    return together ? [{ release, chosen: together, move: moveOf(release, together, itinerary, why) }] : [];
  });
}

/** A chart that moves in one deploy with the control plane. */
export interface ChartTogether {
  readonly release: ChartedRelease;
  readonly chosen: ChosenChart;
  readonly move: Move;
}

function uncovered({ name, to }: ClusterHop, { walk, shelf, settled }: Itinerary): ChartedRelease[] {
  const cluster = walk.cluster(name);
  const then = { ...cluster, version: to.toString() };
  return chartedReleases(cluster).filter(
    (release) =>
      !settled.has(release.path) &&
      currentCoverage(release, shelf, to).status === "not-covered" &&
      !isAcknowledged(walk, NOT_COVERED, release.path, then),
  );
}

/** Production takes the chart that staging runs, where that is another than its own. */
function proven({ name, chart }: ChartedRelease, hop: ClusterHop, { walk }: Itinerary): string | undefined {
  const twin = stagingOf(walk, walk.cluster(hop.name))?.releases.find((each) => each.name === name);
  if (!twin || twin.chart.source === "local" || twin.chart.version === chart.version) return undefined;
  return twin.chart.version;
}

function chartDraft(
  release: ChartedRelease,
  chosen: ChosenChart,
  phase: "before" | "after",
  { name, to }: ClusterHop,
  itinerary: Itinerary,
  refusal?: string,
): Draft {
  const cluster = itinerary.walk.cluster(name);
  const move = moveOf(release, chosen, itinerary, refusal ?? whyUncovered(release, itinerary, to.toString(), to));
  const order =
    phase === "before" ? "It moves first: the new version runs on both." : "It follows: no version fits both.";
  return {
    kind: "chart",
    phase,
    urgency: phase === "before" ? "must-now" : "must-before-next-hop",
    moves: [move],
    why: `${move.why} ${order}`,
    after: withChart(cluster, release, chosen.version),
    notes: notesOf(chosen, to.toString()),
    tag: release.name,
  };
}

function moveOf(release: ChartedRelease, { version }: ChosenChart, { shelf }: Itinerary, why: string): Move {
  const from = currentChart(release, shelf);
  return {
    kind: "chart",
    name: release.name,
    from: from.version,
    to: version.version,
    app: {
      ...(from.appVersion !== undefined && { from: from.appVersion }),
      ...(version.appVersion !== undefined && { to: version.appVersion }),
    },
    why,
  };
}

function whyUncovered(release: ChartedRelease, { shelf }: Itinerary, version: string, to: ClusterHop["to"]): string {
  const { reason, source } = currentCoverage(release, shelf, to);
  const page = source ? ` (${source.page}, read on ${source.read})` : "";
  return `Chart ${release.chart.name} ${release.chart.version} does not cover Kubernetes ${version}: ${reason}${page}.`;
}

/** What a plan cannot know of a chart that nobody has rendered. */
function notesOf({ version, coverage }: ChosenChart, kubernetes: string): string[] {
  const unknown =
    coverage.status === "unknown"
      ? [
          `Whether ${version.version} covers Kubernetes ${kubernetes} is not known: ${coverage.reason}. Try it in staging.`,
        ]
      : [];
  return [
    ...unknown,
    `What ${version.version} renders with your values is not known yet: after tandem lock, the synth of this step renders and judges it.`,
  ];
}

function uncoveredBlocker(
  release: ChartedRelease,
  { name, to }: ClusterHop,
  itinerary: Itinerary,
  only: string | undefined,
): Blocker {
  const { walk, shelf } = itinerary;
  const cluster: Cluster = walk.cluster(name);
  const none =
    only === undefined ? whatTheLockLists(release, shelf) : `Staging's ${only} is older, or does not cover it either.`;
  return {
    hop: to.toString(),
    cluster: name,
    ...(cluster.environment && { environment: cluster.environment }),
    kind: "chart",
    name: release.name,
    rule: NOT_COVERED,
    why: `${whyUncovered(release, itinerary, to.toString(), to)} ${none}`,
    unblock:
      `npx tandem lock looks for newer versions. If there is none that covers ${to}, wait for one; or try this one on ${to}, and ` +
      `acknowledge ${NOT_COVERED} on release ${release.name} with what you have seen.`,
    path: release.path,
    ...(release.location && { location: release.location }),
  };
}

function whatTheLockLists({ chart }: ChartedRelease, shelf: Shelf): string {
  if (!shelf.isLocked) return "There is no tandem.lock.json, which lists the versions of charts.";
  const listed = shelf.versions(remoteChartId(chart)).filter(({ version }) => version !== chart.version).length;
  if (listed === 0) return "tandem.lock.json lists no other version of it.";
  return `tandem.lock.json lists no newer version that does, and ${listed} in all beside this one.`;
}
