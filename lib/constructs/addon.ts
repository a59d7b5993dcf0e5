import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { Construct } from "constructs";
import { addonFacts } from "../domain/addon-version";
import type { Json } from "../domain/model";
import type { Ownership } from "../domain/ownership";
import { describes } from "./description";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { misuse, placed } from "./misuse";
import { type OwnershipOptions, ownershipOf } from "./ownership";
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
    const ownership = placed(scope, id, () => ownershipOf(props));
    super(scope, id);
    this.beforeNodes = addonFacts(id)?.beforeNodes ?? false;
    this.resource = new EksAddon(this, "Resource", {
      clusterName: cluster.resource.name,
      addonName: id,
      addonVersion: version,
      // The code is the truth: what somebody changed by hand goes back at the next update.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(props.configuration && { configurationValues: verbatim(JSON.stringify(props.configuration)) }),
    });
    cluster.register(this);
    this.describe(id, cluster, ownership);
    attachGate(cluster.stack);
  }

  private describe(name: string, cluster: EksCluster, ownership: Ownership): void {
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
        },
      };
    });
  }
}
