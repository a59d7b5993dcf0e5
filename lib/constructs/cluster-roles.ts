import type { Construct } from "constructs";
import { partitionOf } from "../domain/aws";
import type { EksClusterProps } from "./eks-cluster-props";
import { existingRole, type InlinePolicy, type Role, ServiceRole } from "./service-role";

const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"];
const SESSION_POLICY = "AmazonSSMManagedInstanceCore";
/** The managed CNI policy covers IPv4 alone. https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html */
const IPV6_CNI_POLICY = (partition: string): InlinePolicy => ({
  name: "cni-ipv6",
  statements: [
    {
      Effect: "Allow",
      Action: [
        "ec2:AssignIpv6Addresses",
        "ec2:DescribeInstances",
        "ec2:DescribeTags",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeInstanceTypes",
      ],
      Resource: "*",
    },
    { Effect: "Allow", Action: ["ec2:CreateTags"], Resource: `arn:${partition}:ec2:*:*:network-interface/*` },
  ],
});
/** https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html */
const AUTO_MODE_POLICIES = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];
/** https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html */
const AUTO_MODE_NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];

/** The role of the control plane. */
export function createControlPlaneRole(scope: Construct, clusterName: string, props: EksClusterProps): Role {
  if (props.roles?.controlPlane !== undefined) return existingRole(props.roles.controlPlane);
  return new ServiceRole(scope, "role", {
    name: `${clusterName}-cluster`,
    service: "eks.amazonaws.com",
    policies: ["AmazonEKSClusterPolicy", ...(props.autoMode ? AUTO_MODE_POLICIES : [])],
    partition: partitionOf(props.aws.region),
  });
}

/** The role of the managed node groups. */
export function createNodeRole(scope: Construct, clusterName: string, props: EksClusterProps): Role {
  if (props.roles?.nodes !== undefined) return existingRole(props.roles.nodes);
  return createEc2NodeRole(scope, `${clusterName}-node`, props);
}

/** The role of the managed node groups of Windows. */
export function createWindowsNodeRole(scope: Construct, clusterName: string, props: EksClusterProps): Role {
  if (props.roles?.windowsNodes !== undefined) return existingRole(props.roles.windowsNodes);
  return createEc2NodeRole(scope, `${clusterName}-windows-node`, props);
}

/** The role of the nodes that Karpenter starts. It is none of the node groups', for EKS makes that one's access entry and removes it. */
export function createKarpenterNodeRole(scope: Construct, clusterName: string, props: EksClusterProps): Role {
  return createEc2NodeRole(scope, `${clusterName}-karpenter-node`, props);
}

function createEc2NodeRole(scope: Construct, name: string, props: EksClusterProps): Role {
  const partition = partitionOf(props.aws.region);
  return new ServiceRole(scope, "node-role", {
    name,
    service: "ec2.amazonaws.com",
    policies: [...NODE_POLICIES, ...(props.sessionManager ? [SESSION_POLICY] : [])],
    ...(props.kubernetesNetwork?.ipFamily === "ipv6" && { inlinePolicy: IPV6_CNI_POLICY(partition) }),
    partition,
  });
}

/** The role of the nodes that EKS Auto Mode runs. It is none of the node groups', for EKS makes it an access entry of another type. */
export function createAutoModeNodeRole(scope: Construct, clusterName: string, props: EksClusterProps): Role {
  return new ServiceRole(scope, "auto-node-role", {
    name: `${clusterName}-auto-node`,
    service: "ec2.amazonaws.com",
    policies: AUTO_MODE_NODE_POLICIES,
    partition: partitionOf(props.aws.region),
  });
}
