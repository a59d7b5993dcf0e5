import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import type { ClusterHop, Itinerary } from "./itinerary";
import { type DatedGroup, endedAmi, groupsBehind, holdsBack, successorOf, withNodes } from "./node-turn";
import type { Move, Phase, Urgency } from "./plan";
import { twinOf } from "./position";

/** Rolls the nodes that would be too old for the next version. */
export function nodesBefore(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk } = itinerary;
  const held = groupsBehind(walk.cluster(hop.name), hop.from).filter(({ version }) => holdsBack(version, hop.to));
  for (const each of held) if (endedAmi(each.group, hop.from)) block(each, hop, itinerary);
  const why = `Kubernetes ${hop.to} supports no kubelet as old as theirs.`;
  roll(held, hop.from, { phase: "before", urgency: "must-now", why }, hop, itinerary);
}

/** Rolls the nodes after their control plane: all of them, or those that production waits for. */
export function nodesAfter(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk, nodes, target } = itinerary;
  const cluster = walk.cluster(hop.name);
  const version = knownVersion(cluster.version);
  if (!version) return;
  const behind = groupsBehind(cluster, version).filter(({ group }) => !endedAmi(group, version));
  const isDue = version.equals(hop.to) && (nodes === "each-hop" || version.equals(target));
  const awaited = behind.filter((each) => awaits(each, cluster, hop, itinerary) !== undefined);
  const isHeldUp = awaited.some((each) => awaits(each, cluster, hop, itinerary) === "held back");
  const isPressing = behind.some((each) => holdsBack(each.version, version.next()));
  const urgency = !isDue || isHeldUp ? "must-now" : isPressing ? "must-before-next-hop" : "should";
  roll(isDue ? behind : awaited, version, { phase: "after", urgency, why: WHY[urgency] }, hop, itinerary);
}

const WHY: Readonly<Record<Urgency, string>> = {
  "must-now": "Production's nodes follow, and may not be ahead of staging's.",
  "must-before-next-hop": "The next version supports no kubelet as old as theirs.",
  should: "Nodes run the version of their control plane; the version skew would allow to wait.",
};

/**
 * Why production waits for a group of staging's: because it is about to roll its own to a version that staging's does not run yet. `held
 * back`: its control plane cannot go on without. `due`: it is its turn. Undefined where production does not wait.
 */
function awaits(
  { group, version }: DatedGroup,
  cluster: Cluster,
  { from, to }: ClusterHop,
  { walk, nodes, target }: Itinerary,
): "held back" | "due" | undefined {
  const twin = cluster.environment === "staging" ? twinOf(walk.position, cluster) : undefined;
  const theirs = twin?.nodeGroups.find(({ name }) => name === group.name);
  const [controlPlane, kubelet] = [knownVersion(twin?.version), knownVersion(theirs?.version)];
  if (!theirs || !kubelet || !controlPlane || controlPlane.isAfter(to) || !kubelet.isBefore(to)) return undefined;
  if (controlPlane.equals(from) && holdsBack(kubelet, to) && version.isBefore(from)) return "held back";
  const isDue = (nodes === "each-hop" || to.equals(target)) && !endedAmi(theirs, to);
  return isDue && version.isBefore(to) ? "due" : undefined;
}

interface Roll {
  readonly phase: Phase;
  readonly urgency: Urgency;
  readonly why: string;
}

function roll(
  groups: readonly DatedGroup[],
  to: KubernetesVersion,
  { phase, urgency, why }: Roll,
  hop: ClusterHop,
  { walk }: Itinerary,
): void {
  if (groups.length === 0) return;
  const names = groups.map(({ group }) => group.name);
  const moves = groups.map(
    ({ group, version }): Move => ({
      kind: "node-group",
      name: group.name,
      from: version.toString(),
      to: to.toString(),
      why: `Its kubelets run ${version} beside a control plane that runs ${walk.cluster(hop.name).version}.`,
    }),
  );
  walk.take({ kind: "nodes", phase, urgency, moves, why, after: withNodes(walk.cluster(hop.name), names, to) });
}

function block({ group, version }: DatedGroup, { name, from, to }: ClusterHop, { walk }: Itinerary): void {
  const { environment } = walk.cluster(name);
  const ami = String(group.amiType);
  const last = endedAmi(group, from)?.last;
  const successor = successorOf(ami, from);
  walk.block({
    hop: to.toString(),
    cluster: name,
    ...(environment && { environment }),
    kind: "nodes",
    name: group.name,
    rule: "ami-type-unavailable",
    why:
      `Node group ${group.name} runs kubelet ${version}, which Kubernetes ${to} no longer supports, and has the AMI type ${ami}, of which ` +
      `EKS has no AMI after ${last}: it cannot be brought to ${from}.`,
    unblock:
      `Add a node group beside it with ${successor ? `amiType: AmiType.${successor}` : "an AMI type that EKS still has"}, wait until its ` +
      "workloads run there, and take it out. Changing its amiType replaces it at once.",
    path: group.path,
    ...(group.location && { location: group.location }),
  });
}
