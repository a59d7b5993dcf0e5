import { AmiType } from "../domain/ami-type";
import { TandemError } from "../domain/tandem-error";
import type { NodeGroupProps } from "./node-group";
import type { NodeGroupOptions, NodeGroupSize, NodeTaint } from "./node-group-props";
import { makesUserData } from "./node-user-data";
import { NODE_GROUP, requireKnownOptions } from "./option-names";
import { isTerraformValue } from "./stated";

/** EKS appends 26 characters to the prefix and allows 63. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const NODE_GROUP_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,35}$/;
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const AMI_ID = /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/;
/** Kubernetes' own form, in the 63 characters that EKS allows. https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
const KEY = /^(?=.{1,63}$)([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const VALUE = /^(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const EFFECTS: readonly NodeTaint["effect"][] = ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"];
const MOST_UNAVAILABLE = 100;

/** @throws TandemError when EKS would refuse a node group of that name and description */
export function requireNodeGroup(name: string, options: NodeGroupProps): void {
  requireKnownOptions(options, NODE_GROUP);
  if (!NODE_GROUP_NAME.test(name)) {
    throw new TandemError(
      `a node group's name has 1 to 36 letters, digits, hyphens and underscores and starts with a letter or digit, got ${JSON.stringify(name)}`,
    );
  }
  requireImage(options);
  const { instanceTypes, size } = options;
  if (!Array.isArray(instanceTypes) || instanceTypes.length === 0) {
    throw new TandemError(
      `instanceTypes is empty; name one EC2 instance type at least, such as instanceTypes: ["m7g.large"]`,
    );
  }
  requireSize(size);
  requireUpdate(options);
  for (const [key, value] of Object.entries(options.labels ?? {})) requireKeyAndValue("labels", key, value);
  for (const taint of options.taints ?? []) requireTaint(taint);
}

/** Number of nodes at creation. */
export function desiredSize({ min, max, desired }: NodeGroupSize): number {
  return desired ?? Math.max(min, Math.min(1, max));
}

function requireImage(options: NodeGroupOptions): void {
  const { amiType, amiId } = options;
  if (typeof amiType !== "string" || amiType === "") {
    throw new TandemError(`amiType is missing; state the image, such as amiType: AmiType.AL2023_ARM_64_STANDARD`);
  }
  if (amiType === AmiType.CUSTOM) {
    throw new TandemError(
      "amiType CUSTOM is what EKS answers for an AMI of your own and never takes; state the AMI in amiId, and in amiType the image " +
        "that it was built from, such as AmiType.AL2023_ARM_64_STANDARD",
    );
  }
  if (amiId !== undefined) requireOwnImage(amiId, options);
  else if (options.userData !== undefined) {
    throw new TandemError("userData is for nodes with an AMI of your own; state it in amiId, or leave userData out");
  }
}

function requireOwnImage(amiId: string, { amiType, version, releaseVersion, userData }: NodeGroupOptions): void {
  if (!isTerraformValue(amiId) && !AMI_ID.test(amiId)) {
    throw new TandemError(`amiId: expected an AMI such as "ami-0a1b2c3d4e5f67890", got ${JSON.stringify(amiId)}`);
  }
  if (version === undefined) {
    throw new TandemError(
      "version is missing; with amiId state the Kubernetes minor version of the image's kubelet, which nobody can read from the id",
    );
  }
  if (releaseVersion !== undefined) {
    throw new TandemError("releaseVersion names an image of EKS and amiId one of your own; leave one of them out");
  }
  if (userData === undefined && !makesUserData(amiType)) {
    throw new TandemError(
      `userData is missing; how an image built from ${amiType} joins the cluster is not known here, as it is for AL2023 and Bottlerocket`,
    );
  }
}

function requireUpdate({ maxUnavailable, maxUnavailablePercentage }: NodeGroupOptions): void {
  if (maxUnavailable !== undefined && maxUnavailablePercentage !== undefined) {
    throw new TandemError(
      "maxUnavailable and maxUnavailablePercentage say the same in two ways; EKS takes one of them, so leave the other out",
    );
  }
  for (const [name, value] of Object.entries({ maxUnavailable, maxUnavailablePercentage })) {
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= MOST_UNAVAILABLE)) continue;
    throw new TandemError(
      `${name}: expected a whole number from 1 to ${MOST_UNAVAILABLE}, got ${JSON.stringify(value)}`,
    );
  }
}

function requireTaint({ key, value = "", effect }: NodeTaint): void {
  requireKeyAndValue("taints", key, value);
  if (EFFECTS.includes(effect)) return;
  throw new TandemError(`taints: expected the effect ${EFFECTS.join(", ")}, got ${JSON.stringify(effect)}`);
}

function requireKeyAndValue(prop: string, key: unknown, value: unknown): void {
  if (typeof key !== "string" || !KEY.test(key)) {
    throw new TandemError(
      `${prop}: expected a key of 1 to 63 characters such as "example.com/team", got ${JSON.stringify(key)}`,
    );
  }
  if (typeof value === "string" && (isTerraformValue(value) || VALUE.test(value))) return;
  throw new TandemError(
    `${prop}: expected as the value of ${key} up to 63 letters, digits, hyphens, underscores and dots in quotes, got ${JSON.stringify(value)}`,
  );
}

function requireSize(size: NodeGroupSize | undefined): void {
  const numbers = [size?.min, size?.max, ...(size?.desired === undefined ? [] : [size.desired])];
  if (!size || numbers.some((number) => !Number.isInteger(number) || Number(number) < 0) || size.max < 1) {
    throw new TandemError(
      `size: expected whole numbers of nodes, such as { min: 2, max: 4 } with a max of 1 at least, got ${JSON.stringify(size)}`,
    );
  }
  if (size.min > size.max)
    throw new TandemError(`size: min (${size.min}) is more than max (${size.max}); lower min or raise max`);
  const desired = desiredSize(size);
  if (desired < size.min || desired > size.max) {
    throw new TandemError(`size: desired (${desired}) is not between min (${size.min}) and max (${size.max})`);
  }
}
