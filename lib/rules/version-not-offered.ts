import { clustersWithSupport } from "./cluster-support";
import { defineRule } from "./rule";

export const versionNotOffered = defineRule({
  id: "version-not-offered",
  title: "EKS does not offer the cluster's Kubernetes version yet",
  severity: "error",
  remedy: "Choose a version that EKS offers.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  check: (model) =>
    clustersWithSupport(model)
      .filter(({ support }) => support.status === "not-offered")
      .map(({ cluster, support }) => ({
        path: cluster.path,
        message: `Cluster ${cluster.name} asks for ${cluster.version}, which EKS offers from ${support.release?.eksRelease}; it is ${model.asOf}.`,
        remedy: "Wait for that day, or choose an older version.",
        location: cluster.location,
      })),
});
