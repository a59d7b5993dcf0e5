import { type EksSupport, eksSupport } from "../domain/eks-calendar";
import type { Cluster, Model } from "../domain/model";
import { knownVersion } from "../domain/stated-version";

/** A cluster and how EKS supports its version on the day of the model. */
export interface SupportedCluster {
  readonly cluster: Cluster;
  readonly support: EksSupport;
}

/** Every cluster whose version is known. What the calendar does not hold has the status `unknown`, which `version-unknown` reports. */
export function clustersWithSupport(model: Model): SupportedCluster[] {
  return model.clusters.flatMap((cluster) => {
    const version = knownVersion(cluster.version);
    return version ? [{ cluster, support: eksSupport(version.toString(), model.asOf) }] : [];
  });
}

/** What EKS does when the present phase of support ends, as a sentence. */
export function whatFollows({ cluster, support }: SupportedCluster): string {
  if (support.status === "extended") return "EKS then upgrades the control plane by itself.";
  return cluster.supportType === "STANDARD"
    ? "Its support type is STANDARD: EKS then upgrades the control plane by itself."
    : "Its support type is EXTENDED: EKS then bills extended support.";
}
