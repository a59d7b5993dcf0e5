import { knownVersion } from "../domain/stated-version";
import { kubeletSkew as skewOf } from "../domain/version-skew";
import { defineRule } from "./rule";

/** EKS refuses a node group that is newer than its control plane, and an upgrade that would leave one too far behind. */
export const kubeletSkew = defineRule({
  id: "kubelet-skew",
  title: "A node group is outside the version skew that its control plane supports",
  severity: "error",
  remedy: "Bring the node group to the version of its control plane.",
  source: "https://kubernetes.io/releases/version-skew-policy/#kubelet",
  check: (model) =>
    model.clusters.flatMap((cluster) =>
      cluster.nodeGroups.flatMap((group) => {
        const [controlPlane, kubelet] = [knownVersion(cluster.version), knownVersion(group.version)];
        if (!controlPlane || !kubelet) return [];
        const { supported, oldest, newest, minorsBehind } = skewOf(`${controlPlane}`, `${kubelet}`);
        if (supported) return [];
        const remedy =
          minorsBehind < 0
            ? `Upgrade the control plane of ${cluster.name} to ${kubelet} first, or keep node group ${group.name} at ${newest}.`
            : `Upgrade node group ${group.name} to ${oldest} at least before the control plane goes to ${controlPlane}, and to ${newest} after it.`;
        return [
          {
            path: group.path,
            message:
              `Node group ${group.name} runs kubelet ${kubelet} and the control plane of ${cluster.name} ${controlPlane}, ` +
              `which supports kubelet ${oldest} to ${newest}.`,
            remedy,
            location: group.location,
          },
        ];
      }),
    ),
});
