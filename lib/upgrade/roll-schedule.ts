import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { endedAmi, holdsBack } from "./node-turn";

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

/**
 * The fewest rolls that the version skew allows, as late as they can be. Groups do not depend on each other, but those of one name in
 * both clusters do: production's may not be ahead of staging's. So each is solved by itself, moment by moment, keeping the best way to
 * each state.
 */
export function rollSchedule(
  clusters: readonly Cluster[],
  hops: readonly KubernetesVersion[],
  target: KubernetesVersion,
): RollSchedule {
  const moments = momentsOf(clusters, hops, target);
  const solved = new Map<string, readonly number[]>();
  const rolls = new Set<string>();
  for (const name of new Set(clusters.flatMap(({ nodeGroups }) => nodeGroups.map((group) => group.name)))) {
    const key = JSON.stringify(
      groupsOf(clusters, name).map(([cluster, group]) => [cluster, group.version, group.amiType]),
    );
    const best = solved.get(key) ?? bestTrail(name, clusters, moments);
    solved.set(key, best);
    for (const index of best) rolls.add(keyOf(moments[index] as Moment, name));
  }
  return {
    has: (cluster, group, hop, phase) => rolls.has(keyOf({ cluster, hop, phase }, group)),
  };
}

function keyOf({ cluster, hop, phase }: Pick<Moment, "cluster" | "hop" | "phase">, group: string): string {
  return [cluster, hop, phase, group].join(" ");
}

function momentsOf(
  clusters: readonly Cluster[],
  hops: readonly KubernetesVersion[],
  target: KubernetesVersion,
): Moment[] {
  const versions = new Map(clusters.map(({ name, version }) => [name, knownVersion(version)]));
  return hops.flatMap((hop) =>
    clusters.flatMap(({ name }): Moment[] => {
      const version = versions.get(name);
      if (!version || version.isBefore(hop.previous())) return [];
      const moment = (phase: Moment["phase"], controlPlane: KubernetesVersion): Moment => ({
        cluster: name,
        hop,
        phase,
        controlPlane,
        isLast: phase === "after" && controlPlane.equals(target) && hop.equals(target),
      });
      if (!version.isBefore(hop)) return [moment("after", version)];
      versions.set(name, hop);
      return [moment("before", version), moment("upgrade", hop), moment("after", hop)];
    }),
  );
}

type GroupIn = readonly [cluster: string, group: Cluster["nodeGroups"][number]];

function groupsOf(clusters: readonly Cluster[], name: string): GroupIn[] {
  return clusters.flatMap((cluster) =>
    cluster.nodeGroups.filter((group) => group.name === name).map((group): GroupIn => [cluster.name, group]),
  );
}

function bestTrail(name: string, clusters: readonly Cluster[], moments: readonly Moment[]): readonly number[] {
  const groups = new Map(groupsOf(clusters, name));
  const staging = clusters.find(({ environment }) => environment === "staging")?.name;
  const start = [...groups].flatMap(([cluster, group]): [string, KubernetesVersion][] => {
    const version = knownVersion(group.version);
    return version ? [[cluster, version]] : [];
  });
  let trails: Trail[] = [{ kubelets: new Map(start), dead: 0, rolls: [] }];
  for (const [index, moment] of moments.entries()) {
    const kubelet = (trail: Trail) => trail.kubelets.get(moment.cluster);
    const group = groups.get(moment.cluster);
    if (!group) continue;
    trails = best(
      trails.flatMap((trail) => {
        if (moment.phase === "upgrade") return [upgraded(trail, moment)];
        const isBehind = kubelet(trail)?.isBefore(moment.controlPlane) && !endedAmi(group, moment.controlPlane);
        const ahead = moment.cluster === staging ? undefined : trail.kubelets.get(staging ?? "");
        if (!isBehind || ahead?.isBefore(moment.controlPlane)) return [trail];
        const rolled = rolledAt(trail, moment, index);
        return moment.isLast ? [rolled] : [trail, rolled];
      }),
    );
  }
  return trails.reduce((a, b) => (isBetter(b, a) ? b : a)).rolls;
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
