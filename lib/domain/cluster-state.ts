import type { Chart, Cluster, NodeGroup, Release, Rollback, SupportType } from "./model";
import { TandemError } from "./tandem-error";

/** What runs on a cluster, as far as upgrades ask: versions, and what a change of would replace nodes. By name. */
export interface ClusterState {
  /** Kubernetes minor version of the control plane. */
  readonly version: string;
  readonly supportType: SupportType;
  readonly nodeGroups: Readonly<Record<string, NodeGroupState>>;
  /** The EKS builds. */
  readonly addons: Readonly<Record<string, string>>;
  readonly releases: Readonly<Record<string, ReleaseState>>;
  /** `sha256:…` of what they hold. */
  readonly manifests: Readonly<Record<string, string>>;
  /** The declared rollback that led here, where one did. */
  readonly rollback?: Pick<Rollback, "to" | "because">;
}

export interface NodeGroupState extends Pick<NodeGroup, "instanceTypes" | "capacityType"> {
  readonly version: string;
  readonly releaseVersion?: string;
  readonly amiType: string;
}

export interface ReleaseState extends Pick<Release, "namespace" | "chart" | "appVersion" | "valuesHash"> {
  /** `sha256:…` of the chart's archive; absent where no lock file holds it. */
  readonly digest?: string;
}

/**
 * What a cluster of the model runs once it is deployed.
 * @param hashOf `sha256:…` of a value
 * @throws TandemError when only Terraform knows a version: what is not known cannot be recorded
 */
export function clusterState(cluster: Cluster, hashOf: (value: unknown) => string): ClusterState {
  const { name } = cluster;
  return {
    version: known(cluster.version, `the version of cluster ${name}`),
    supportType: cluster.supportType,
    nodeGroups: byName(cluster.nodeGroups, (group) => nodeGroupState(group, name)),
    addons: byName(cluster.addons, (addon) => known(addon.version, `the version of add-on ${addon.name} of ${name}`)),
    releases: byName(cluster.releases, releaseState),
    manifests: byName(cluster.manifests, ({ objects }) => hashOf(objects.map(({ hash }) => hash).sort())),
    ...(cluster.rollback && { rollback: { to: cluster.rollback.to, because: cluster.rollback.because } }),
  };
}

function nodeGroupState(group: NodeGroup, cluster: string): NodeGroupState {
  const { releaseVersion, instanceTypes, capacityType } = group;
  const where = `of node group ${group.name} of ${cluster}`;
  return {
    version: known(group.version, `the version ${where}`),
    ...(releaseVersion !== undefined && { releaseVersion: known(releaseVersion, `the release version ${where}`) }),
    amiType: known(group.amiType, `the AMI type ${where}`),
    instanceTypes,
    capacityType,
  };
}

function releaseState({ namespace, chart, appVersion, valuesHash, lock }: Release): ReleaseState {
  return {
    namespace,
    chart,
    ...(lock && "digest" in lock && { digest: lock.digest }),
    ...(appVersion !== undefined && { appVersion }),
    valuesHash,
  };
}

/** The version that is pinned of a chart; a chart in a folder is pinned by what the folder holds. */
export function chartPin(chart: Chart, digest: string | undefined): string {
  const version = chart.source === "local" ? chart.folder : chart.version;
  return digest === undefined ? version : `${version}@${digest}`;
}

function known(stated: string | null, what: string): string {
  if (stated !== null) return stated;
  throw new TandemError(`${what} is a Terraform value, which nobody knows at synth time; write it out to record it`);
}

function byName<T extends { readonly name: string }, S>(parts: readonly T[], of: (part: T) => S): Record<string, S> {
  return Object.fromEntries(parts.map((part) => [part.name, of(part)]));
}
