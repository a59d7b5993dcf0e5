import { knownVersion } from "../domain/stated-version";
import { kubectlSkew } from "../domain/version-skew";
import { defineRule } from "./rule";

/** A warning: most of what kubectl does works all the same, and what does not, fails at the one who runs it. */
export const clientSkew = defineRule({
  id: "client-skew",
  title: "kubectl is outside the version skew that the control plane supports",
  severity: "warning",
  remedy: "Use a kubectl within one minor version of every cluster that it talks to.",
  source: "https://kubernetes.io/releases/version-skew-policy/#kubectl",
  check: (model) =>
    model.clusters.flatMap((cluster) => {
      const [controlPlane, kubectl] = [knownVersion(cluster.version), knownVersion(cluster.clients.kubectl)];
      if (!controlPlane || !kubectl) return [];
      const { supported, oldest, newest } = kubectlSkew(`${controlPlane}`, `${kubectl}`);
      if (supported) return [];
      return [
        {
          path: cluster.path,
          message: `kubectl ${kubectl} talks to cluster ${cluster.name}, which runs ${controlPlane} and supports kubectl ${oldest} to ${newest}.`,
          remedy: `Use kubectl ${oldest} to ${newest} with ${cluster.name}.`,
          location: cluster.location,
        },
      ];
    }),
});
