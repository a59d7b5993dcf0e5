import table from "../data/skew.json";
import type { DataHorizon } from "./data-horizon";
import { KubernetesVersion } from "./kubernetes-version";

/** What the version skew policy says of one component beside another. Versions are minor versions such as `1.33`. */
export interface Skew {
  /** Whether the policy allows the two together. */
  readonly supported: boolean;
  /** How many minor versions the component is older; negative when it is newer. */
  readonly minorsBehind: number;
  /** The oldest version of the component that is allowed beside the other. */
  readonly oldest: string;
  /** The newest version of the component that is allowed beside the other. */
  readonly newest: string;
}

/**
 * A limit, in minor versions. A component's own version decides which one holds: below `below` it is `minorsBelow`, else `minors`.
 */
export interface SkewLimit {
  readonly minors: number;
  readonly below?: string;
  readonly minorsBelow?: number;
}

/** The limits of the policy, all in minor versions. */
export interface SkewPolicy {
  /** How much older than its API server a kubelet may be. It may never be newer. */
  readonly kubelet: SkewLimit;
  /** How much older than its API server kube-proxy may be. It may never be newer. */
  readonly kubeProxy: SkewLimit;
  /** How much older or newer than the kubelet beside it kube-proxy may be. */
  readonly kubeProxyToKubelet: SkewLimit;
  /** How much older or newer than the API server kubectl may be. */
  readonly kubectl: SkewLimit;
  /** How much older than its API server a controller manager or scheduler may be. EKS runs them. */
  readonly controllers: SkewLimit;
  /** How far apart the API servers of one control plane may be. EKS runs them. */
  readonly apiServers: SkewLimit;
  /** How far one update moves a control plane: exactly this. */
  readonly controlPlaneUpdate: SkewLimit;
  /** How far staging may be ahead of production: this project's own limit. */
  readonly stagingAhead: SkewLimit;
}

/** The version skew policy as limits, from https://kubernetes.io/releases/version-skew-policy/ and the EKS user guide. */
export function skewPolicy(): SkewPolicy {
  return table.policy;
}

/**
 * A kubelet beside its control plane: never newer, and at most three minor versions older (two for a kubelet below 1.25).
 * @throws TandemError when a version is not a minor version such as "1.33".
 */
export function kubeletSkew(controlPlane: string, kubelet: string): Skew {
  return skew(controlPlane, kubelet, skewPolicy().kubelet, "older");
}

/**
 * kube-proxy beside its control plane: the same limits as for a kubelet.
 * @throws TandemError when a version is not a minor version such as "1.33".
 */
export function kubeProxySkew(controlPlane: string, kubeProxy: string): Skew {
  return skew(controlPlane, kubeProxy, skewPolicy().kubeProxy, "older");
}

/**
 * kube-proxy beside the kubelet of its node: at most three minor versions older or newer (two for a kube-proxy below 1.25).
 * `oldest` and `newest` are versions of kube-proxy.
 * @throws TandemError when a version is not a minor version such as "1.33".
 */
export function kubeProxyToKubeletSkew(kubeProxy: string, kubelet: string): Skew {
  return skew(kubelet, kubeProxy, skewPolicy().kubeProxyToKubelet, "either");
}

/**
 * kubectl beside the control plane that it talks to: at most one minor version older or newer.
 * @throws TandemError when a version is not a minor version such as "1.33".
 */
export function kubectlSkew(controlPlane: string, kubectl: string): Skew {
  return skew(controlPlane, kubectl, skewPolicy().kubectl, "either");
}

/** When the policy was read, and the versions for which it was checked. */
export function skewHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

function skew(beside: string, component: string, limit: SkewLimit, direction: "older" | "either"): Skew {
  const fixed = KubernetesVersion.parse(beside);
  const moving = KubernetesVersion.parse(component);
  const { oldest, newest } = allowed(fixed, limit, direction);
  return {
    supported: !moving.isBefore(oldest) && !moving.isAfter(newest),
    minorsBehind: fixed.minorsAhead(moving),
    oldest: oldest.toString(),
    newest: newest.toString(),
  };
}

function allowed(fixed: KubernetesVersion, limit: SkewLimit, direction: "older" | "either") {
  let oldest = fixed;
  while (fixed.minorsAhead(oldest.previous()) <= limitFor(oldest.previous(), limit) && oldest.minor > 0) {
    oldest = oldest.previous();
  }
  let newest = fixed;
  while (direction === "either" && newest.next().minorsAhead(fixed) <= limitFor(newest.next(), limit)) {
    newest = newest.next();
  }
  return { oldest, newest };
}

function limitFor(component: KubernetesVersion, { minors, below, minorsBelow }: SkewLimit): number {
  const isOld = below !== undefined && component.isBefore(KubernetesVersion.parse(below));
  return isOld && minorsBelow !== undefined ? minorsBelow : minors;
}
