import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Addon } from "../domain/model";
import {
  addonFor,
  describeAddonVersions,
  followingAddon,
  followsUnknown,
  isAddonRefused,
  nextBuild,
  withAddon,
} from "./addon-turn";
import { type ClusterHop, type Itinerary, stagingOf } from "./itinerary";
import type { Move, Phase, Urgency } from "./plan";

/**
 * Moves the add-ons whose builds do not fit the next version.
 * @returns those that can only move together with the control plane, because no build fits both versions
 */
export function addonsBefore(hop: ClusterHop, itinerary: Itinerary): Move[] {
  const { walk } = itinerary;
  const { from, to } = hop;
  return walk
    .cluster(hop.name)
    .addons.filter((addon) => isAddonRefused(addon, to))
    .flatMap((addon): Move[] => {
      const only = proven(addon, hop, itinerary);
      const why = `Its build ${addon.version} does not fit Kubernetes ${to}.`;
      const both = addonFor(addon, [from, to], only);
      if (both !== undefined && go({ addon, to: both, phase: "before", urgency: "must-now", why }, hop, itinerary))
        return [];
      const together = addonFor(addon, [to], only);
      if (together !== undefined) return [moveOf(addon, together, why, to)];
      block(addon, why, hop, itinerary);
      return [];
    });
}

/** Moves the add-ons that follow the control plane. */
export function addonsAfter(hop: ClusterHop, itinerary: Itinerary): void {
  const { walk } = itinerary;
  const { to } = hop;
  for (const addon of walk.cluster(hop.name).addons) {
    const wanted = wantedBuild(addon, hop, itinerary);
    if (wanted === undefined) {
      if (followsUnknown(addon, to)) lookUp(addon, hop, itinerary);
      continue;
    }
    const isPressing = isAddonRefused(addon, to.next()) && !isAddonRefused({ ...addon, version: wanted }, to.next());
    const urgency = isPressing ? "must-before-next-hop" : "should";
    const why = `Its build ${addon.version} was not seen on Kubernetes ${to}, ${wanted} was.`;
    go({ addon, to: wanted, phase: "after", urgency, why }, hop, itinerary);
  }
}

/** Production takes the build that staging runs. */
function wantedBuild(addon: Addon, hop: ClusterHop, itinerary: Itinerary): string | undefined {
  const following = followingAddon(addon, hop.to);
  const only = proven(addon, hop, itinerary);
  if (following === undefined || only === undefined) return following;
  return only === addon.version ? undefined : addonFor(addon, [hop.to], only);
}

function proven({ name }: Addon, hop: ClusterHop, { walk }: Itinerary): string | null | undefined {
  return stagingOf(walk, walk.cluster(hop.name))?.addons.find((each) => each.name === name)?.version;
}

interface AddonMove {
  readonly addon: Addon;
  readonly to: string;
  readonly phase: Phase;
  readonly urgency: Urgency;
  readonly why: string;
}

/**
 * Takes an add-on to a build, or one minor version of its own nearer to it: the next hop takes it further, so that production gets each
 * build that staging has proven.
 * @returns false where the way there is longer than a step that is needed now may be, or not known
 */
function go({ addon, to, phase, urgency, why }: AddonMove, hop: ClusterHop, { walk }: Itinerary): boolean {
  const build = nextBuild(addon, to);
  if (build === undefined || (build !== to && urgency === "must-now")) return false;
  const detour =
    build === to ? "" : ` ${addon.name} goes one minor version of its own at a time; ${to} is the one to get to.`;
  walk.take({
    kind: "add-on",
    phase,
    urgency,
    moves: [moveOf(addon, build, why, hop.to)],
    why: `${why}${detour}`,
    after: withAddon(walk.cluster(hop.name), addon.name, build),
    tag: addon.name,
  });
  return true;
}

function moveOf({ name, version }: Addon, to: string, why: string, kubernetes: KubernetesVersion): Move {
  return { kind: "add-on", name, from: String(version), to, why, lookUp: describeAddonVersions(name, kubernetes) };
}

/** No build is known, and none is made up. */
function lookUp({ name, version }: Addon, { name: cluster, to }: ClusterHop, { walk }: Itinerary): void {
  const why = `${name} follows the control plane to ${to}; which builds EKS offers for it is not known here.`;
  const command = describeAddonVersions(name, to);
  walk.take({
    kind: "add-on",
    phase: "after",
    urgency: "should",
    moves: [{ kind: "add-on", name, from: String(version), why, lookUp: command }],
    why,
    after: walk.cluster(cluster),
    notes: [`Look the build up: ${command}.`],
    tag: name,
  });
}

function block(addon: Addon, why: string, { name, to }: ClusterHop, { walk }: Itinerary): void {
  const { environment } = walk.cluster(name);
  walk.block({
    hop: to.toString(),
    cluster: name,
    ...(environment && { environment }),
    kind: "add-on",
    name: addon.name,
    rule: "addon-incompatible",
    why: `${why} No newer build that does is known here.`,
    unblock: `State one of ${describeAddonVersions(addon.name, to)} in the code, and plan again.`,
    path: addon.path,
    ...(addon.location && { location: addon.location }),
  });
}
