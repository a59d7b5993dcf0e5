import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { createAutoModeNodeRole } from "./cluster-roles";
import type { EksClusterProps } from "./eks-cluster-props";

const NODE_POOLS = ["general-purpose", "system"] as const;

/** The blocks of `aws_eks_cluster` that EKS Auto Mode is switched on and off with. EKS takes all three together. */
export interface AutoModeBlocks {
  readonly blocks: Pick<EksClusterConfig, "computeConfig" | "storageConfig">;
  /** Of `kubernetesNetworkConfig`. */
  readonly elasticLoadBalancing?: { readonly enabled: boolean };
  /** What has to stand before EKS can run nodes. */
  readonly attachments: readonly ITerraformDependable[];
}

/** What a cluster has of EKS Auto Mode: nothing where it is not spoken of. */
export function autoModeBlocks(scope: Construct, clusterName: string, props: EksClusterProps): AutoModeBlocks {
  const { autoMode } = props;
  if (autoMode === undefined) return { blocks: {}, attachments: [] };
  const enabled = autoMode !== false;
  const nodePools = autoMode ? (autoMode.nodePools ?? NODE_POOLS) : [];
  // EKS takes a node role with node pools and refuses it without.
  const role = nodePools.length > 0 ? createAutoModeNodeRole(scope, clusterName, props) : undefined;
  return {
    blocks: {
      computeConfig: { enabled, ...(role && { nodePools: [...nodePools], nodeRoleArn: role.arn }) },
      storageConfig: { blockStorage: { enabled } },
    },
    elasticLoadBalancing: { enabled },
    attachments: role?.attachments ?? [],
  };
}
