import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { dependable, Token } from "cdktf";
import { Construct } from "constructs";
import { AmiType } from "../domain/ami-type";
import { TandemError } from "../domain/tandem-error";
import { describes } from "./description";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { createLaunchTemplate } from "./launch-template";
import { misuse, placed } from "./misuse";
import { requireKubernetesVersion, statedArgument, statedList } from "./stated";
import { userLine } from "./user-line";

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
  /** EKS's name of the image. A type that is not known here is a finding (`ami-type-unavailable`). */
  readonly amiType: AmiType | (string & {});
  /** EC2 instance types, all of the image's architecture, such as `m7g.large`. */
  readonly instanceTypes: readonly string[];
  readonly size: NodeGroupSize;
  /**
   * Kubernetes minor version of the kubelets.
   * @default - `versions.nodes` of the cluster
   */
  readonly version?: string;
  /**
   * Exact release of the image, such as `1.35.2-20260214`.
   * @default - the newest of `version` when the group is created
   */
  readonly releaseVersion?: string;
  /** @default "ON_DEMAND" */
  readonly capacityType?: "ON_DEMAND" | "SPOT";
  /**
   * Size of the encrypted gp3 root volume in GiB.
   * @default 50
   */
  readonly diskSize?: number;
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

export interface NodeGroupProps extends NodeGroupOptions {
  readonly cluster: EksCluster;
}

const MAX_UNAVAILABLE_PERCENT = 33;
/** EKS appends 26 characters to the prefix and allows 63. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const NODE_GROUP_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,35}$/;

/** A managed node group. (AWS writes "nodegroup"; the name here is two words, as in its documentation's prose.) */
export class NodeGroup extends Construct {
  /** The `aws_eks_node_group`. */
  readonly resource: EksNodeGroup;
  /** What stands before the nodes, as Terraform addresses. @internal */
  readonly dependencies: readonly string[];

  /** @throws TandemError when a prop is missing or malformed; the message names it */
  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    const { cluster } = props;
    placed(scope, id, () => requireNodeGroup(id, props));
    const version = requireKubernetesVersion(scope, id, "version", props.version ?? cluster.nodeVersion);
    if (scope.node.tryFindChild(id))
      throw misuse(scope, id, `there are two node groups named "${id}" in ${scope.node.path}; give each its own name`);
    super(scope, id);
    this.dependencies = cluster.nodeRole.attachments.map(dependable);
    this.resource = this.createResource(id, version, props);
    cluster.register(this);
    this.describe(id, props);
    attachGate(cluster.stack);
  }

  private createResource(name: string, version: string, props: NodeGroupProps): EksNodeGroup {
    const { cluster } = props;
    const template = createLaunchTemplate(this, `${cluster.clusterName}-${name}`, props);
    return new EksNodeGroup(this, "Resource", {
      clusterName: cluster.resource.name,
      // A prefix, so that a change which replaces the group can create the new one before it destroys the old one.
      nodeGroupNamePrefix: `${name}-`,
      nodeRoleArn: cluster.nodeRole.arn,
      subnetIds: [...(props.subnetIds ?? cluster.subnetIds)],
      amiType: props.amiType,
      instanceTypes: [...props.instanceTypes],
      capacityType: props.capacityType ?? "ON_DEMAND",
      version,
      ...(props.releaseVersion !== undefined && { releaseVersion: props.releaseVersion }),
      scalingConfig: { minSize: props.size.min, maxSize: props.size.max, desiredSize: desiredSize(props.size) },
      updateConfig: { maxUnavailablePercentage: props.maxUnavailablePercentage ?? MAX_UNAVAILABLE_PERCENT },
      nodeRepairConfig: { enabled: props.nodeRepair ?? true },
      launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
      ...(props.labels && { labels: { ...props.labels } }),
      ...(props.taints && { taint: props.taints.map((taint) => ({ ...taint })) }),
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["scaling_config[0].desired_size"] },
    });
  }

  private describe(name: string, props: NodeGroupProps): void {
    const location = userLine();
    describes(this, () => {
      const releaseVersion = statedArgument(this.resource, "release_version");
      return {
        kind: "nodeGroup",
        clusterPath: props.cluster.node.path,
        nodeGroup: {
          name,
          path: this.node.path,
          ...(location && { location }),
          version: statedArgument(this.resource, "version") ?? null,
          ...(releaseVersion !== undefined && { releaseVersion }),
          amiType: statedArgument(this.resource, "ami_type") ?? null,
          instanceTypes: statedList(this.resource, "instance_types"),
          capacityType: statedArgument(this.resource, "capacity_type") === "SPOT" ? "SPOT" : "ON_DEMAND",
          size: { ...props.size },
        },
      };
    });
  }
}

function desiredSize({ min, max, desired }: NodeGroupSize): number {
  return desired ?? Math.max(min, Math.min(1, max));
}

function requireNodeGroup(name: string, { amiType, instanceTypes, size }: NodeGroupProps): void {
  if (!NODE_GROUP_NAME.test(name)) {
    throw new TandemError(
      `a node group's name has 1 to 36 letters, digits, hyphens and underscores and starts with a letter or digit, got ${JSON.stringify(name)}`,
    );
  }
  if (typeof amiType !== "string" || amiType === "") {
    throw new TandemError(`amiType is missing; state the image, such as amiType: AmiType.AL2023_ARM_64_STANDARD`);
  }
  if (amiType === AmiType.CUSTOM) {
    throw new TandemError(
      "amiType CUSTOM is what EKS answers for an AMI of your own and never takes; node groups with an AMI of your own are not " +
        "supported yet, so choose an AMI type of EKS, such as AmiType.AL2023_ARM_64_STANDARD",
    );
  }
  if (!Array.isArray(instanceTypes) || instanceTypes.length === 0) {
    throw new TandemError(
      `instanceTypes is empty; name one EC2 instance type at least, such as instanceTypes: ["m7g.large"]`,
    );
  }
  requireSize(size);
}

function requireSize(size: NodeGroupSize | undefined): void {
  const numbers = [size?.min, size?.max, ...(size?.desired === undefined ? [] : [size.desired])];
  if (!size || numbers.some((number) => !Number.isInteger(number) || Number(number) < 0) || size.max < 1) {
    throw new TandemError(
      `size: expected whole numbers of nodes, such as { min: 2, max: 4 } with a max of 1 at least, got ${JSON.stringify(size)}`,
    );
  }
  if (size.min > size.max)
    throw new TandemError(`size: min (${size.min}) is more than max (${size.max}); lower min or raise max`);
  const desired = desiredSize(size);
  if (desired < size.min || desired > size.max) {
    throw new TandemError(`size: desired (${desired}) is not between min (${size.min}) and max (${size.max})`);
  }
}
