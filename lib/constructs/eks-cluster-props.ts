import type { AwsEnvironment } from "../domain/aws";
import type { Environment, SupportType } from "../domain/model";
import type { Backend } from "./backend";
import type { Network } from "./network";

/** Kubernetes minor versions, such as `1.36`. */
export interface ClusterVersions {
  /** Of the control plane. EKS raises it one minor at a time. */
  readonly controlPlane: string;
  /** Of the node groups that do not name their own. Never ahead of the control plane. */
  readonly nodes: string;
}

/** Who may reach the Kubernetes API. */
export interface ClusterEndpoint {
  /**
   * Networks that may reach the public endpoint, in CIDR notation. The private endpoint is always on.
   * @default - no public endpoint
   */
  readonly publicAccessCidrs?: readonly string[];
  /**
   * IPv4 networks besides the nodes that may reach the private endpoint, in CIDR notation: peered VPCs, a VPN, the runners of CI.
   * @default - the nodes only
   */
  readonly privateAccessCidrs?: readonly string[];
  /**
   * Security groups that the control plane's network interfaces get besides the one that EKS makes.
   * @default - none
   */
  readonly securityGroupIds?: readonly string[];
}

/** Who may administer the cluster. Access entries are used; the `aws-auth` ConfigMap is not. */
export interface ClusterAccess {
  /**
   * ARNs of the IAM principals that are cluster administrators.
   * @default - none
   */
  readonly admins?: readonly string[];
  /**
   * Whether the identity that Terraform runs as is a cluster administrator. The Helm releases need it, unless that identity is
   * one of `admins`.
   * @default true
   */
  readonly deployer?: boolean;
  /**
   * How EKS finds out who somebody is. `API_AND_CONFIG_MAP` is for a cluster that still has an `aws-auth` ConfigMap; EKS does not take
   * a cluster back from `API`.
   * @default "API"
   */
  readonly authenticationMode?: "API" | "API_AND_CONFIG_MAP";
}

export type ControlPlaneLogType = "api" | "audit" | "authenticator" | "controllerManager" | "scheduler";

/** What the control plane logs to CloudWatch. */
export interface ClusterLogging {
  /** @default - all five */
  readonly types?: readonly ControlPlaneLogType[];
  /**
   * Days that CloudWatch keeps the logs.
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * ARN of the KMS key that CloudWatch encrypts the logs with. Its policy has to let `logs.<region>.amazonaws.com` use it.
   * @default - CloudWatch's own key
   */
  readonly kmsKeyArn?: string;
}

export type IpFamily = "ipv4" | "ipv6";

/** Addresses of pods and services. Neither can be changed later: EKS would have to replace the cluster. */
export interface KubernetesNetwork {
  /**
   * With `ipv6` pods and services have IPv6 addresses, and a network that is created gets them too.
   * @default "ipv4"
   */
  readonly ipFamily?: IpFamily;
  /**
   * Range of the services' addresses, /12 to /24, private and outside of the VPC's. Not for `ipv6`, where EKS chooses it.
   * @default - EKS takes 10.100.0.0/16 or 172.20.0.0/16, whichever is free in the VPC
   */
  readonly serviceCidr?: string;
}

/** Roles that exist already, by their ARN. The role of the control plane cannot be changed later. */
export interface ClusterRoles {
  /**
   * Of the control plane.
   * @default - a role of its own with the AWS managed policies
   */
  readonly controlPlane?: string;
  /**
   * Of the managed node groups, but for those of Windows.
   * @default - a role of its own with the AWS managed policies
   */
  readonly nodes?: string;
  /**
   * Of the managed node groups of Windows: a role has one access entry, and theirs is of another type. Where `controlPlane` is given too,
   * that role has to have the AWS managed policy AmazonEKSVPCResourceController.
   * @default - a role of its own with the AWS managed policies
   */
  readonly windowsNodes?: string;
}

