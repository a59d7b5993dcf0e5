import type { AmiType } from "../domain/ami-type";

/** How many nodes a group has. */
export interface NodeGroupSize {
  readonly min: number;
  readonly max: number;
  /**
   * At creation; afterwards the autoscaler owns the number and Terraform leaves it alone.
   * @default - `min`, and 1 at least where `max` allows
   */
  readonly desired?: number;
}

/** A taint of the nodes. */
export interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

/** What describes a managed node group. */
export interface NodeGroupOptions {
  /**
   * EKS's name of the image; with `amiId` that of the image it was built from. A type that is not known here is a finding
   * (`ami-type-unavailable`).
   */
  readonly amiType: AmiType | (string & {});
  /** EC2 instance types, all of the image's architecture, such as `m7g.large`. */
  readonly instanceTypes: readonly string[];
  readonly size: NodeGroupSize;
  /**
   * Kubernetes minor version of the kubelets. With `amiId` it has to be stated: it is what the image was built with, and EKS is not
   * told.
   * @default - `versions.nodes` of the cluster
   */
  readonly version?: string;
  /**
   * Exact release of the image, such as `1.35.2-20260214`.
   * @default - the newest of `version` when the group is created
   */
  readonly releaseVersion?: string;
  /**
   * An image of your own, such as `ami-0a1b2c3d4e5f67890`. EKS then neither chooses an image nor updates it: another image is another
   * `amiId` and `version`. EKS moves no group from its images to yours or back; give such a group another name.
   * @default - the image of EKS that `amiType` and `version` name
   */
  readonly amiId?: string;
  /**
   * What nodes with an image of your own run when they start, before base64: it has to make them join the cluster.
   * @default - for AL2023 what nodeadm wants and for Bottlerocket its settings, each with the labels and taints; other images have none
   */
  readonly userData?: string;
  /** @default "ON_DEMAND" */
  readonly capacityType?: "ON_DEMAND" | "SPOT";
  /**
   * Size of the encrypted gp3 volume of images and pods in GiB.
   * @default 50
   */
  readonly diskSize?: number;
  /**
   * Number of nodes that an update may take away at a time, 1 to 100, in the place of a share of them.
   * @default - a share of the nodes
   */
  readonly maxUnavailable?: number;
  /**
   * Share of the nodes that an update may take away at a time, in percent.
   * @default 33
   */
  readonly maxUnavailablePercentage?: number;
  /**
   * Whether EKS replaces nodes that it finds unhealthy; wants the add-on eks-node-monitoring-agent for more than the kubelet's own word.
   * @default true
   */
  readonly nodeRepair?: boolean;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly taints?: readonly NodeTaint[];
  /**
   * Subnets of the nodes.
   * @default - those of the cluster
   */
  readonly subnetIds?: readonly string[];
}
