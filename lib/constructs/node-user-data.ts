import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import type { NodeGroupOptions, NodeTaint } from "./node-group-props";

/** Kubernetes' names of the effects, which EKS writes in its own way. */
const EFFECTS: Readonly<Record<NodeTaint["effect"], string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** Whether `userDataOf` knows how nodes of images built from `amiType` join a cluster. */
export function makesUserData(amiType: string): boolean {
  return amiType.startsWith("AL2023_") || amiType.startsWith("BOTTLEROCKET_");
}

/**
 * What nodes with an image of the user's own need to join the cluster: EKS adds nothing where a launch template names the image. The
 * kubelet registers with the labels and taints, so that no pod comes before them.
 */
export function userDataOf(cluster: EksClusterResource, clusterName: string, options: NodeGroupOptions): string {
  const lines = options.amiType.startsWith("BOTTLEROCKET_") ? bottlerocketSettings : nodeConfig;
  return lines(cluster, clusterName, options).join("\n");
}

/** https://awslabs.github.io/amazon-eks-ami/nodeadm/ */
function nodeConfig(
  cluster: EksClusterResource,
  clusterName: string,
  { labels = {}, taints = [] }: NodeGroupOptions,
): string[] {
  const flags = [
    ...flag(
      "--node-labels",
      Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ),
    ...flag(
      "--register-with-taints",
      taints.map(({ key, value = "", effect }) => `${key}=${value}:${EFFECTS[effect]}`),
    ),
  ];
  return [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="NODE-CONFIG"',
    "",
    "--NODE-CONFIG",
    "Content-Type: application/node.eks.aws",
    "",
    "---",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  cluster:",
    `    name: "${clusterName}"`,
    `    apiServerEndpoint: "${cluster.endpoint}"`,
    `    certificateAuthority: "${cluster.certificateAuthority.get(0).data}"`,
    `    cidr: "${serviceCidr(cluster)}"`,
    ...(flags.length > 0 ? ["  kubelet:", "    flags:", ...flags.map((each) => `      - "${each}"`)] : []),
    "",
    "--NODE-CONFIG--",
    "",
  ];
}

/** Of services; EKS chooses it unless the user does. */
function serviceCidr({ kubernetesNetworkConfig, kubernetesNetworkConfigInput }: EksClusterResource): string {
  const { serviceIpv4Cidr, serviceIpv6Cidr } = kubernetesNetworkConfig;
  return kubernetesNetworkConfigInput?.ipFamily === "ipv6" ? serviceIpv6Cidr : serviceIpv4Cidr;
}

function flag(name: string, values: readonly string[]): string[] {
  return values.length > 0 ? [`${name}=${values.join(",")}`] : [];
}

/** https://bottlerocket.dev/en/os/latest/api/settings/kubernetes/ */
function bottlerocketSettings(
  cluster: EksClusterResource,
  clusterName: string,
  { labels = {}, taints = [] }: NodeGroupOptions,
): string[] {
  const labelLines = Object.entries(labels).map(([key, value]) => `"${key}" = "${value}"`);
  const taintLines = [...taintsByKey(taints)].map(
    ([key, values]) => `"${key}" = [${values.map((value) => `"${value}"`).join(", ")}]`,
  );
  return [
    "[settings.kubernetes]",
    `cluster-name = "${clusterName}"`,
    `api-server = "${cluster.endpoint}"`,
    `cluster-certificate = "${cluster.certificateAuthority.get(0).data}"`,
    ...(labelLines.length > 0 ? ["", "[settings.kubernetes.node-labels]", ...labelLines] : []),
    ...(taintLines.length > 0 ? ["", "[settings.kubernetes.node-taints]", ...taintLines] : []),
    "",
  ];
}

function taintsByKey(taints: readonly NodeTaint[]): Map<string, string[]> {
  const byKey = new Map<string, string[]>();
  for (const { key, value = "", effect } of taints) {
    byKey.set(key, [...(byKey.get(key) ?? []), `${value}:${EFFECTS[effect]}`]);
  }
  return byKey;
}
