import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Construct } from "constructs";
import { describes } from "./description";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { requireNamespace } from "./helm-release-options";
import { InterruptionQueue } from "./interruption-queue";
import { karpenterPolicy } from "./karpenter-policy";
import { misuse, placed } from "./misuse";
import { KARPENTER, requireKnownOptions } from "./option-names";
import { PodRole, requireServiceAccount } from "./pod-identity";
import type { JsonObject } from "./release-values";
import type { Role } from "./service-role";
import { userLine } from "./user-line";

/** Where Karpenter's chart runs. */
export interface KarpenterOptions {
  /**
   * Namespace of the chart's release.
   * @default "kube-system"
   */
  readonly namespace?: string;
  /**
   * Whether the subnets get the tag that `EC2NodeClass`es find them by. Of several clusters in the same subnets only one can have it; the
   * others name subnets by id.
   * @default true
   */
  readonly tagSubnets?: boolean;
  /**
   * Service account of the controller, as the chart's `serviceAccount.name` has it.
   * @default "karpenter"
   */
  readonly serviceAccount?: string;
}

export interface KarpenterProps extends KarpenterOptions {
  readonly cluster: EksCluster;
}

const DISCOVERY_TAG = "karpenter.sh/discovery";
const NAMESPACE = "kube-system";
const SERVICE_ACCOUNT = "karpenter";

/**
 * What Karpenter needs in AWS: the controller's role by EKS Pod Identity, the nodes' role with its access entry, the queue of
 * interruptions, and the tag `karpenter.sh/discovery` on subnets and the cluster's security group. The chart is a Helm release; it gets
 * `values`. All of it stands in the cluster's stack, which is deployed before the releases: to take Karpenter away, remove its release and
 * its nodes first.
 */
export class Karpenter extends Construct {
  /** The role that an `EC2NodeClass` names. */
  readonly nodeRole: Role;
  /** Name of the queue of interruptions. */
  readonly queueName: string;
  /** What the chart has to be given: `settings.clusterName`, `settings.interruptionQueue` and the service account's name. */
  readonly values: JsonObject;

  /** @throws TandemError when an option is malformed, a name would be too long for AWS, or the cluster has a part named `karpenter` */
  constructor(scope: Construct, id: string, props: KarpenterProps) {
    const { cluster, namespace = NAMESPACE, serviceAccount = SERVICE_ACCOUNT } = props;
    placed(scope, id, () => {
      requireKnownOptions(props, KARPENTER);
      requireNamespace(namespace);
      requireServiceAccount(serviceAccount, "serviceAccount");
    });
    if (scope.node.tryFindChild(id)) {
      throw misuse(scope, id, `the cluster has something named "${id}" already; Karpenter is added once`);
    }
    super(scope, id);
    this.queueName = `${cluster.clusterName}-karpenter`;
    this.nodeRole = this.createNodeRole(cluster);
    const queue = new InterruptionQueue(this, "queue", this.queueName);
    this.createController(cluster, namespace, serviceAccount, queue.arn);
    this.tagSecurityGroup(cluster);
    if (props.tagSubnets ?? true) this.tagSubnets(cluster);
    this.values = {
      settings: { clusterName: cluster.clusterName, interruptionQueue: this.queueName },
      serviceAccount: { name: serviceAccount },
    };
    this.describe(cluster, namespace, serviceAccount);
    attachGate(cluster.stack);
  }

  private createNodeRole(cluster: EksCluster): Role {
    const role = cluster.createKarpenterNodeRole(this);
    // EKS makes the entry of managed node groups' role itself; of these nodes it does not know.
    new EksAccessEntry(this, "nodes", {
      clusterName: cluster.resource.name,
      principalArn: role.arn,
      type: "EC2_LINUX",
    });
    return role;
  }

  private createController(cluster: EksCluster, namespace: string, serviceAccount: string, queueArn: string): void {
    const { aws, clusterName } = cluster;
    const role = new PodRole(this, "controller-role", {
      cluster,
      name: `${clusterName}-karpenter`,
      namedAfter: "the cluster's name",
      namespace,
      serviceAccounts: [serviceAccount],
      policy: { Statement: karpenterPolicy({ aws, clusterName, nodeRoleArn: this.nodeRole.arn, queueArn }) },
    });
    new EksPodIdentityAssociation(this, "controller", {
      clusterName: cluster.resource.name,
      namespace,
      serviceAccount,
      roleArn: role.arn,
      dependsOn: [...role.attachments],
    });
  }

  /** EKS makes this security group, so that nothing of Terraform's holds its tags. */
  private tagSecurityGroup(cluster: EksCluster): void {
    new Ec2Tag(this, "security-group-tag", {
      resourceId: cluster.resource.vpcConfig.clusterSecurityGroupId,
      key: DISCOVERY_TAG,
      value: cluster.clusterName,
    });
  }

  /** Terraform holds all tags of the subnets that it makes; to others it adds one. */
  private tagSubnets({ clusterName: value, vpc, subnetIds }: EksCluster): void {
    vpc?.tagPrivateSubnets(DISCOVERY_TAG, value);
    if (vpc) return;
    subnetIds.forEach((resourceId, index) => {
      new Ec2Tag(this, `subnet-tag-${index + 1}`, { resourceId, key: DISCOVERY_TAG, value });
    });
  }

  private describe(cluster: EksCluster, namespace: string, serviceAccount: string): void {
    const location = userLine();
    describes(this, () => ({
      kind: "karpenter",
      clusterPath: cluster.node.path,
      karpenter: {
        name: this.node.id,
        path: this.node.path,
        ...(location && { location }),
        namespace,
        serviceAccount,
      },
    }));
  }
}
