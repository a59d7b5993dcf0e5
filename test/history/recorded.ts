import type { ClusterState } from "../../lib/domain/cluster-state";
import type { Recorded } from "../../lib/history/history-file";

/** What runs on stage-aws1, recorded at noon of a day. */
export function recordedOn(day: string, stated: Partial<ClusterState> = {}, cluster = "stage-aws1"): Recorded {
  return {
    cluster,
    at: `${day}T12:00:00.000Z`,
    by: "ada",
    modelHash: "sha256:0",
    state: {
      version: "1.33",
      supportType: "STANDARD",
      nodeGroups: {},
      addons: {},
      releases: {},
      manifests: {},
      ...stated,
    },
  };
}
