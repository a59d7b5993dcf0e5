import { eksGitVersion } from "./eks-git-version";
import { satisfiesHelmConstraint } from "./helm-constraint";
import type { KubernetesVersion } from "./kubernetes-version";

/** Whether a chart's kubeVersion allows a Kubernetes version of EKS. */
export interface KubeVersionFit {
  /**
   * `fits`. `excluded`: Helm refuses the chart. `excluded-by-suffix`: likewise, though the same version without EKS's suffix would do.
   * `not-understood`: it is no constraint.
   */
  readonly status: "fits" | "excluded" | "excluded-by-suffix" | "not-understood";
  /** Part of a sentence. */
  readonly reason: string;
}

/**
 * Whether a chart's kubeVersion allows a Kubernetes version, as the helm in Terraform's provider judges it: EKS's `-eks-…` is a
 * pre-release for SemVer. Helm 4 takes the suffix off first.
 * @param kubeVersion the constraint in Chart.yaml
 */
export function kubeVersionFit(kubeVersion: string, kubernetes: KubernetesVersion): KubeVersionFit {
  const version = eksGitVersion(kubernetes);
  const stated = `its kubeVersion ${JSON.stringify(kubeVersion)}`;
  const isSatisfied = satisfiesHelmConstraint(version, kubeVersion);
  if (isSatisfied === undefined)
    return { status: "not-understood", reason: `${stated} is no constraint that Helm understands` };
  if (isSatisfied) return { status: "fits", reason: `${stated} allows ${version}` };
  const excluded = `${stated} excludes EKS's ${version}`;
  if (!satisfiesHelmConstraint(withoutSuffix(version), kubeVersion)) return { status: "excluded", reason: excluded };
  const allowing = withPreReleases(kubeVersion);
  const such = satisfiesHelmConstraint(version, allowing) ? `, such as ${JSON.stringify(allowing)},` : "";
  return {
    status: "excluded-by-suffix",
    reason: `${excluded}: the suffix makes it a pre-release, which only a constraint with a pre-release of its own${such} allows`,
  };
}

function withoutSuffix(version: string): string {
  return version.replace(/-.*$/, "");
}

/** Each version of the constraint with the lowest of its pre-releases. */
function withPreReleases(constraint: string): string {
  return constraint.replace(/(?<![\w.+-])v?[\dxX*]+(\.[\dxX*]+){0,2}(?=$|[\s,|])/g, (version) => `${version}-0`);
}
