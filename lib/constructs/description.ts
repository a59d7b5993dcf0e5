import type { IConstruct } from "constructs";
import type { Addon, Cluster, FargateProfile, Karpenter, Manifests, NodeGroup, Pair, Release } from "../domain/model";
import type { ReleaseValues } from "../domain/release-values";

const DESCRIBE = Symbol.for("eks-tandem/describe");

/** What a construct says of itself to the model; the parts of a cluster name it by its construct path. */
export type Statement =
  | { readonly kind: "pair"; readonly pair: Pair }
  | { readonly kind: "cluster"; readonly cluster: Omit<Cluster, PartOfCluster> }
  | { readonly kind: "nodeGroup"; readonly clusterPath: string; readonly nodeGroup: NodeGroup }
  | { readonly kind: "fargateProfile"; readonly clusterPath: string; readonly fargateProfile: FargateProfile }
  | { readonly kind: "karpenter"; readonly clusterPath: string; readonly karpenter: Karpenter }
  | { readonly kind: "addon"; readonly clusterPath: string; readonly addon: Addon }
  | {
      readonly kind: "release";
      readonly clusterPath: string;
      readonly release: Release;
      /** Never part of the model. */
      readonly values: ReleaseValues;
    }
  | { readonly kind: "manifests"; readonly clusterPath: string; readonly manifests: Manifests };

export type PartOfCluster = "nodeGroups" | "fargateProfiles" | "karpenter" | "addons" | "releases" | "manifests";

/**
 * Marks a construct as one that the model tells of. A symbol and not a class, because an app may hold two copies of this
 * package, and `instanceof` would see only one of them.
 * @param describe called when the tree is complete
 */
export function describes(construct: IConstruct, describe: () => Statement): void {
  Object.defineProperty(construct, DESCRIBE, { value: describe });
}

/** What `construct` says of itself; undefined for other constructs. */
export function statementOf(construct: IConstruct): Statement | undefined {
  const describe = (construct as { [DESCRIBE]?: () => Statement })[DESCRIBE];
  return describe?.();
}
