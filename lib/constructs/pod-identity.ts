import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../domain/aws";
import type { PodIdentity as DescribedPodIdentity } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { fingerprint, withoutPlaceholders } from "./differs";
import type { EksCluster } from "./eks-cluster";
import { type PolicyDocument, requirePolicy } from "./iam-policy";
import { ServiceRole } from "./service-role";
import { isTerraformValue, TERRAFORM_VALUE } from "./stated";

/** What pods may do in AWS. */
export interface PodPolicies {
  /**
   * IAM policies: those of AWS by name, such as `AmazonS3ReadOnlyAccess` or `service-role/AmazonEFSCSIDriverPolicy`, others by ARN.
   * @default - none
   */
  readonly policies?: readonly string[];
  /**
   * A policy of the pods' own role. IAM's variables, such as `${aws:PrincipalTag/team}`, reach IAM letter for letter.
   * @default - none
   */
  readonly policy?: PolicyDocument;
}

/** Credentials of AWS for the pods of one service account. */
export interface PodIdentityOptions extends PodPolicies {
  /** The pods' service account, as the chart or the manifests name it. */
  readonly serviceAccount: string;
  /**
   * The service account's namespace.
   * @default - the release's
   */
  readonly namespace?: string;
}

/** Credentials of AWS for the pods of an add-on. */
export interface AddonPodIdentityOptions extends PodPolicies {
  /**
   * The pods' service account.
   * @default - those of the add-on, where they are known
   */
  readonly serviceAccount?: string;
}

export interface PodIdentityProps {
  readonly cluster: EksCluster;
  /** Name of the release that the pods belong to. */
  readonly release: string;
  /** The release's namespace. */
  readonly namespace: string;
  readonly options: PodIdentityOptions;
}

const POD_SERVICE = "pods.eks.amazonaws.com";
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const SERVICE_ACCOUNT = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const POLICY = /^(arn:\S+|[\w+=,.@/-]+)$/;

/**
 * The role of a release's pods and its association with their service account, in the release's stack: the release waits for them, since
 * only pods that are made after them get the credentials; and where the release goes, they go after it.
 */
export class PodIdentity extends Construct {
  /** What has to stand before the pods start. */
  readonly dependencies: readonly ITerraformDependable[];
  /** What the model tells of it. */
  readonly described: DescribedPodIdentity;

  constructor(scope: Construct, id: string, { cluster, release, options, ...props }: PodIdentityProps) {
    super(scope, id);
    const { serviceAccount, namespace = props.namespace } = options;
    const role = new PodRole(this, "role", {
      ...options,
      cluster,
      name: `${cluster.clusterName}-pods-${release}`,
      namedAfter: "the name of the cluster or of the release",
      namespace,
      serviceAccounts: [serviceAccount],
    });
    const association = new EksPodIdentityAssociation(this, "Resource", {
      clusterName: cluster.clusterName,
      namespace,
      serviceAccount,
      roleArn: role.arn,
    });
    this.dependencies = [association, ...role.attachments];
    this.described = describedPodIdentity([serviceAccount], options, options.namespace);
  }
}

export interface PodRoleProps extends PodPolicies {
  readonly cluster: EksCluster;
  readonly name: string;
  readonly namedAfter: string;
  readonly serviceAccounts: readonly string[];
  /** @default - any */
  readonly namespace?: string;
}

/** A role that EKS takes for pods, and only for those of this cluster and these service accounts. */
export class PodRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: PodRoleProps) {
    const { cluster, name, namedAfter, namespace, serviceAccounts, policies = [], policy } = props;
    super(scope, id, {
      name,
      namedAfter,
      policies,
      ...(policy && { inlinePolicy: { name: "policy", statements: policy.Statement } }),
      service: POD_SERVICE,
      // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
      condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-name": cluster.clusterName,
          ...(namespace !== undefined && { "aws:RequestTag/kubernetes-namespace": namespace }),
          "aws:RequestTag/kubernetes-service-account": serviceAccounts,
        },
      },
      partition: partitionOf(cluster.aws.region),
    });
  }
}

/** @throws TandemError when the service account or a policy is malformed, or pods would be allowed nothing */
export function requirePodIdentity(options: PodIdentityOptions): void {
  requireServiceAccount(options.serviceAccount);
  requirePodPolicies(options);
}

/** @throws TandemError when a policy is malformed, or there is none */
export function requirePodPolicies({ policies = [], policy }: PodPolicies): void {
  if (policies.length === 0 && policy === undefined) {
    throw new TandemError(
      'podIdentity allows nothing; state policies: ["AmazonS3ReadOnlyAccess"], a policy of its own, or leave podIdentity out',
    );
  }
  for (const name of policies) {
    if (typeof name === "string" && (Token.isUnresolved(name) || POLICY.test(name))) continue;
    throw new TandemError(
      `podIdentity.policies: expected the name of an AWS managed policy or an ARN, got ${JSON.stringify(name)}`,
    );
  }
  if (new Set(policies).size < policies.length) {
    throw new TandemError("podIdentity.policies names a policy twice; leave one out");
  }
  if (policy !== undefined) requirePolicy("podIdentity.policy", policy);
}

/** @throws TandemError when Kubernetes has no service account of that name */
export function requireServiceAccount(serviceAccount: unknown, prop = "podIdentity.serviceAccount"): void {
  if (isTerraformValue(serviceAccount)) return;
  if (typeof serviceAccount === "string" && SERVICE_ACCOUNT.test(serviceAccount)) return;
  throw new TandemError(
    `${prop}: expected the name of the pods' service account, such as "external-dns", got ${JSON.stringify(serviceAccount)}`,
  );
}

/** What the model tells of pods' credentials. */
export function describedPodIdentity(
  serviceAccounts: readonly string[],
  { policies = [], policy }: PodPolicies,
  namespace?: string,
): DescribedPodIdentity {
  const shown = (text: string) => (isTerraformValue(text) ? TERRAFORM_VALUE : text);
  return {
    serviceAccounts: serviceAccounts.map(shown),
    ...(namespace !== undefined && { namespace: shown(namespace) }),
    policies: policies.map(shown),
    ...(policy !== undefined && { policyHash: fingerprint(withoutPlaceholders(policy)) }),
  };
}
