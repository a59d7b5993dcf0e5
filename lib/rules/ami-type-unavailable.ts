import { type AmiAvailability, amiAvailability, nearestAmiType, providerWithout } from "../domain/ami-type";
import type { Cluster, NodeGroup } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { defineRule, type Violation } from "./rule";

/** That nobody can say whether there is an AMI is `version-unknown`'s. */
export const amiTypeUnavailable = defineRule({
  id: "ami-type-unavailable",
  title: "EKS has no AMI of the node group's type for its Kubernetes version",
  severity: "error",
  remedy: "Choose an AMI type that EKS has for the node group's version.",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html",
  check: (model) =>
    model.clusters.flatMap((cluster) => cluster.nodeGroups.flatMap((group) => unavailable(group, cluster))),
});

function unavailable(group: NodeGroup, cluster: Cluster): Violation[] {
  const version = knownVersion(group.version);
  if (!version || group.amiType === null) return [];
  const availability = amiAvailability(group.amiType, version.toString());
  // Somebody else's image may be of a type that EKS has given up.
  const isBuilt = group.amiId !== undefined && availability.status !== "unknown-type";
  const why = isBuilt ? undefined : whyUnavailable(group.amiType, availability);
  if (!why) return isBuilt ? [] : unheardOf(group, cluster);
  const { obstacle, remedy } = why;
  return [
    {
      path: group.path,
      message: `Node group ${group.name} of ${cluster.name} runs ${version} with the AMI type ${group.amiType}, ${obstacle}.`,
      ...(remedy !== undefined && { remedy }),
      location: group.location,
    },
  ];
}

/** A provider that is newer than the bindings' own may know it by now. */
function unheardOf({ name, path, amiType, location }: NodeGroup, cluster: Cluster): Violation[] {
  const provider = amiType === null ? undefined : providerWithout(amiType);
  if (provider === undefined) return [];
  return [
    {
      path,
      severity: "warning",
      message: `Node group ${name} of ${cluster.name} has the AMI type ${amiType}, which hashicorp/aws ${provider}, the version that the bindings pin, has not heard of: terraform plan will refuse it.`,
      remedy:
        "Choose another AMI type, or name the image with amiId; where you pin a newer provider that knows it, acknowledge ami-type-unavailable.",
      location,
    },
  ];
}

interface Obstacle {
  readonly obstacle: string;
  readonly remedy?: string;
}

function whyUnavailable(name: string, { status, firstMinor, lastMinor }: AmiAvailability): Obstacle | undefined {
  switch (status) {
    case "unknown-type": {
      const near = nearestAmiType(name);
      return { obstacle: "which EKS does not have", ...(near && { remedy: `Use ${near}, if that is what you mean.` }) };
    }
    case "not-yet":
      return { obstacle: `which EKS has from ${firstMinor} on` };
    case "no-longer":
      return { obstacle: `of which EKS has no AMI after ${lastMinor}` };
    default:
      return undefined;
  }
}
