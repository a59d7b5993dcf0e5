import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamSessionContext } from "@cdktf/provider-aws/lib/data-aws-iam-session-context";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { partitionOf } from "../domain/aws";
import type { ClusterAccess } from "./eks-cluster-props";

const HTTPS = 443;

export interface AccessProps {
  readonly clusterName: string;
  readonly region: string;
  readonly access: ClusterAccess;
}

/** The access entry of an administrator. */
export interface Admin {
  readonly entry: EksAccessEntry;
  readonly policy: EksAccessPolicyAssociation;
  readonly policyArn: string;
}

/** Access entries of the cluster's administrators. https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
export class Access extends Construct {
  /** The administrators that are named, by their ARN. */
  readonly admins: ReadonlyMap<string, Admin>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessProps,
  ) {
    super(scope, id);
    if (props.access.deployer ?? true) this.addAdmin("deployer", this.deployer());
    const admins = props.access.admins ?? [];
    this.admins = new Map(admins.map((arn, index) => [arn, this.addAdmin(`admin-${index + 1}`, arn)]));
  }

  /** The role that Terraform runs as: a session's ARN names the session, an access entry wants the role. */
  private deployer(): string {
    const caller = new DataAwsCallerIdentity(this, "caller", {});
    return new DataAwsIamSessionContext(this, "session", { arn: caller.arn }).issuerArn;
  }

  private addAdmin(id: string, principalArn: string): Admin {
    const { clusterName, region } = this.props;
    const policyArn = `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
    const entry = new EksAccessEntry(this, id, { clusterName, principalArn });
    const policy = new EksAccessPolicyAssociation(this, `${id}-policy`, {
      clusterName,
      principalArn: entry.principalArn,
      policyArn,
      accessScope: { type: "cluster" },
    });
    return { entry, policy, policyArn };
  }
}

/** Lets networks besides the nodes reach the private endpoint, through the security group that EKS makes for the cluster. */
export function admitToPrivateEndpoint(scope: Construct, cluster: EksClusterResource, cidrs: readonly string[]): void {
  cidrs.forEach((cidrIpv4, index) => {
    new VpcSecurityGroupIngressRule(scope, `private-access-${index + 1}`, {
      securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
      description: "Kubernetes API",
      cidrIpv4,
      ipProtocol: "tcp",
      fromPort: HTTPS,
      toPort: HTTPS,
    });
  });
}
