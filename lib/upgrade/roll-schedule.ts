import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { endedAmi, holdsBack } from "./node-turn";
import type { NodeStrategy } from "./plan";
import type { Proven } from "./proven-nodes";

/** When nodes may roll in a hop of their cluster: while its control plane is at the hop's beginning, or at its end. */
export type RollPhase = "before" | "after";

/** When which node groups are rolled. */
export interface RollSchedule {
  has(cluster: string, group: string, hop: KubernetesVersion, phase: RollPhase): boolean;
}

/** A moment at which a cluster's nodes may roll to its control plane's version, or its control plane goes up. */
interface Moment {
  readonly cluster: string;
  readonly hop: KubernetesVersion;
  readonly phase: RollPhase | "upgrade";
  /** The control plane's version at that moment; of an upgrade, the new one. */
  readonly controlPlane: KubernetesVersion;
  readonly isLast: boolean;
}

/** The versions of one group in each cluster, and the rolls that led there. */
interface Trail {
  readonly kubelets: ReadonlyMap<string, KubernetesVersion>;
  /** Hops that no roll makes possible. */
  readonly dead: number;
  readonly rolls: readonly number[];
}

/** What decides when nodes roll. */
export interface RollWish {
  /** In the order in which they are upgraded. */
  readonly clusters: readonly Cluster[];
  /** The minor versions on the way. */
  readonly hops: readonly KubernetesVersion[];
  readonly target: KubernetesVersion;
  readonly nodes: NodeStrategy;
  readonly proven: Proven;
}

/**
 * When nodes roll: each time that they may, or as seldom as the version skew allows and as late as that can be. Groups do not depend on
 * each other, but those of one name in both clusters do: production's may only become what staging has proven. So each is solved by
 * itself, moment by moment, keeping the best way to each state.
 */
export function rollSchedule(wish: RollWish): RollSchedule {
  const { clusters } = wish;
  const moments = momentsOf(wish);
  const rolls = new Set<string>();
  for (const name of new Set(clusters.flatMap(({ nodeGroups }) => nodeGroups.map((group) => group.name)))) {
    for (const index of bestTrail(name, wish, moments)) rolls.add(keyOf(moments[index] as Moment, name));
  }
  return {
    has: (cluster, group, hop, phase) => rolls.has(keyOf({ cluster, hop, phase }, group)),
  };
}

function keyOf({ cluster, hop, phase }: Pick<Moment, "cluster" | "hop" | "phase">, group: string): string {
  return [cluster, hop, phase, group].join(" ");
}

/** What an earlier hop left behind may only roll at the beginning; later, nodes roll at the end of a hop. */
function momentsOf({ clusters, hops, target }: RollWish): Moment[] {
  const versions = new Map(clusters.map(({ name, version }) => [name, knownVersion(version)]));
  const begun = new Set<string>();
  return hops.flatMap((hop) => {
    const going = clusters.filter(({ name }) => versions.get(name)?.isBefore(hop.previous()) === false);
    const before = going
      .filter(({ name }) => versions.get(name)?.equals(hop.previous()) && !begun.has(name))
      .map(
        ({ name }): Moment => ({ cluster: name, hop, phase: "before", controlPlane: hop.previous(), isLast: false }),
      );
    for (const { cluster } of before) begun.add(cluster);
    const others = going.flatMap(({ name }): Moment[] => {
      const version = versions.get(name) as KubernetesVersion;
      const isUpgraded = version.isBefore(hop);
      const controlPlane = isUpgraded ? hop : version;
      versions.set(name, controlPlane);
      const after: Moment = {
        cluster: name,
        hop,
        phase: "after",
        controlPlane,
        isLast: hop.equals(target) && controlPlane.equals(target),
      };
      return isUpgraded ? [{ ...after, phase: "upgrade", isLast: false }, after] : [after];
    });
    return [...before, ...others];
  });
}

type GroupIn = readonly [cluster: string, group: Cluster["nodeGroups"][number]];

function groupsOf(clusters: readonly Cluster[], name: string): GroupIn[] {
  return clusters.flatMap((cluster) =>
    cluster.nodeGroups.filter((group) => group.name === name).map((group): GroupIn => [cluster.name, group]),
  );
}

function bestTrail(name: string, wish: RollWish, moments: readonly Moment[]): readonly number[] {
  const groups = new Map(groupsOf(wish.clusters, name));
  const start = [...groups].flatMap(([cluster, group]): [string, KubernetesVersion][] => {
    const version = knownVersion(group.version);
    return version ? [[cluster, version]] : [];
  });
  let trails: readonly Trail[] = [{ kubelets: new Map(start), dead: 0, rolls: [] }];
  for (const [index, moment] of moments.entries()) {
    const group = groups.get(moment.cluster);
    if (!group) continue;
    trails = best(
      trails.flatMap((trail) => {
        if (moment.phase === "upgrade") return [upgraded(trail, moment)];
        if (!mayRoll(trail, moment, group, wish)) return [trail];
        const rolled = rolledAt(trail, moment, index);
        return moment.isLast || wish.nodes === "each-hop" ? [rolled] : [trail, rolled];
      }),
    );
  }
  return trails.reduce((a, b) => (isBetter(b, a) ? b : a)).rolls;
}

/** Whether a group is behind its control plane and may roll to its version now. */
function mayRoll(
  { kubelets }: Trail,
  { cluster, controlPlane }: Moment,
  group: GroupIn[1],
  { clusters, proven }: RollWish,
): boolean {
  if (!kubelets.get(cluster)?.isBefore(controlPlane) || endedAmi(group, controlPlane)) return false;
  const [staging, production] = clusters;
  const theirs = staging && kubelets.get(staging.name);
  return production?.name !== cluster || theirs === undefined || proven(group.name, controlPlane, theirs);
}

/** A control plane that no roll lets go on blocks; to see what comes after, the nodes count as brought along. */
function upgraded(trail: Trail, { cluster, controlPlane }: Moment): Trail {
  const kubelet = trail.kubelets.get(cluster);
  if (!kubelet || !holdsBack(kubelet, controlPlane)) return trail;
  const kubelets = new Map(trail.kubelets).set(cluster, controlPlane.previous());
  return { ...trail, kubelets, dead: trail.dead + 1 };
}

function rolledAt(trail: Trail, { cluster, controlPlane }: Moment, index: number): Trail {
  return {
    ...trail,
    kubelets: new Map(trail.kubelets).set(cluster, controlPlane),
    rolls: [...trail.rolls, index],
  };
}

/** The best trail to each state. */
function best(trails: readonly Trail[]): Trail[] {
  const byState = new Map<string, Trail>();
  for (const trail of trails) {
    const key = [...trail.kubelets.values()].join(" ");
    const known = byState.get(key);
    if (!known || isBetter(trail, known)) byState.set(key, trail);
  }
  return [...byState.values()];
}

/** Fewer dead ends, then fewer rolls, then later ones. */
function isBetter(a: Trail, b: Trail): boolean {
  const sum = ({ rolls }: Trail) => rolls.reduce((total, index) => total + index, 0);
  return (a.dead - b.dead || a.rolls.length - b.rolls.length || sum(b) - sum(a)) < 0;
}
