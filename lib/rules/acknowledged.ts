import { isCalendarDate } from "../domain/calendar-date";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Acknowledgement, Cluster, Model } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import type { Finding } from "./rule";

/** Whether a construct path covers another: itself and everything below it; the empty path covers all. */
export function covers(path: string, other: string): boolean {
  return path === "" || other === path || other.startsWith(`${path}/`);
}

/** Whether an acknowledgement speaks of a finding, expired or not. */
export function matches({ rule, paths }: Acknowledgement, finding: Pick<Finding, "rule" | "path">): boolean {
  return rule === finding.rule && paths.some((path) => covers(path, finding.path));
}

/**
 * Why an acknowledgement no longer holds, as the end of a sentence; undefined while it does. One whose end cannot be understood does
 * not hold.
 */
export function whyExpired({ until, paths }: Acknowledgement, model: Model): string | undefined {
  if (until === undefined) return undefined;
  if (isCalendarDate(until)) return until < model.asOf ? `it held until ${until}, and it is ${model.asOf}` : undefined;
  const end = KubernetesVersion.tryParse(until);
  if (!end) return `its end is ${JSON.stringify(until)}, neither a date nor a Kubernetes version`;
  const reached = model.clusters.find(
    (cluster) => isAtLeast(cluster, end) && paths.some((path) => concerns(path, cluster)),
  );
  return reached && `it held until Kubernetes ${until}, and cluster ${reached.name} runs ${reached.version}`;
}

function isAtLeast(cluster: Cluster, version: KubernetesVersion): boolean {
  return knownVersion(cluster.version)?.isBefore(version) === false;
}

/** Whether `path` is the cluster's, stands above it, or belongs to something in it. */
function concerns(path: string, cluster: Cluster): boolean {
  const parts = [cluster, ...cluster.nodeGroups, ...cluster.addons, ...cluster.releases, ...cluster.manifests];
  return parts.some((part) => covers(path, part.path) || covers(part.path, path));
}
