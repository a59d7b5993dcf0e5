import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { EksClusterProps } from "./eks-cluster-props";
import { isExisting } from "./network";
import { Vpc } from "./vpc";

/** Where a cluster lies. */
export interface ClusterNetwork {
  /** Absent where it exists already. */
  readonly vpc: Vpc | undefined;
  /** Of the control plane and the nodes. */
  readonly subnetIds: readonly string[];
  /** What has to stand before nodes can reach anything. */
  readonly waysOut: readonly ITerraformDependable[];
}

/** The network that the props ask for, made below `scope` where it does not exist. */
export function createNetwork(
  scope: Construct,
  clusterName: string,
  { network, aws, kubernetesNetwork }: EksClusterProps,
): ClusterNetwork {
  if (isExisting(network.props)) return { vpc: undefined, subnetIds: network.props.subnetIds, waysOut: [] };
  const vpc = new Vpc(scope, "network", {
    clusterName,
    aws,
    ipFamily: kubernetesNetwork?.ipFamily ?? "ipv4",
    network: network.props,
  });
  return { vpc, subnetIds: vpc.privateSubnetIds, waysOut: vpc.waysOut };
}
