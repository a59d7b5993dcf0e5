import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type EksClusterConfig, EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { DEFAULT_LOG_RETENTION_DAYS } from "../domain/log-retention";
import { type AutoModeBlocks, autoModeBlocks } from "./auto-mode";
import { createControlPlaneRole } from "./cluster-roles";
import type { ControlPlaneLogType, EksClusterProps } from "./eks-cluster-props";
import { RemovedBlock } from "./removed-block";
import type { Role } from "./service-role";

const ALL_LOG_TYPES: readonly ControlPlaneLogType[] = [
  "api",
  "audit",
  "authenticator",
  "controllerManager",
  "scheduler",
];
const SECRETS_KEY_ID = "key";
/** Days in which the deletion of the key can be taken back: the longest that KMS offers, for losing it loses every secret. */
const KEY_DELETION_WINDOW_DAYS = 30;
/**
 * EKS reads these when it creates a cluster and never again. Terraform would replace a cluster to change them, one that was imported
 * included, of which it cannot know them.
 */
const READ_AT_CREATION = [
  "bootstrap_self_managed_addons",
  "access_config[0].bootstrap_cluster_creator_admin_permissions",
];

export interface ControlPlaneProps extends EksClusterProps {
  readonly name: string;
  readonly subnetIds: readonly string[];
  /** What has to stand before nodes can reach anything: EKS Auto Mode starts some as soon as the cluster is there. */
  readonly waysOut: readonly ITerraformDependable[];
}

/** The `aws_eks_cluster` of a cluster and its log group. */
export interface ControlPlane {
  readonly resource: EksClusterResource;
  readonly logs: CloudwatchLogGroup;
  readonly role: Role;
}

/**
 * The `aws_eks_cluster` of a cluster with its role, its key and its log group, all below `scope`; the cluster itself has the id
 * `Resource`. The defaults are the EKS best practices: https://docs.aws.amazon.com/eks/latest/best-practices/
 */
export function createControlPlane(scope: Construct, props: ControlPlaneProps): ControlPlane {
  const production = props.environment === "production";
  const role = createControlPlaneRole(scope, props.name, props);
  const keyArn = secretsKeyArn(scope, props);
  const logs = createLogGroup(scope, props);
  const autoMode = autoModeBlocks(scope, props.name, props);
  const resource = new EksClusterResource(scope, "Resource", {
    name: props.name,
    version: props.versions.controlPlane,
    roleArn: role.arn,
    bootstrapSelfManagedAddons: false,
    deletionProtection: props.deletionProtection ?? production,
    enabledClusterLogTypes: [...(props.logging?.types ?? ALL_LOG_TYPES)],
    accessConfig: {
      authenticationMode: props.access?.authenticationMode ?? "API",
      bootstrapClusterCreatorAdminPermissions: false,
    },
    encryptionConfig: { resources: ["secrets"], provider: { keyArn } },
    upgradePolicy: { supportType: props.supportType },
    vpcConfig: vpcConfigOf(props),
    zonalShiftConfig: { enabled: props.zonalShift ?? production },
    ...kubernetesNetworkOf(props, autoMode),
    ...(props.controlPlaneTier !== undefined && { controlPlaneScalingConfig: { tier: props.controlPlaneTier } }),
    ...autoMode.blocks,
    dependsOn: [...role.attachments, ...autoMode.attachments, logs, ...props.waysOut],
    lifecycle: { preventDestroy: props.preventDestroy ?? true, ignoreChanges: READ_AT_CREATION },
  });
  return { resource, logs, role };
}

/** EKS would create the log group itself, without retention, and Terraform could not own it. */
function createLogGroup(scope: Construct, { name, logging }: ControlPlaneProps): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, "logs", {
    name: `/aws/eks/${name}/cluster`,
    retentionInDays: logging?.retentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
    ...(logging?.kmsKeyArn !== undefined && { kmsKeyId: logging.kmsKeyArn }),
  });
}

function vpcConfigOf({ subnetIds, endpoint = {} }: ControlPlaneProps): EksClusterConfig["vpcConfig"] {
  const { publicAccessCidrs = [], securityGroupIds = [] } = endpoint;
  return {
    subnetIds: [...subnetIds],
    endpointPrivateAccess: true,
    endpointPublicAccess: publicAccessCidrs.length > 0,
    ...(publicAccessCidrs.length > 0 && { publicAccessCidrs: [...publicAccessCidrs] }),
    ...(securityGroupIds.length > 0 && { securityGroupIds: [...securityGroupIds] }),
  };
}

function kubernetesNetworkOf(
  { kubernetesNetwork: { ipFamily, serviceCidr } = {} }: ControlPlaneProps,
  { elasticLoadBalancing }: AutoModeBlocks,
): Pick<EksClusterConfig, "kubernetesNetworkConfig"> {
  if (ipFamily === undefined && serviceCidr === undefined && !elasticLoadBalancing) return {};
  return {
    kubernetesNetworkConfig: {
      ...(ipFamily !== undefined && { ipFamily }),
      ...(serviceCidr !== undefined && { serviceIpv4Cidr: serviceCidr }),
      ...(elasticLoadBalancing && { elasticLoadBalancing }),
    },
  };
}

/** EKS never changes a cluster's key: one that was made here before the user's is still what the secrets are encrypted with. */
function secretsKeyArn(scope: Construct, { name, secretsKeyArn }: ControlPlaneProps): string {
  if (secretsKeyArn === undefined) return createSecretsKey(scope, name).arn;
  new RemovedBlock(scope, SECRETS_KEY_ID, "aws_kms_key");
  return secretsKeyArn;
}

function createSecretsKey(scope: Construct, clusterName: string): KmsKey {
  const key = new KmsKey(scope, SECRETS_KEY_ID, {
    description: `Kubernetes secrets of the EKS cluster ${clusterName}`,
    enableKeyRotation: true,
    deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
  });
  new KmsAlias(scope, "key-alias", { name: `alias/eks/${clusterName}`, targetKeyId: key.keyId });
  return key;
}
