import { KubernetesVersion } from "./kubernetes-version";
import type { Stated } from "./model";

/**
 * The Kubernetes version that a model states; undefined when it is a Terraform value or malformed, which `version-unknown` reports, so
 * that every other rule may pass over it.
 */
export function knownVersion(stated: Stated | undefined): KubernetesVersion | undefined {
  return KubernetesVersion.tryParse(stated);
}
