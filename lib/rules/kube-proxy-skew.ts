import { parseAddonVersion } from "../domain/addon-version";
import type { Addon, Cluster, NodeGroup } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { kubeletSkew, kubeProxyToKubeletSkew, kubeProxySkew as toApiServer } from "../domain/version-skew";
import { defineRule, type Violation } from "./rule";

/**
 * kube-proxy as an EKS add-on, beside its control plane and beside the kubelets. Each thing is said once: where kube-proxy does not fit
 * the control plane, nothing more is said of it, and a kubelet that does not fit is `kubelet-skew`'s.
 */
export const kubeProxySkew = defineRule({
  id: "kube-proxy-skew",
  title: "The add-on kube-proxy is outside the version skew that Kubernetes supports",
  severity: "error",
  remedy: "Choose a build of kube-proxy of the control plane's version.",
  source: "https://kubernetes.io/releases/version-skew-policy/#kube-proxy",
  check: (model) =>
    model.clusters.flatMap((cluster) =>
      cluster.addons.filter(({ name }) => name === "kube-proxy").flatMap((addon) => skewOf(addon, cluster)),
    ),
});

function skewOf(addon: Addon, cluster: Cluster): Violation[] {
  const toControlPlane = besideControlPlane(addon, cluster);
  if (toControlPlane.length > 0) return toControlPlane;
  return cluster.nodeGroups
    .filter((group) => isKubeletSupported(group, cluster))
    .flatMap((group) => besideKubelet(addon, group, cluster));
}

function isKubeletSupported(group: NodeGroup, cluster: Cluster): boolean {
  const [controlPlane, kubelet] = [knownVersion(cluster.version), knownVersion(group.version)];
  return !controlPlane || !kubelet || kubeletSkew(`${controlPlane}`, `${kubelet}`).supported;
}

function besideControlPlane(addon: Addon, cluster: Cluster): Violation[] {
  const [controlPlane, kubeProxy] = [knownVersion(cluster.version), minorOf(addon)];
  if (!controlPlane || kubeProxy === undefined) return [];
  const { supported, oldest, newest } = toApiServer(`${controlPlane}`, kubeProxy);
  if (supported) return [];
  return [
    {
      path: addon.path,
      message:
        `kube-proxy is ${addon.version} and the control plane of ${cluster.name} ${controlPlane}, ` +
        `which supports kube-proxy ${oldest} to ${newest}.`,
      remedy: `Choose a build of kube-proxy ${newest}: aws eks describe-addon-versions --addon-name kube-proxy --kubernetes-version ${controlPlane}.`,
      location: addon.location,
    },
  ];
}

function besideKubelet(addon: Addon, group: NodeGroup, cluster: Cluster): Violation[] {
  const [kubelet, kubeProxy] = [knownVersion(group.version), minorOf(addon)];
  if (!kubelet || kubeProxy === undefined) return [];
  const { supported, oldest, newest } = kubeProxyToKubeletSkew(kubeProxy, `${kubelet}`);
  if (supported) return [];
  return [
    {
      path: addon.path,
      message:
        `kube-proxy is ${addon.version} and node group ${group.name} of ${cluster.name} runs kubelet ${kubelet}, ` +
        `beside which kube-proxy ${oldest} to ${newest} is supported.`,
      remedy: `Bring node group ${group.name} and kube-proxy to the version of the control plane.`,
      location: addon.location,
    },
  ];
}

function minorOf({ version }: Addon): string | undefined {
  const parsed = version === null ? undefined : parseAddonVersion(version);
  return parsed && `${parsed.major}.${parsed.minor}`;
}
