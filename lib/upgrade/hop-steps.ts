import type { Cluster } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { kubectlSkew } from "../domain/version-skew";
import { addonsAfter, addonsBefore } from "./addon-steps";
import { withAddon } from "./addon-turn";
import { type ChartTogether, chartsAfter, chartsBefore, refusedCharts } from "./chart-steps";
import { withChart } from "./chart-turn";
import type { ClusterHop, Itinerary } from "./itinerary";
import { nodesAfter, nodesInTheWay } from "./node-steps";
import type { Move } from "./plan";
import { renderedFor } from "./rendered-for";
import type { Draft } from "./step-of";

/**
 * Takes one cluster through one hop: what has to move first, the control plane, what follows it. A cluster that is there already gets
 * what is still to follow; one that is further gets only what its twin waits for.
 */
export function hopOfCluster(hop: ClusterHop, itinerary: Itinerary): void {
  const version = () => knownVersion(itinerary.walk.cluster(hop.name).version);
  if (version()?.equals(hop.from)) {
    chartsBefore(hop, itinerary);
    const addons = addonsBefore(hop, itinerary);
    nodesInTheWay(hop, itinerary);
    controlPlane(hop, itinerary, addons);
  }
  if (version()?.equals(hop.to)) {
    addonsAfter(hop, itinerary);
    chartsAfter(hop, itinerary);
  }
  nodesAfter(hop, itinerary);
}

function controlPlane(hop: ClusterHop, itinerary: Itinerary, addons: readonly Move[]): void {
  const { walk } = itinerary;
  const raised = () => withAddons(raise(walk.cluster(hop.name), hop), addons);
  const errors = walk.errorsWith(raised());
  const charts = refusedCharts(errors, hop, itinerary);
  const together = [...addons, ...charts.map(({ move }) => move)];
  // Charts that were refused have moved by now, or move along: what is known of the state is no longer true.
  const isSettled = errors.length === 0;
  walk.take(controlPlaneDraft(hop, itinerary, withCharts(raised(), charts), together), isSettled ? errors : undefined);
}

function controlPlaneDraft(
  { name, to }: ClusterHop,
  { walk }: Itinerary,
  after: Cluster,
  together: readonly Move[],
): Draft {
  const { version, clients } = walk.cluster(name);
  const why = "EKS takes one minor version at a time.";
  return {
    kind: "control-plane",
    phase: "control-plane",
    urgency: "must-now",
    moves: [{ kind: "control-plane", name, from: String(version), to: to.toString(), why }, ...together],
    why: together.length === 0 ? ALONE : `${ALONE} ${TOGETHER}`,
    after,
    notes: kubectlNotes(clients.kubectl, to),
  };
}

const ALONE = "The control plane goes first and by itself: nothing may be newer than it.";
const TOGETHER =
  "What has no version that fits both Kubernetes versions moves in the same change of code; Terraform deploys it after the control plane.";

function raise(cluster: Cluster, { to }: ClusterHop): Cluster {
  const version = to.toString();
  return { ...cluster, version, releases: cluster.releases.map((release) => renderedFor(release, version)) };
}

function withAddons(cluster: Cluster, moves: readonly Move[]): Cluster {
  return moves.reduce((changed, { name, to }) => withAddon(changed, name, String(to)), cluster);
}

function withCharts(cluster: Cluster, charts: readonly ChartTogether[]): Cluster {
  return charts.reduce((changed, { release, chosen }) => withChart(changed, release, chosen.version), cluster);
}

function kubectlNotes(kubectl: string | null | undefined, to: ClusterHop["to"]): string[] {
  const version = knownVersion(kubectl);
  if (!version) return [];
  const { supported, oldest, newest } = kubectlSkew(to.toString(), version.toString());
  return supported
    ? []
    : [`clients.kubectl is ${version}, and ${to} supports kubectl ${oldest} to ${newest}: bring it along.`];
}