/** EKS Auto Mode: EKS runs nodes, their disks, load balancers and the add-ons that nodes need. https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
export interface AutoMode {
  /**
   * The built-in node pools. With none, nodes come from node pools of your own.
   * @default - both
   */
  readonly nodePools?: readonly ("general-purpose" | "system")[];
}

/** Clients that talk to the Kubernetes API and have to stay within its version skew. */
export interface ClusterClients {
  /**
   * Minor version of the kubectl that people and CI use.
   * @default - not judged
   */
  readonly kubectl?: string;
}

/** What describes a cluster, alone or as one of a pair. */
export interface EksClusterOptions {
  readonly aws: AwsEnvironment;
  /**
   * Where Terraform keeps the state of the cluster's stacks, each under a name of its own.
   * @default - a file beside the app, which is for trying out: it is neither shared nor locked
   */
  readonly backend?: Backend;
  readonly versions: ClusterVersions;
  /**
   * EKS `upgradePolicy.supportType`. With `STANDARD` EKS upgrades the control plane by itself when standard support ends; with
   * `EXTENDED` it bills extended support from then on. It has no default, because each costs something.
   */
  readonly supportType: SupportType;
  readonly network: Network;
  /** @default - the private endpoint only */
  readonly endpoint?: ClusterEndpoint;
  /** @default - the identity that Terraform runs as */
  readonly access?: ClusterAccess;
  /** @default - all log types, kept for 90 days */
  readonly logging?: ClusterLogging;
  /** @default - IPv4, and EKS chooses the services' range */
  readonly kubernetesNetwork?: KubernetesNetwork;
  /**
   * ARN of the KMS key that Kubernetes secrets are encrypted with. It cannot be changed later.
   * @default - a key of its own, with rotation
   */
  readonly secretsKeyArn?: string;
  /** @default - roles of its own */
  readonly roles?: ClusterRoles;
  /**
   * EKS Auto Mode; `false` switches it off on a cluster that had it.
   * @default - node groups and add-ons are described
   */
  readonly autoMode?: AutoMode | false;
  /**
   * Provisioned size of the control plane, such as `tier-xl`; what is larger than `standard` costs extra.
   * @default - `standard`, which EKS scales by itself
   */
  readonly controlPlaneTier?: "standard" | "tier-xl" | "tier-2xl" | "tier-4xl" | "tier-8xl" | (string & {});
  /**
   * Whether Terraform refuses to plan anything that destroys the cluster.
   * @default true
   */
  readonly preventDestroy?: boolean;
  /**
   * Whether AWS refuses to delete the cluster.
   * @default - true in production, false elsewhere
   */
  readonly deletionProtection?: boolean;
  /**
   * Whether ARC zonal shift may move traffic away from an impaired availability zone.
   * @default - true in production, false elsewhere
   */
  readonly zonalShift?: boolean;
  /**
   * Whether people may open a shell on the nodes with AWS Systems Manager Session Manager, which needs no SSH key and no open port.
   * A role of the user's (`roles.nodes`) has to allow it itself.
   * @default false
   */
  readonly sessionManager?: boolean;
  /** @default - no client is judged */
  readonly clients?: ClusterClients;
  /**
   * Tags of everything in AWS.
   * @default - only those that name the cluster and its environment
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A version that goes down by intention. */
export interface RollbackOptions {
  /** The minor version to go back to: the one before. */
  readonly to: string;
  /** Why. Reports show it. */
  readonly because: string;
}

/** A cluster in a stack of the user's. */
export interface EksClusterProps extends EksClusterOptions {
  /**
   * The cluster's name in AWS: letters, digits, hyphens and underscores, 100 at most.
   * @default - the name of the stack
   */
  readonly name?: string;
  /**
   * Which of a pair it is. `ClusterPair` sets it.
   * @default - a cluster without a twin
   */
  readonly environment?: Environment;
  /**
   * Name of the pair it belongs to. `ClusterPair` sets it.
   * @default - a cluster without a twin
   */
  readonly pair?: string;
}
