import type { NodeGroupState, ReleaseState } from "../domain/cluster-state";
import type { ClusterHistory } from "../domain/history";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Addon, Cluster, NodeGroup, Release } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import type { Start } from "./plan";
import { renderedFor, unrendered } from "./rendered-for";

/** A cluster as it runs before the first step, and what is to be said of that. */
export interface StartingPoint {
  readonly cluster: Cluster;
  readonly start: Start;
}

/**
 * What a cluster runs: the parts that the code describes, in the versions that the history recorded last. Without a history, as the code
 * describes it.
 * @throws TandemError when the version of the control plane is not known: there is no way from nowhere
 */
export function startingPoint(described: Cluster, history: ClusterHistory | undefined): StartingPoint {
  const cluster = history ? asRecorded(described, history) : described;
  const version = KubernetesVersion.tryParse(cluster.version);
  if (!version) {
    throw new TandemError(
      `which Kubernetes version cluster ${cluster.name} runs is not known (${JSON.stringify(cluster.version)}), so that there is no way ` +
        "from it; state versions.controlPlane in the code, such as 1.36",
    );
  }
  const nodes = nodesOf(cluster);
  const { name, environment } = cluster;
  return {
    cluster,
    start: {
      cluster: name,
      ...(environment && { environment }),
      version: version.toString(),
      ...(nodes && { nodes }),
      basis: history ? "recorded" : "described",
      ...(history && { recordedAt: history.latest.at }),
      undeployed: history ? undeployed(described, history) : [],
    },
  };
}

function asRecorded(described: Cluster, { state }: ClusterHistory): Cluster {
  return {
    ...described,
    version: state.version,
    supportType: state.supportType,
    nodeGroups: described.nodeGroups.map((group) => groupAsRecorded(group, own(state.nodeGroups, group.name))),
    addons: described.addons.map((addon) => ({ ...addon, version: own(state.addons, addon.name) ?? addon.version })),
    releases: described.releases.map((release) =>
      releaseAsRecorded(release, own(state.releases, release.name), state.version),
    ),
  };
}

function groupAsRecorded(group: NodeGroup, state: NodeGroupState | undefined): NodeGroup {
  if (!state) return group;
  const { releaseVersion: _releaseVersion, ...rest } = group;
  return { ...rest, ...state };
}

function releaseAsRecorded(release: Release, state: ReleaseState | undefined, kubernetes: string): Release {
  if (!state) return renderedFor(release, kubernetes);
  const { digest: _digest, ...recorded } = state;
  if (isSame(release.chart, state.chart) && release.valuesHash === state.valuesHash)
    return renderedFor(release, kubernetes);
  const { contents: _contents, appVersion: _appVersion, ...rest } = unrendered(release);
  return { ...rest, ...recorded };
}

/** What is described and not recorded: one sentence for each kind of it. */
function undeployed(described: Cluster, { state }: ClusterHistory): string[] {
  const { name } = described;
  return [
    ...(described.version === state.version
      ? []
      : [`The code describes control plane ${described.version} for ${name}; ${state.version} is recorded.`]),
    ...unlike("Node groups", name, described.nodeGroups, (group) => {
      const recorded = own(state.nodeGroups, group.name);
      return recorded?.version === group.version && recorded?.amiType === group.amiType;
    }),
    ...unlike("Add-ons", name, described.addons, (addon: Addon) => own(state.addons, addon.name) === addon.version),
    ...unlike("Releases", name, described.releases, ({ name: release, chart, valuesHash }: Release) => {
      const recorded = own(state.releases, release);
      return recorded !== undefined && isSame(chart, recorded.chart) && valuesHash === recorded.valuesHash;
    }),
  ];
}

function unlike<T extends { readonly name: string }>(
  kind: string,
  cluster: string,
  parts: readonly T[],
  isRecorded: (part: T) => boolean,
): string[] {
  const names = parts.filter((part) => !isRecorded(part)).map(({ name }) => name);
  if (names.length === 0) return [];
  return [`${kind} of ${cluster} that the code describes otherwise than they are recorded: ${names.join(", ")}.`];
}

function nodesOf({ nodeGroups }: Cluster): Start["nodes"] {
  const versions = nodeGroups
    .flatMap(({ version }) => KubernetesVersion.tryParse(version) ?? [])
    .sort((a, b) => a.compare(b));
  const [oldest, newest] = [versions[0], versions.at(-1)];
  return oldest && newest ? { oldest: oldest.toString(), newest: newest.toString() } : undefined;
}

function own<T>(parts: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}

function isSame(a: object, b: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());
  return sorted(a) === sorted(b);
}
