import type { AwsEnvironment } from "../domain/aws";
import type { Environment, SupportType } from "../domain/model";
import type { Network } from "./network";

/** Kubernetes minor versions, such as `1.36`. */
export interface ClusterVersions {
  /** Of the control plane. EKS raises it one minor at a time. */
  readonly controlPlane: string;
  /** Of the node groups that do not name their own. Never ahead of the control plane. */
  readonly nodes: string;
}

/** Who may reach the Kubernetes API from outside of the VPC. */
export interface ClusterEndpoint {
  /**
   * Networks that may reach the public endpoint, in CIDR notation. The private endpoint is always on.
   * @default - no public endpoint
   */
  readonly publicAccessCidrs?: readonly string[];
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
