import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { addonFacts } from "../domain/addon-version";
import type { Json } from "../domain/model";
import type { Ownership } from "../domain/ownership";
import { TandemError } from "../domain/tandem-error";
import { describes } from "./description";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { misuse, placed } from "./misuse";
import { ADDON, requireKnownOptions } from "./option-names";
import { type OwnershipOptions, ownershipOf } from "./ownership";
import {
  type AddonPodIdentityOptions,
  describedPodIdentity,
  type PodPolicies,
  PodRole,
  requirePodPolicies,
  requireServiceAccount,
} from "./pod-identity";
import { isTerraformValue, statedArgument } from "./stated";
import { verbatim } from "./terraform-text";
import { userLine } from "./user-line";

/** What describes an EKS add-on. */
export interface AddonOptions extends OwnershipOptions {
  /** The exact EKS build, such as `v1.14.3-eksbuild.23`. */
  readonly version: string;
  /**
   * The add-on's configuration, as its JSON schema has it (`aws eks describe-addon-configuration`).
   * @default - the add-on's own
   */
  readonly configuration?: { readonly [key: string]: Json };
  /**
   * Credentials of AWS for the add-on's pods, by EKS Pod Identity. `{}` takes the service accounts and the policies that AWS recommends
   * for the add-on.
   * @default - none: the pods have no credentials, for the nodes' are out of their reach
   */
  readonly podIdentity?: AddonPodIdentityOptions;
  /**
   * What becomes of objects that exist when the add-on is created: `OVERWRITE` takes them over, `NONE` fails.
   * @default "OVERWRITE"
   */
  readonly resolveConflictsOnCreate?: "OVERWRITE" | "NONE";
  /**
   * What becomes of what somebody changed by hand when the add-on is updated: `OVERWRITE` undoes it, `PRESERVE` keeps it, `NONE` may
   * fail.
   * @default "OVERWRITE"
   */
  readonly resolveConflictsOnUpdate?: "OVERWRITE" | "PRESERVE" | "NONE";
  /**
   * Whether the add-on's objects stay in the cluster when the add-on is removed from the program.
   * @default false
   */
  readonly preserve?: boolean;
}

export interface AddonProps extends AddonOptions {
  readonly cluster: EksCluster;
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html */
const ADDON_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]*$/;

/** An EKS add-on at an exact version. */
export class Addon extends Construct {
  /** The `aws_eks_addon`. */
  readonly resource: EksAddon;
  /** Whether nodes need it in order to become ready. */
  readonly beforeNodes: boolean;
  /** What stands before the add-on, as Terraform addresses. @internal */
  readonly dependencies: readonly string[];

  /** @throws TandemError when the version is missing, or the cluster has the add-on already */
  constructor(scope: Construct, id: string, props: AddonProps) {
    const { cluster, version } = props;
    if (!ADDON_NAME.test(id))
      throw misuse(scope, id, `expected an EKS add-on's name such as "coredns", got ${JSON.stringify(id)}`);
    if (typeof version !== "string" || version === "") {
      throw misuse(
        scope,
        id,
        'version is missing; state the exact build, such as version: "v1.14.3-eksbuild.23" (aws eks describe-addon-versions)',
      );
    }
    if (scope.node.tryFindChild(id))
      throw misuse(scope, id, `the cluster has the add-on "${id}" already; an add-on is added once`);
    placed(scope, id, () => requireKnownOptions(props, ADDON));
    const identity = placed(scope, id, () => podIdentityOf(id, props));
    const ownership = placed(scope, id, () => ownershipOf(props));
    super(scope, id);
    const role = identity && this.createRole(id, cluster, identity);
    this.dependencies = (role?.attachments ?? []).map(dependable);
    this.beforeNodes = addonFacts(id)?.beforeNodes ?? false;
    this.resource = new EksAddon(this, "Resource", {
      clusterName: cluster.resource.name,
      addonName: id,
      addonVersion: version,
      // The code is the truth: what somebody changed by hand goes back at the next update.
      resolveConflictsOnCreate: props.resolveConflictsOnCreate ?? "OVERWRITE",
      resolveConflictsOnUpdate: props.resolveConflictsOnUpdate ?? "OVERWRITE",
      ...(props.preserve !== undefined && { preserve: props.preserve }),
      ...(role &&
        identity && {
          podIdentityAssociation: identity.serviceAccounts.map((serviceAccount) => ({
            roleArn: role.arn,
            serviceAccount,
          })),
        }),
      ...(props.configuration && { configurationValues: verbatim(JSON.stringify(props.configuration)) }),
    });
    cluster.register(this);
    this.describe(id, cluster, ownership, identity);
    attachGate(cluster.stack);
  }

  private createRole(name: string, cluster: EksCluster, identity: AddonPodIdentity): PodRole {
    return new PodRole(this, "role", {
      ...identity,
      cluster,
      name: `${cluster.clusterName}-addon-${name}`,
      namedAfter: "the cluster's name",
    });
  }

  private describe(
    name: string,
    cluster: EksCluster,
    ownership: Ownership,
    identity: AddonPodIdentity | undefined,
  ): void {
    const location = userLine();
    describes(this, () => {
      const version = statedArgument(this.resource, "addon_version") ?? null;
      return {
        kind: "addon",
        clusterPath: cluster.node.path,
        addon: {
          name,
          path: this.node.path,
          ...(location && { location }),
          ...ownership,
          version: isTerraformValue(version) ? null : version,
          ...(identity && { podIdentity: describedPodIdentity(identity.serviceAccounts, identity) }),
          ...(statedArgument(this.resource, "service_account_role_arn") !== undefined && { serviceAccountRole: true }),
        },
      };
    });
  }
}

interface AddonPodIdentity extends PodPolicies {
  readonly serviceAccounts: readonly string[];
}

/** What the user states, and where that leaves something open what AWS recommends. */
function podIdentityOf(name: string, { podIdentity }: AddonOptions): AddonPodIdentity | undefined {
  if (!podIdentity) return undefined;
  const { iam } = addonFacts(name) ?? {};
  const { serviceAccount, policy } = podIdentity;
  const serviceAccounts = serviceAccount === undefined ? (iam?.serviceAccounts ?? []) : [serviceAccount];
  if (serviceAccounts.length === 0) {
    throw new TandemError(
      `podIdentity.serviceAccount is missing; which service account the pods of ${name} have is not known here ` +
        `(aws eks describe-addon-configuration --addon-name ${name} --query podIdentityConfiguration)`,
    );
  }
  for (const each of serviceAccounts) requireServiceAccount(each);
  const recommended = policy === undefined ? iam?.policies : [];
  const identity = {
    serviceAccounts,
    policies: podIdentity.policies ?? recommended ?? [],
    ...(policy && { policy }),
  };
  requirePodPolicies(identity);
  return identity;
}
