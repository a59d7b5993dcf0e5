import { KubernetesVersion } from "./kubernetes-version";

/**
 * Whether releases of an AMI type are named after the Kubernetes version. Bottlerocket's are named after Bottlerocket's own, and a
 * custom AMI has none.
 */
export function isNamedAfterKubernetes(amiType: string): boolean {
  return !amiType.startsWith("BOTTLEROCKET") && amiType !== "CUSTOM";
}

/**
 * The Kubernetes minor version in the name of an AMI release: Amazon Linux writes `1.35.2-20260214`, Windows `1.35-2026.02.14`.
 * @returns undefined when it is neither
 */
export function minorOfAmiRelease(releaseVersion: string): KubernetesVersion | undefined {
  return KubernetesVersion.tryParse(/^(\d+\.\d+)(\.\d+)?-\d{4}\.?\d{2}\.?\d{2}$/.exec(releaseVersion)?.[1]);
}
