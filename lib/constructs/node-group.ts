import { EksNodeGroup, type EksNodeGroupUpdateConfig } from "@cdktf/provider-aws/lib/eks-node-group";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { dependable, Token } from "cdktf";
import { Construct } from "constructs";
import { isWindows } from "../domain/ami-type";
import type { NodeGroup as DescribedNodeGroup } from "../domain/model";
import { describes } from "./description";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { createLaunchTemplate } from "./launch-template";
import { misuse, placed } from "./misuse";
import { desiredSize, requireNodeGroup } from "./node-group-checks";
import type { NodeGroupOptions } from "./node-group-props";
import type { Role } from "./service-role";
import { isTerraformValue, requireKubernetesVersion, statedArgument, statedList } from "./stated";
import { userLine } from "./user-line";

export interface NodeGroupProps extends NodeGroupOptions {
  readonly cluster: EksCluster;
}

const MAX_UNAVAILABLE_PERCENT = 33;

/** A managed node group. (AWS writes "nodegroup"; the name here is two words, as in its documentation's prose.) */
export class NodeGroup extends Construct {
  /** The `aws_eks_node_group`. */
  readonly resource: EksNodeGroup;
  /** What stands before the nodes, as Terraform addresses. @internal */
  readonly dependencies: readonly string[];
  private readonly template: LaunchTemplate;

  /** @throws TandemError when a prop is missing or malformed; the message names it */
  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    const { cluster } = props;
    placed(scope, id, () => requireNodeGroup(id, props));
    const version = requireKubernetesVersion(scope, id, "version", props.version ?? cluster.nodeVersion);
    if (scope.node.tryFindChild(id))
      throw misuse(scope, id, `there are two node groups named "${id}" in ${scope.node.path}; give each its own name`);
    if (isWindows(props.amiType) && cluster.ipFamily === "ipv6")
      throw misuse(
        scope,
        id,
        `${props.amiType}: Windows nodes know no IPv6, which the cluster has; choose a Linux image`,
      );
    super(scope, id);
    const { role, dependencies } = nodesOf(cluster, props.amiType);
    this.dependencies = dependencies;
    this.template = createLaunchTemplate(this, `${cluster.clusterName}-${id}`, props);
    this.resource = this.createResource(id, version, role, props);
    cluster.register(this);
    this.describe(id, version, props);
    attachGate(cluster.stack);
  }

  private createResource(name: string, version: string, role: Role, props: NodeGroupProps): EksNodeGroup {
    const { cluster } = props;
    const { template } = this;
    return new EksNodeGroup(this, "Resource", {
      clusterName: cluster.resource.name,
      // A prefix, so that a change which replaces the group can create the new one before it destroys the old one.
      nodeGroupNamePrefix: `${name}-`,
      nodeRoleArn: role.arn,
      subnetIds: [...(props.subnetIds ?? cluster.subnetIds)],
      // With an image of its own EKS takes none of these: it is not told which image that is.
      ...(props.amiId === undefined && { amiType: props.amiType, version, releaseVersion: props.releaseVersion }),
      instanceTypes: [...props.instanceTypes],
      capacityType: props.capacityType ?? "ON_DEMAND",
      scalingConfig: { minSize: props.size.min, maxSize: props.size.max, desiredSize: desiredSize(props.size) },
      updateConfig: updateOf(props),
      nodeRepairConfig: { enabled: props.nodeRepair ?? true },
      launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
      ...(props.labels && { labels: { ...props.labels } }),
      ...(props.taints && { taint: props.taints.map((taint) => ({ ...taint })) }),
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["scaling_config[0].desired_size"] },
    });
  }

  private describe(name: string, version: string, props: NodeGroupProps): void {
    const location = userLine();
    describes(this, () => ({
      kind: "nodeGroup",
      clusterPath: props.cluster.node.path,
      nodeGroup: {
        name,
        path: this.node.path,
        ...(location && { location }),
        ...this.describeImage(version, props),
        instanceTypes: statedList(this.resource, "instance_types"),
        capacityType: statedArgument(this.resource, "capacity_type") === "SPOT" ? "SPOT" : "ON_DEMAND",
        size: { ...props.size },
      },
    }));
  }

  /** What Terraform gets; of an image of the user's own it gets neither type nor version, and the user's word stands. */
  private describeImage(
    version: string,
    { amiId, amiType }: NodeGroupProps,
  ): Pick<DescribedNodeGroup, "version" | "releaseVersion" | "amiType" | "amiId"> {
    const stated = (argument: string) => statedArgument(this.resource, argument);
    if (amiId !== undefined) {
      return {
        version: stated("version") ?? (isTerraformValue(version) ? null : version),
        amiType: stated("ami_type") ?? (isTerraformValue(amiType) ? null : amiType),
        amiId: statedArgument(this.template, "image_id") ?? null,
      };
    }
    const releaseVersion = stated("release_version");
    return {
      version: stated("version") ?? null,
      ...(releaseVersion !== undefined && { releaseVersion }),
      amiType: stated("ami_type") ?? null,
    };
  }
}

/** The role of a group's nodes, and what stands before them. */
function nodesOf(
  cluster: EksCluster,
  amiType: string,
): { readonly role: Role; readonly dependencies: readonly string[] } {
  if (isWindows(amiType)) return cluster.windowsNodes;
  return { role: cluster.nodeRole, dependencies: cluster.nodeRole.attachments.map(dependable) };
}

function updateOf({ maxUnavailable, maxUnavailablePercentage }: NodeGroupProps): EksNodeGroupUpdateConfig {
  if (maxUnavailable !== undefined) return { maxUnavailable };
  return { maxUnavailablePercentage: maxUnavailablePercentage ?? MAX_UNAVAILABLE_PERCENT };
}
