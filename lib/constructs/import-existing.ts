import type { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { Access } from "./cluster-access";
import type { ControlPlane } from "./control-plane";
import type { EksCluster } from "./eks-cluster";
import { ImportBlock } from "./import-block";
import { misuse } from "./misuse";

/** What exists already, besides the cluster itself. Node groups are not imported: EKS cannot give them another role, name or template. */
export interface ExistingParts {
  /**
   * EKS add-ons that the cluster has, by name.
   * @default - none
   */
  readonly addons?: readonly string[];
  /**
   * Whether EKS has made the log group `/aws/eks/<cluster>/cluster`, which it does as soon as logging is on.
   * @default false
   */
  readonly logGroup?: boolean;
  /**
   * ARNs of those `access.admins` that have an access entry with the policy of a cluster administrator.
   * @default - none
   */
  readonly admins?: readonly string[];
}

/** What of a cluster can be imported. */
export interface Importable {
  readonly cluster: EksCluster;
  readonly controlPlane: ControlPlane;
  readonly access: Access;
  readonly addons: ReadonlyMap<string, EksAddon>;
}

/** Adds the import blocks of a cluster and its parts. */
export function importExisting(importable: Importable, parts: ExistingParts): void {
  const { cluster, controlPlane } = importable;
  const { clusterName } = cluster;
  new ImportBlock(controlPlane.resource, clusterName);
  if (parts.logGroup) new ImportBlock(controlPlane.logs, `/aws/eks/${clusterName}/cluster`);
  for (const name of parts.addons ?? []) importAddon(importable, name);
  for (const arn of parts.admins ?? []) importAdmin(importable, arn);
}

function importAddon({ cluster, addons }: Importable, name: string): void {
  const addon = addons.get(name);
  if (!addon) {
    throw misuse(
      cluster,
      undefined,
      `importExisting names the add-on ${JSON.stringify(name)}, which is not described; add it before, with the version that the cluster has`,
    );
  }
  new ImportBlock(addon, `${cluster.clusterName}:${name}`);
}

function importAdmin({ cluster, access }: Importable, arn: string): void {
  const admin = access.admins.get(arn);
  if (!admin) {
    throw misuse(
      cluster,
      undefined,
      `importExisting names the administrator ${arn}, which access.admins does not; add it`,
    );
  }
  new ImportBlock(admin.entry, `${cluster.clusterName}:${arn}`);
  new ImportBlock(admin.policy, `${cluster.clusterName}#${arn}#${admin.policyArn}`);
}
