import { isNamedAfterKubernetes, minorOfAmiRelease } from "../domain/ami-release";
import type { Cluster, NodeGroup } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { defineRule, type Violation } from "./rule";

/** Bottlerocket's releases bear Bottlerocket's own version, and say nothing of Kubernetes'. */
export const releaseVersionMismatch = defineRule({
  id: "release-version-mismatch",
  title: "A node group's AMI release is not of its Kubernetes version",
  severity: "error",
  remedy: "State an AMI release of the node group's version, or leave it out for the newest.",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html",
  check: (model) =>
    model.clusters.flatMap((cluster) => cluster.nodeGroups.flatMap((group) => mismatch(group, cluster))),
});

function mismatch(
  { name, path, location, version, releaseVersion, amiType }: NodeGroup,
  cluster: Cluster,
): Violation[] {
  if (typeof releaseVersion !== "string" || amiType === null || !isNamedAfterKubernetes(amiType)) return [];
  const minor = knownVersion(version);
  const ofRelease = minorOfAmiRelease(releaseVersion);
  if (!ofRelease) {
    const message = `Node group ${name} of ${cluster.name} has the AMI release ${JSON.stringify(releaseVersion)}, which is no name of a release of ${amiType}.`;
    return [{ path, location, message }];
  }
  if (!minor || minor.equals(ofRelease)) return [];
  return [
    {
      path,
      location,
      message: `Node group ${name} of ${cluster.name} runs ${minor}, but its AMI release ${releaseVersion} is of ${ofRelease}.`,
      remedy: `State an AMI release of ${minor}, or leave it out for the newest.`,
    },
  ];
}
