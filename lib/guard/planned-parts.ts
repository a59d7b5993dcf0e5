import { AmiType } from "../domain/ami-type";
import type { Addon, Cluster, NodeGroup } from "../domain/model";
import { nameOf } from "./planned-changes";
import type { Values } from "./read-plan";
import { numberAt, textAt, textsAt } from "./resource-values";

/** Stands for a region or account that the plan does not show. */
const UNKNOWN = "unknown";

/** A cluster without what is in it. */
export function clusterOf(name: string, address: string, values: Values): Cluster {
  const [, , , region, accountId] = (textAt(values, "arn") ?? "").split(":");
  return {
    name,
    path: address,
    region: textAt(values, "region") ?? region ?? UNKNOWN,
    accountId: accountId ?? UNKNOWN,
    version: textAt(values, "version") ?? null,
    // EKS's own default: https://docs.aws.amazon.com/eks/latest/APIReference/API_UpgradePolicyRequest.html
    supportType: textAt(values, "upgrade_policy", 0, "support_type") === "STANDARD" ? "STANDARD" : "EXTENDED",
    clients: {},
    nodeGroups: [],
    addons: [],
    releases: [],
    manifests: [],
  };
}

/** What EKS chooses by itself is left out where only the apply will know it: it will fit. A version is not: it is what is judged. */
export function nodeGroupOf(address: string, values: Values): NodeGroup {
  const releaseVersion = textAt(values, "release_version");
  const [min = 0, max = min] = [
    numberAt(values, "scaling_config", 0, "min_size"),
    numberAt(values, "scaling_config", 0, "max_size"),
  ];
  return {
    name: nameOf("node group", address, values),
    path: address,
    version: textAt(values, "version") ?? null,
    ...(releaseVersion !== undefined && { releaseVersion }),
    amiType: textAt(values, "ami_type") ?? AmiType.CUSTOM,
    instanceTypes: textsAt(values, "instance_types"),
    capacityType: textAt(values, "capacity_type") === "SPOT" ? "SPOT" : "ON_DEMAND",
    size: { min, max },
  };
}

export function addonOf(address: string, values: Values): Addon {
  return { name: nameOf("add-on", address, values), path: address, version: textAt(values, "addon_version") ?? null };
}
