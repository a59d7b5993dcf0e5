import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import type { ClusterHop, Itinerary } from "./itinerary";
import { type DatedGroup, endedAmi, groupsBehind, holdsBack, successorOf, withNodes } from "./node-turn";
import type { Move, Phase, Urgency } from "./plan";
import { twinOf } from "./position";

/**
 * Rolls nodes before their control plane: those that would be too old for the next version; those that an earlier hop left behind, where
 * nodes are rolled at each hop; and those that the schedule has for now.
 */
export function nodesBefore(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk, nodes, schedule } = itinerary;
  const behind = groupsBehind(walk.cluster(hop.name), hop.from);
  const held = behind.filter(({ version }) => holdsBack(version, hop.to));
  for (const each of held) if (endedAmi(each.group, hop.from)) block(each, hop, itinerary);
  roll(held, hop.from, { phase: "before", urgency: "must-now", why: TOO_OLD }, hop, itinerary);
  const others = behind.filter(
    (each) =>
      !held.includes(each) &&
      !endedAmi(each.group, hop.from) &&
      (nodes === "each-hop" || schedule.has(hop.name, each.group.name, hop.to, "before")),
  );
  const why = nodes === "each-hop" ? LEFT_BEHIND : IN_TIME;
  roll(others, hop.from, { phase: "before", urgency: "should", why, tag: "in-time" }, hop, itinerary);
}

/** Rolls the nodes after their control plane: all of them, those that the schedule has for now, or those that production waits for. */
export function nodesAfter(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk, nodes, target, schedule } = itinerary;
  const cluster = walk.cluster(hop.name);
  const version = knownVersion(cluster.version);
  if (!version) return;
  const behind = groupsBehind(cluster, version).filter(({ group }) => !endedAmi(group, version));
  const waited = (each: DatedGroup) => awaits(each, cluster, hop, itinerary);
  const isDue = (each: DatedGroup) =>
    nodes === "each-hop"
      ? version.equals(hop.to) || waited(each) !== undefined
      : schedule.has(hop.name, each.group.name, hop.to, "after");
  const due = behind.filter(isDue);
  const isPressing = due.some((each) => holdsBack(each.version, version.next()));
  const isEarly = nodes === "fewest" && !version.equals(target);
  if (due.some((each) => waited(each) === "held back"))
    roll(due, version, { phase: "after", urgency: "must-now", why: AWAITED }, hop, itinerary);
  else if (isPressing)
    roll(due, version, { phase: "after", urgency: "must-before-next-hop", why: TOO_OLD_NEXT }, hop, itinerary);
  else roll(due, version, { phase: "after", urgency: "should", why: isEarly ? IN_TIME : SAME }, hop, itinerary);
}

const TOO_OLD = "The next version supports no kubelet as old as theirs, so that they roll before the control plane.";
const TOO_OLD_NEXT = "The version after this one supports no kubelet as old as theirs.";
const LEFT_BEHIND = "Nodes run the version of their control plane before it goes on; an earlier hop left these behind.";
const IN_TIME = "Rolled here, they need not be rolled again for as long as the version skew allows.";
const AWAITED = "Production's nodes have to roll next, and may not be ahead of staging's.";
const SAME = "Nodes run the version of their control plane; the version skew would allow to wait.";

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
  /** What tells it from another roll of the same phase. */
  readonly tag?: string;
}

function roll(
  groups: readonly DatedGroup[],
  to: KubernetesVersion,
  { phase, urgency, why, tag }: Roll,
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
  const after = withNodes(walk.cluster(hop.name), names, to);
  walk.take({ kind: "nodes", phase, urgency, moves, why, after, ...(tag !== undefined && { tag }) });
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
