import { kubernetesApisHorizon } from "./api-lifecycle";
import { KubernetesVersion } from "./kubernetes-version";
import { TandemError } from "./tandem-error";

/**
 * Reads the Kubernetes version to judge or to convert for.
 * @throws TandemError when it is no minor version, or one that the API table does not reach
 */
export function parseTarget(text: string): KubernetesVersion {
  const target = KubernetesVersion.parse(text);
  const { covers } = kubernetesApisHorizon();
  if (!covers) return target;
  const [from, to] = [KubernetesVersion.parse(covers.from), KubernetesVersion.parse(covers.to)];
  if (!target.isBefore(from) && !target.isAfter(to)) return target;
  throw new TandemError(
    `nothing is known of Kubernetes ${target}: the API table covers ${from} to ${to}; choose a target within it, or update eks-tandem`,
  );
}
