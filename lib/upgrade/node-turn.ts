import { AmiType, amiAvailability, amiType } from "../domain/ami-type";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, NodeGroup } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { kubeletSkew } from "../domain/version-skew";

/** A node group whose version is known. */
export interface DatedGroup {
  readonly group: NodeGroup;
  readonly version: KubernetesVersion;
}

/** The node groups of a cluster that are older than a version. */
export function groupsBehind({ nodeGroups }: Cluster, kubernetes: KubernetesVersion): DatedGroup[] {
  return nodeGroups.flatMap((group) => {
    const version = knownVersion(group.version);
    return version?.isBefore(kubernetes) ? [{ group, version }] : [];
  });
}

/** Whether the version skew keeps a control plane from going to a version while the kubelets are at theirs. */
export function holdsBack(kubelets: KubernetesVersion, controlPlane: KubernetesVersion): boolean {
  return !kubeletSkew(controlPlane.toString(), kubelets.toString()).supported;
}

/** The AMI type of a group, where EKS has no AMI of it for a version. */
export function endedAmi({ amiType }: NodeGroup, kubernetes: KubernetesVersion): { readonly last: string } | undefined {
  if (amiType === null) return undefined;
  const { status, lastMinor } = amiAvailability(amiType, kubernetes.toString());
  return status === "no-longer" && lastMinor !== undefined ? { last: lastMinor } : undefined;
}

/** A cluster whose groups of these names run another version, each in the newest AMI release of it. */
export function withNodes(cluster: Cluster, names: readonly string[], kubernetes: KubernetesVersion): Cluster {
  const rolled = ({ releaseVersion: _releaseVersion, ...group }: NodeGroup): NodeGroup => ({
    ...group,
    version: kubernetes.toString(),
  });
  return {
    ...cluster,
    nodeGroups: cluster.nodeGroups.map((group) => (names.includes(group.name) ? rolled(group) : group)),
  };
}

/** The AMI type that takes the place of one that has ended: for the same machines, of the same maker. */
export function successorOf(name: string, kubernetes: KubernetesVersion): AmiType | undefined {
  const ended = amiType(name);
  if (!ended) return undefined;
  const maker = (operatingSystem: string | undefined) => operatingSystem?.split(" ")[0];
  return Object.values(AmiType).find((each) => {
    const facts = amiType(each);
    return (
      facts?.architecture === ended.architecture &&
      maker(facts?.operatingSystem) === maker(ended.operatingSystem) &&
      String(facts?.accelerators) === String(ended.accelerators) &&
      amiAvailability(each, kubernetes.toString()).status === "available"
    );
  });
}
