import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import { partitionOf } from "../domain/aws";
import type { ControlPlaneLogType, EksClusterProps } from "./eks-cluster-props";
import { ServiceRole } from "./service-role";

const ALL_LOG_TYPES: readonly ControlPlaneLogType[] = [
  "api",
  "audit",
  "authenticator",
  "controllerManager",
  "scheduler",
];
const LOG_RETENTION_DAYS = 90;
/** Days in which the deletion of the key can be taken back: the longest that KMS offers, for losing it loses every secret. */
const KEY_DELETION_WINDOW_DAYS = 30;

export interface ControlPlaneProps extends EksClusterProps {
  readonly name: string;
  readonly subnetIds: readonly string[];
}

/**
 * The `aws_eks_cluster` of a cluster with its role, its key and its log group, all below `scope`; the cluster itself has the id
 * `Resource`. The defaults are the EKS best practices: https://docs.aws.amazon.com/eks/latest/best-practices/
 */
export function createControlPlane(scope: Construct, props: ControlPlaneProps): EksClusterResource {
  const production = props.environment === "production";
  const role = new ServiceRole(scope, "role", {
    name: `${props.name}-cluster`,
    service: "eks.amazonaws.com",
    policies: ["AmazonEKSClusterPolicy"],
    partition: partitionOf(props.aws.region),
  });
  const key = createSecretsKey(scope, props.name);
  // EKS would create the log group itself, without retention, and Terraform could not own it.
  const logs = new CloudwatchLogGroup(scope, "logs", {
    name: `/aws/eks/${props.name}/cluster`,
    retentionInDays: props.logging?.retentionDays ?? LOG_RETENTION_DAYS,
  });
  const publicAccessCidrs = props.endpoint?.publicAccessCidrs ?? [];
  return new EksClusterResource(scope, "Resource", {
    name: props.name,
    version: props.versions.controlPlane,
    roleArn: role.arn,
    bootstrapSelfManagedAddons: false,
    deletionProtection: props.deletionProtection ?? production,
    enabledClusterLogTypes: [...(props.logging?.types ?? ALL_LOG_TYPES)],
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    encryptionConfig: { resources: ["secrets"], provider: { keyArn: key.arn } },
    upgradePolicy: { supportType: props.supportType },
    vpcConfig: {
      subnetIds: [...props.subnetIds],
      endpointPrivateAccess: true,
      endpointPublicAccess: publicAccessCidrs.length > 0,
      ...(publicAccessCidrs.length > 0 && { publicAccessCidrs: [...publicAccessCidrs] }),
    },
    zonalShiftConfig: { enabled: props.zonalShift ?? production },
    dependsOn: [...role.attachments, logs],
    lifecycle: { preventDestroy: true },
  });
}

function createSecretsKey(scope: Construct, clusterName: string): KmsKey {
  const key = new KmsKey(scope, "key", {
    description: `Kubernetes secrets of the EKS cluster ${clusterName}`,
    enableKeyRotation: true,
    deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
  });
  new KmsAlias(scope, "key-alias", { name: `alias/eks/${clusterName}`, targetKeyId: key.keyId });
  return key;
}
