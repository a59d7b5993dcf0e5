import { chartPin } from "./cluster-state";
import type { Cluster, Described, Release } from "./model";

/** What a cluster is described to run of one part. */
export interface PinnedPart {
  /** The part, as in `ClusterHistory.held`. */
  readonly part: string;
  /** The part as the start of a sentence, such as `Add-on coredns`. */
  readonly name: string;
  readonly pin: string;
  readonly construct: Described;
}

/** The versions that a cluster is described to run, by part. Those that only Terraform knows are left out; `version-unknown` reports them. */
export function pinnedParts(cluster: Cluster): PinnedPart[] {
  const stated = [
    { part: "version", name: "The control plane", pin: cluster.version, construct: cluster },
    ...cluster.nodeGroups.map((group) => ({
      part: `nodeGroups.${group.name}.version`,
      name: `Node group ${group.name}`,
      pin: group.version,
      construct: group,
    })),
    ...cluster.addons.map((addon) => ({
      part: `addons.${addon.name}`,
      name: `Add-on ${addon.name}`,
      pin: addon.version,
      construct: addon,
    })),
    ...cluster.releases.map((release) => ({
      part: `releases.${release.name}`,
      name: `Release ${release.name}`,
      pin: pinOfRelease(release),
      construct: release,
    })),
  ];
  return stated.flatMap(({ pin, ...part }) => (pin === null ? [] : [{ ...part, pin }]));
}

/** The version and the digest that a release is described to have. */
export function pinOfRelease({ chart, lock }: Release): string {
  return chartPin(chart, lock && "digest" in lock ? lock.digest : undefined);
}
