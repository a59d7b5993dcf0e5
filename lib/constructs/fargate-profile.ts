import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../domain/aws";
import { TandemError } from "../domain/tandem-error";
import { describes } from "./description";
import { fingerprint, withoutPlaceholders } from "./differs";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { misuse, placed } from "./misuse";
import { FARGATE_PROFILE, requireKnownOptions } from "./option-names";
import { ServiceRole } from "./service-role";
import { isTerraformValue, TERRAFORM_VALUE } from "./stated";
import { userLine } from "./user-line";

/** Pods that a profile takes. */
export interface FargateSelector {
  /** Their namespace; `*` stands for any characters and `?` for one. */
  readonly namespace: string;
  /**
   * Labels that they all have to have, 5 at most.
   * @default - all pods of the namespace
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What describes a Fargate profile. */
export interface FargateProfileOptions {
  /** 1 to 5; a pod is taken when one of them fits. */
  readonly selectors: readonly FargateSelector[];
  /**
   * Private subnets of the pods: Fargate takes no public ones.
   * @default - those of the cluster
   */
  readonly subnetIds?: readonly string[];
}

export interface FargateProfileProps extends FargateProfileOptions {
  readonly cluster: EksCluster;
}

const ROLE_ID = "fargate-role";
const PROFILE_NAME = /^(?!eks-)[0-9A-Za-z][0-9A-Za-z_-]{0,53}$/;
const NAMESPACE = /^[a-z0-9*?]([-a-z0-9*?]{0,61}[a-z0-9*?])?$/;
/** Of selectors in a profile and of labels in a selector. https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const MOST = 5;

/** A Fargate profile: pods that EKS runs without nodes of the user's. */
export class FargateProfile extends Construct {
  /** The `aws_eks_fargate_profile`. */
  readonly resource: EksFargateProfile;
  /** What stands before the pods, as Terraform addresses. @internal */
  readonly dependencies: readonly string[];

  /** @throws TandemError when a selector is missing or malformed, or the cluster has a profile of that name */
  constructor(scope: Construct, id: string, props: FargateProfileProps) {
    const { cluster, selectors } = props;
    placed(scope, id, () => requireProfile(id, props));
    if (scope.node.tryFindChild(id)) throw misuse(scope, id, `the cluster has something named "${id}" already`);
    super(scope, id);
    const role = podExecutionRole(cluster);
    this.dependencies = role.attachments.map(dependable);
    this.resource = new EksFargateProfile(this, "Resource", {
      clusterName: cluster.resource.name,
      fargateProfileName: nameOf(id, props),
      podExecutionRoleArn: role.arn,
      subnetIds: [...(props.subnetIds ?? cluster.subnetIds)],
      selector: selectors.map(({ namespace, labels }) => ({ namespace, ...(labels && { labels: { ...labels } }) })),
      lifecycle: { createBeforeDestroy: true },
    });
    cluster.register(this);
    this.describe(id, props);
    attachGate(cluster.stack);
  }

  private describe(name: string, { cluster, selectors }: FargateProfileProps): void {
    const location = userLine();
    const shown = (text: string) => (isTerraformValue(text) ? TERRAFORM_VALUE : text);
    describes(this, () => ({
      kind: "fargateProfile",
      clusterPath: cluster.node.path,
      fargateProfile: {
        name,
        path: this.node.path,
        ...(location && { location }),
        selectors: selectors.map(({ namespace, labels = {} }) => ({
          namespace: shown(namespace),
          labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, shown(value)])),
        })),
      },
    }));
  }
}

/** EKS changes no profile, so that another content is another profile, made before the old one goes. */
function nameOf(id: string, { selectors, subnetIds }: FargateProfileProps): string {
  const content = fingerprint(withoutPlaceholders({ selectors, subnetIds }));
  return `${id}-${content.slice("sha256:".length, "sha256:".length + 8)}`;
}

/** One for all profiles of a cluster. https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html */
function podExecutionRole(cluster: EksCluster): ServiceRole {
  const existing = cluster.node.tryFindChild(ROLE_ID);
  if (existing) return existing as ServiceRole;
  const { region, accountId } = cluster.aws;
  const partition = partitionOf(region);
  return new ServiceRole(cluster, ROLE_ID, {
    name: `${cluster.clusterName}-fargate`,
    service: "eks-fargate-pods.amazonaws.com",
    condition: {
      ArnLike: {
        "aws:SourceArn": `arn:${partition}:eks:${region}:${accountId}:fargateprofile/${cluster.clusterName}/*`,
      },
    },
    policies: ["AmazonEKSFargatePodExecutionRolePolicy"],
    partition,
  });
}

function requireProfile(name: string, props: FargateProfileProps): void {
  requireKnownOptions(props, FARGATE_PROFILE);
  const { selectors, subnetIds } = props;
  if (!PROFILE_NAME.test(name)) {
    throw new TandemError(
      `a Fargate profile's name has 1 to 54 letters, digits, hyphens and underscores, starts with a letter or digit and not with "eks-", got ${JSON.stringify(name)}`,
    );
  }
  if (!Array.isArray(selectors) || selectors.length === 0 || selectors.length > MOST) {
    throw new TandemError(
      `selectors: expected 1 to ${MOST}, such as [{ namespace: "batch" }], got ${JSON.stringify(selectors?.length ?? selectors)}`,
    );
  }
  for (const { namespace, labels } of selectors as readonly FargateSelector[]) {
    if (!isTerraformValue(namespace) && (typeof namespace !== "string" || !NAMESPACE.test(namespace))) {
      throw new TandemError(`selectors: expected a namespace such as "batch", got ${JSON.stringify(namespace)}`);
    }
    if (Object.keys(labels ?? {}).length > MOST)
      throw new TandemError(`selectors: the one of ${namespace} has more than ${MOST} labels, which EKS refuses`);
  }
  if (subnetIds?.length === 0) throw new TandemError("subnetIds is empty; name private subnets, or leave it out");
}
