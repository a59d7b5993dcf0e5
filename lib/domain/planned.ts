import type { Described, Stated } from "./model";

/** What Terraform is about to do, as far as it concerns clusters. */
export interface Planned {
  /** How the plan is called. */
  readonly name: string;
  /** In the plan's order. What it leaves as it is, is not here. */
  readonly changes: readonly PlannedChange[];
  /** What was changed outside of Terraform since its last apply. */
  readonly drift: readonly PlannedDrift[];
  /** False where the plan was made with `-target`, or puts parts off to a later one. */
  readonly isComplete: boolean;
}

export type PlannedKind = "cluster" | "node group" | "add-on" | "release" | "KMS key" | "VPC" | "subnet";

/** `delete-create`: the old one goes before the new one is there. `create-delete`: after that. */
export type PlannedAction = "create" | "update" | "delete" | "delete-create" | "create-delete";

/** What Terraform does with one resource. Its path is the Terraform address. */
export interface PlannedChange extends Described {
  readonly kind: PlannedKind;
  /** Name of the cluster that it is, or belongs to; absent where the plan does not show one. */
  readonly cluster?: string;
  readonly action: PlannedAction;
  /** The arguments that make it a replacement, such as `vpc_config[0].subnet_ids`. */
  readonly forcedBy: readonly string[];
  /** Terraform's own word for why, such as `replace_because_tainted`. */
  readonly reason?: string;
  /** Absent for what is created. */
  readonly before?: PlannedFacts;
  /** Absent for what is deleted. */
  readonly after?: PlannedFacts;
}

/** What the rules need to know of a resource before or after; null where only the apply will know. What it does not have is absent. */
export interface PlannedFacts {
  /** Kubernetes minor version of a control plane or of kubelets; an add-on's build. */
  readonly version?: Stated;
  /** A node group's AMI release. */
  readonly releaseVersion?: Stated;
  /** A node group's launch template and its version, `lt-0a1b version 3`. */
  readonly launchTemplate?: Stated;
  /** The networks that reach a cluster's public endpoint; empty where it is off. */
  readonly publicAccess?: readonly string[] | null;
  readonly deletionProtection?: boolean | null;
  /** Whether an update goes on where EKS would stop it. */
  readonly forceUpdate?: boolean;
}

/** What somebody changed outside of Terraform: a version, or that it is there at all. Its path is the Terraform address. */
export interface PlannedDrift extends Described {
  readonly kind: PlannedKind;
  readonly cluster?: string;
  /** Absent where the resource is gone. */
  readonly version?: {
    /** What was changed, such as `release_version`. */
    readonly argument: string;
    /** What Terraform last knew; null where it knew nothing. */
    readonly from: Stated;
    readonly to: string;
  };
}
