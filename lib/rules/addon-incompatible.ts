import { addonCompatibility, parseAddonVersion } from "../domain/addon-version";
import type { Addon, Cluster } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { kubeProxySkew } from "../domain/version-skew";
import { defineRule, type Violation } from "./rule";

/** That a build's fit is not known is `version-unknown`'s; kube-proxy outside of the version skew is `kube-proxy-skew`'s. */
export const addonIncompatible = defineRule({
  id: "addon-incompatible",
  title: "An EKS add-on's version does not fit the control plane",
  severity: "error",
  remedy: "Choose a build that EKS offers for the control plane's version.",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html",
  check: (model) =>
    model.clusters.flatMap((cluster) => cluster.addons.flatMap((addon) => incompatible(addon, cluster))),
});

function incompatible(addon: Addon, cluster: Cluster): Violation[] {
  const controlPlane = knownVersion(cluster.version)?.toString();
  if (controlPlane === undefined || addon.version === null || isOutsideSkew(addon, controlPlane)) return [];
  const { status, reason } = addonCompatibility(addon.name, addon.version, controlPlane);
  if (status !== "incompatible") return [];
  return [
    {
      path: addon.path,
      message: `Add-on ${addon.name} of cluster ${cluster.name}, which runs ${controlPlane}, does not fit: ${reason}`,
      remedy: `Choose one of aws eks describe-addon-versions --addon-name ${addon.name} --kubernetes-version ${controlPlane}.`,
      location: addon.location,
    },
  ];
}

function isOutsideSkew({ name, version }: Addon, controlPlane: string): boolean {
  const parsed = name === "kube-proxy" && version !== null && parseAddonVersion(version);
  return parsed ? !kubeProxySkew(controlPlane, `${parsed.major}.${parsed.minor}`).supported : false;
}
