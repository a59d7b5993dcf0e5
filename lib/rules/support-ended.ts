import { clustersWithSupport } from "./cluster-support";
import { defineRule } from "./rule";

/** EKS creates no such cluster, and upgrades those that exist when it likes. */
export const supportEnded = defineRule({
  id: "support-ended",
  title: "EKS no longer supports the cluster's Kubernetes version",
  severity: "error",
  remedy: "Upgrade to a version in standard support, one minor version at a time.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  check: (model) =>
    clustersWithSupport(model)
      .filter(({ support }) => support.status === "ended")
      .map(({ cluster, support: { release } }) => ({
        path: cluster.path,
        message:
          `Cluster ${cluster.name} runs ${cluster.version}, whose support ended on ` +
          `${release?.endOfExtendedSupport ?? release?.endOfStandardSupport}: EKS creates no such cluster and upgrades those that exist without notice.`,
        location: cluster.location,
      })),
});
