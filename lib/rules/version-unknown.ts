import { addonCompatibility } from "../domain/addon-version";
import { amiAvailability, amiType } from "../domain/ami-type";
import { kubernetesApisHorizon } from "../domain/api-lifecycle";
import type { DataHorizon } from "../domain/data-horizon";
import { eksSupport, eksVersionsHorizon } from "../domain/eks-calendar";
import { fieldChangesHorizon } from "../domain/field-change";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Addon, Cluster, Described, NodeGroup, Stated } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { TandemError } from "../domain/tandem-error";
import { defineRule, type Violation } from "./rule";

/**
 * Unknown is not fine. Every other rule passes over a version that is a Terraform value, malformed or beyond the tables, and this one says
 * so: as an error where nothing could be judged, as a warning where one question stays open that a command answers.
 */
export const versionUnknown = defineRule({
  id: "version-unknown",
  title: "A version is not known, so that what depends on it could not be judged",
  severity: "error",
  remedy: "State the version, such as 1.33 for a control plane or v1.14.3-eksbuild.23 for an add-on.",
  source: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/architecture.md",
  check: (model) =>
    model.clusters.flatMap((cluster) => [
      ...notAVersion(cluster, `The control plane of ${cluster.name}`, cluster.version),
      ...beyondTables(cluster),
      ...notAVersion(cluster, `kubectl of ${cluster.name}`, cluster.clients.kubectl),
      ...cluster.nodeGroups.flatMap((group) => ofNodeGroup(group, cluster, model.asOf)),
      ...cluster.addons.flatMap((addon) => ofAddon(addon, cluster, model.asOf)),
    ]),
});

function notAVersion(construct: Described, subject: string, stated: Stated | undefined): Violation[] {
  if (stated === undefined || knownVersion(stated)) return [];
  if (stated === null) return [terraformValue(construct, subject, "a Kubernetes version")];
  const message = `${subject} has no Kubernetes version: ${whyMalformed(stated)}.`;
  return [
    { path: construct.path, message, remedy: "State a minor version, such as 1.33.", location: construct.location },
  ];
}

function whyMalformed(stated: string): string {
  try {
    return `${KubernetesVersion.parse(stated)}`;
  } catch (error) {
    if (error instanceof TandemError) return error.message;
    throw error;
  }
}

function terraformValue({ path, location }: Described, subject: string, what: string): Violation {
  return {
    path,
    message: `${subject} has ${what} that only Terraform knows, so that nothing which depends on it was judged.`,
    remedy: "State it in the program: a value that changes without a change of code is reviewed by nobody.",
    location,
  };
}

function beyondTables({ name, path, location, version }: Cluster): Violation[] {
  const known = knownVersion(version);
  const horizons = [eksVersionsHorizon(), fieldChangesHorizon(), kubernetesApisHorizon()];
  const short = known ? horizons.filter((horizon) => !reaches(horizon, known)) : [];
  if (short.length === 0) return [];
  const reach = short.map(({ table, covers }) => `${table} covers ${covers?.from} to ${covers?.to}`).join(", ");
  return [
    {
      path,
      message: `Cluster ${name} runs ${version}, which is beyond what is known here: ${reach}.`,
      remedy: "Update eks-tandem (npm install eks-tandem@latest), or choose a version that the tables cover.",
      location,
    },
  ];
}

function reaches({ covers }: DataHorizon, version: KubernetesVersion): boolean {
  if (!covers) return true;
  const [from, to] = [KubernetesVersion.parse(covers.from), KubernetesVersion.parse(covers.to)];
  return !version.isBefore(from) && !version.isAfter(to);
}

function ofNodeGroup(group: NodeGroup, cluster: Cluster, asOf: string): Violation[] {
  const subject = `Node group ${group.name} of ${cluster.name}`;
  const { amiType: ami, releaseVersion } = group;
  return [
    ...notAVersion(group, subject, group.version),
    ...(ami === null ? [terraformValue(group, subject, "an AMI type")] : unverifiedAmi(group, subject, ami, asOf)),
    // Many read the newest release from Systems Manager, which EKS does by itself where none is stated: it has to fit, and does.
    ...(releaseVersion === null
      ? [{ ...terraformValue(group, subject, "an AMI release"), severity: "warning" as const }]
      : []),
  ];
}

function unverifiedAmi(group: NodeGroup, subject: string, name: string, asOf: string): Violation[] {
  const version = knownVersion(group.version)?.toString();
  const isBuilt = name === "CUSTOM" || group.amiId !== undefined;
  if (version === undefined || isBuilt || !isInCalendar(version, asOf)) return [];
  const { status, firstMinor, verifiedFrom = firstMinor, verifiedTo } = amiAvailability(name, version);
  if (status !== "unverified") return [];
  const parameter = amiType(name)?.releaseVersionParameter?.replace("{k8s}", version);
  return [
    {
      path: group.path,
      message: `${subject} runs ${version} with the AMI type ${name}, which was seen from ${verifiedFrom} to ${verifiedTo} only.`,
      remedy: parameter
        ? `Check that EKS has it: aws ssm get-parameter --name ${parameter}.`
        : "Check in the EKS user guide that EKS has it.",
      severity: "warning",
      location: group.location,
    },
  ];
}

function ofAddon(addon: Addon, cluster: Cluster, asOf: string): Violation[] {
  const controlPlane = knownVersion(cluster.version)?.toString();
  const subject = `Add-on ${addon.name} of ${cluster.name}`;
  if (addon.version === null) return [terraformValue(addon, subject, "a version")];
  if (controlPlane === undefined || !isInCalendar(controlPlane, asOf)) return [];
  const { status, reason } = addonCompatibility(addon.name, addon.version, controlPlane);
  if (status !== "unknown") return [];
  return [
    {
      path: addon.path,
      message: `${subject} has the version ${addon.version}, and whether it fits is not known: ${reason}`,
      remedy: `Check that EKS offers it: aws eks describe-addon-versions --addon-name ${addon.name} --kubernetes-version ${controlPlane}.`,
      severity: "warning",
      location: addon.location,
    },
  ];
}

/** Of a version that the calendar does not hold, all that is to be said is said of the cluster. */
function isInCalendar(version: string, asOf: string): boolean {
  return eksSupport(version, asOf).status !== "unknown";
}
