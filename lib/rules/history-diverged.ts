import { recordedClusters } from "../domain/recorded-cluster";
import { defineRule } from "./rule";

/** What runs is then one of two, and every rule that compares with it compares with the newer. */
export const historyDiverged = defineRule({
  id: "history-diverged",
  title: "The history tells of a cluster in two ways",
  severity: "error",
  remedy: "Record what runs: npx tandem record CLUSTER --state FILE; the new entry joins them.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/history.md",
  check: (model) =>
    recordedClusters(model).flatMap(({ cluster, history: { diverged, latest } }) => {
      if (!diverged) return [];
      return [
        {
          path: cluster.path,
          location: cluster.location,
          message:
            `${diverged.length} branches have recorded cluster ${cluster.name} and were merged, so that what it runs is not known; it is ` +
            `compared with the newest entry, of ${latest.at} by ${latest.by}.`,
          remedy: `Record what runs: npx tandem record ${cluster.name} --state FILE; the new entry joins them.`,
        },
      ];
    }),
});
