import type { KubernetesVersion } from "./kubernetes-version";

/**
 * A version as EKS's API servers state theirs, such as `v1.36.0-eks-0000000`: for SemVer a pre-release. The patch is EKS's to choose,
 * and a chart that asks for one asks for what nobody can state; it is 0. Helm 3 compares a chart's kubeVersion with all of it, Helm 4
 * with what stands before the hyphen: `>=1.36.0` is met for Helm 4 alone.
 */
export function eksGitVersion(version: KubernetesVersion): string {
  return `v${version}.0-eks-0000000`;
}
