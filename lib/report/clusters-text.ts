import type { ClusterName } from "../domain/placed-release";
import { enumerated } from "../rules/release-subject";

/** `stage-aws1 (staging) and prod-aws1 (production)`. */
export function clustersText(clusters: readonly ClusterName[]): string {
  return enumerated(
    clusters.map(({ cluster, environment }) => (environment ? `${cluster} (${environment})` : cluster)),
  );
}
