import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../domain/aws";
import { createWindowsNodeRole } from "./cluster-roles";
import type { EksClusterProps } from "./eks-cluster-props";
import type { Role } from "./service-role";

/** Lets the control plane give Windows pods their addresses. https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html */
const CONTROLLER_POLICY = "AmazonEKSVPCResourceController";

export interface WindowsNodesProps {
  readonly cluster: EksClusterResource;
  readonly clusterName: string;
  readonly controlPlaneRole: Role;
  readonly props: EksClusterProps;
}

/**
 * What Windows node groups need beside Linux ones: a role of their own, for a role has one access entry and theirs is of another type, and
 * the control plane's leave to give their pods addresses. EKS makes that entry by itself only where it chooses the image.
 */
export class WindowsNodes extends Construct {
  readonly role: Role;
  /** What stands before the nodes, as Terraform addresses. */
  readonly dependencies: readonly string[];

  constructor(scope: Construct, id: string, { cluster, clusterName, controlPlaneRole, props }: WindowsNodesProps) {
    super(scope, id);
    this.role = createWindowsNodeRole(this, clusterName, props);
    const entry = new EksAccessEntry(this, "access", {
      clusterName: cluster.name,
      principalArn: this.role.arn,
      type: "EC2_WINDOWS",
    });
    const isOwn = props.roles?.controlPlane === undefined;
    const leave = isOwn ? [this.giveLeave(controlPlaneRole, partitionOf(props.aws.region))] : [];
    this.dependencies = [...this.role.attachments, entry, ...leave].map(dependable);
  }

  private giveLeave(role: Role, partition: string): IamRolePolicyAttachment {
    return new IamRolePolicyAttachment(this, CONTROLLER_POLICY, {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/${CONTROLLER_POLICY}`,
    });
  }
}
