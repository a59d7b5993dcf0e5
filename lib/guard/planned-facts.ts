import type { PlannedFacts, PlannedKind, Stated } from "../domain/model";
import type { Values } from "./read-plan";
import { flagAt, isUnknownAt, numberAt, textAt, textsAt } from "./resource-values";

/** EKS lets everybody in where no network is named. https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html */
const EVERYBODY = ["0.0.0.0/0"];

/**
 * What the rules need to know of a resource before or after.
 * @param unknown what only the apply will know
 */
export function factsOf(kind: PlannedKind, values: Values, unknown: Values): PlannedFacts {
  switch (kind) {
    case "cluster":
      return {
        version: statedAt(values, unknown, "version"),
        publicAccess: publicAccess(values, unknown),
        deletionProtection: isUnknownAt(unknown, "deletion_protection")
          ? null
          : (flagAt(values, "deletion_protection") ?? false),
        forceUpdate: flagAt(values, "force_update_version") ?? false,
      };
    case "node group":
      return {
        version: statedAt(values, unknown, "version"),
        releaseVersion: statedAt(values, unknown, "release_version"),
        ...launchTemplate(values, unknown),
        forceUpdate: flagAt(values, "force_update_version") ?? false,
      };
    case "add-on":
      return { version: statedAt(values, unknown, "addon_version") };
    default:
      return {};
  }
}

function statedAt(values: Values, unknown: Values, argument: string): Stated {
  return isUnknownAt(unknown, argument) ? null : (textAt(values, argument) ?? null);
}

function publicAccess(values: Values, unknown: Values): readonly string[] | null {
  if (isUnknownAt(unknown, "vpc_config", 0, "endpoint_public_access")) return null;
  if (flagAt(values, "vpc_config", 0, "endpoint_public_access") === false) return [];
  const networks = textsAt(values, "vpc_config", 0, "public_access_cidrs");
  return networks.length > 0 ? networks : EVERYBODY;
}

function launchTemplate(values: Values, unknown: Values): Pick<PlannedFacts, "launchTemplate"> {
  const isNotKnown = ["id", "version"].some((argument) => isUnknownAt(unknown, "launch_template", 0, argument));
  if (isNotKnown) return { launchTemplate: null };
  const id = textAt(values, "launch_template", 0, "id") ?? textAt(values, "launch_template", 0, "name");
  if (id === undefined) return {};
  const version = textAt(values, "launch_template", 0, "version") ?? numberAt(values, "launch_template", 0, "version");
  return { launchTemplate: `${id} version ${version ?? "unknown"}` };
}
