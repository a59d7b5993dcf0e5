import type { KubernetesVersion } from "../domain/kubernetes-version";
import { knownVersion } from "../domain/stated-version";
import type { ClusterHop, Itinerary } from "./itinerary";
import { type DatedGroup, endedAmi, groupsBehind, holdsBack, successorOf, withNodes } from "./node-turn";
import type { Blocker, Move, Phase, Urgency } from "./plan";

/** Rolls the nodes that an earlier hop left behind, before anything else in a hop. */
export function nodesBefore(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk, schedule, nodes } = itinerary;
  const due = groupsBehind(walk.cluster(hop.name), hop.from).filter(({ group }) =>
    schedule.has(hop.name, group.name, hop.to, "before"),
  );
  const isHeld = due.some(({ version }) => holdsBack(version, hop.to));
  const why = isHeld ? TOO_OLD : nodes === "each-hop" ? LEFT_BEHIND : IN_TIME;
  roll(due, hop.from, { phase: "before", urgency: isHeld ? "must-now" : "should", why }, hop, itinerary);
}

/** Says which nodes keep the control plane from going on; to see what comes after, they count as rolled. */
export function nodesInTheWay(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk } = itinerary;
  const held = groupsBehind(walk.cluster(hop.name), hop.from).filter(({ version }) => holdsBack(version, hop.to));
  for (const each of held) block(each, hop, itinerary);
  roll(held, hop.from, { phase: "before", urgency: "must-now", why: TOO_OLD, tag: "held" }, hop, itinerary);
}

/** Rolls the nodes whose turn it is after their control plane. */
export function nodesAfter(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk, nodes, target, schedule } = itinerary;
  const cluster = walk.cluster(hop.name);
  const version = knownVersion(cluster.version);
  if (!version) return;
  const due = groupsBehind(cluster, version).filter(({ group }) => schedule.has(hop.name, group.name, hop.to, "after"));
  const isPressing = due.some((each) => holdsBack(each.version, version.next()));
  const isOnTheWay = nodes === "fewest" && !version.equals(target);
  const urgency = isPressing || isOnTheWay ? "must-before-next-hop" : "should";
  const why = isPressing ? TOO_OLD_NEXT : isOnTheWay ? IN_TIME : SAME;
  roll(due, version, { phase: "after", urgency, why }, hop, itinerary);
}

const TOO_OLD = "The next version supports no kubelet as old as theirs, so that they roll before the control plane.";
const TOO_OLD_NEXT = "The version after this one supports no kubelet as old as theirs.";
const LEFT_BEHIND = "Nodes run the version of their control plane before it goes on; an earlier hop left these behind.";
const IN_TIME = "A later hop would find them too old; rolled here, the nodes of both clusters need the fewest rolls.";
const SAME = "Nodes run the version of their control plane; the version skew would allow to wait.";

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

function block(held: DatedGroup, hop: ClusterHop, { walk }: Itinerary): void {
  const { group } = held;
  const { environment } = walk.cluster(hop.name);
  walk.block({
    hop: hop.to.toString(),
    cluster: hop.name,
    ...(environment && { environment }),
    kind: "nodes",
    name: group.name,
    ...(endedAmi(group, hop.from) ? endedBlocker(held, hop) : unprovenBlocker(held, hop)),
    path: group.path,
    ...(group.location && { location: group.location }),
  });
}

type Reason = Pick<Blocker, "rule" | "why" | "unblock">;

function endedBlocker({ group, version }: DatedGroup, { from, to }: ClusterHop): Reason {
  const ami = String(group.amiType);
  const successor = successorOf(ami, from);
  return {
    rule: "ami-type-unavailable",
    why:
      `Node group ${group.name} runs kubelet ${version}, which Kubernetes ${to} no longer supports, and has the AMI type ${ami}, of which ` +
      `EKS has no AMI after ${endedAmi(group, from)?.last}: it cannot be brought to ${from}.`,
    unblock:
      `Add a node group beside it with ${successor ? `amiType: AmiType.${successor}` : "an AMI type that EKS still has"}, wait until its ` +
      "workloads run there, and take it out. Changing its amiType replaces it at once.",
  };
}

function unprovenBlocker({ group, version }: DatedGroup, { from, to }: ClusterHop): Reason {
  return {
    rule: "not-promoted",
    why:
      `Node group ${group.name} runs kubelet ${version}, which Kubernetes ${to} no longer supports, and could only roll to ${from}, which ` +
      "its twin in staging has not run for long enough, and no longer can.",
    unblock: `Acknowledge not-promoted on node group ${group.name} with the reason and an end, and roll it to ${from}.`,
  };
}
