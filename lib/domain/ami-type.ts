import table from "../data/ami-types.json";
import type { DataHorizon } from "./data-horizon";
import { KubernetesVersion } from "./kubernetes-version";
import { nearestWord } from "./nearest-word";

/** The AMI types of managed node groups, by EKS's own names. */
export const AmiType = {
  AL2_ARM_64: "AL2_ARM_64",
  AL2_x86_64: "AL2_x86_64",
  AL2_x86_64_GPU: "AL2_x86_64_GPU",
  AL2023_ARM_64_NVIDIA: "AL2023_ARM_64_NVIDIA",
  AL2023_ARM_64_STANDARD: "AL2023_ARM_64_STANDARD",
  AL2023_x86_64_NEURON: "AL2023_x86_64_NEURON",
  AL2023_x86_64_NVIDIA: "AL2023_x86_64_NVIDIA",
  AL2023_x86_64_STANDARD: "AL2023_x86_64_STANDARD",
  BOTTLEROCKET_ARM_64: "BOTTLEROCKET_ARM_64",
  BOTTLEROCKET_ARM_64_FIPS: "BOTTLEROCKET_ARM_64_FIPS",
  BOTTLEROCKET_ARM_64_NVIDIA: "BOTTLEROCKET_ARM_64_NVIDIA",
  BOTTLEROCKET_ARM_64_NVIDIA_FIPS: "BOTTLEROCKET_ARM_64_NVIDIA_FIPS",
  BOTTLEROCKET_x86_64: "BOTTLEROCKET_x86_64",
  BOTTLEROCKET_x86_64_FIPS: "BOTTLEROCKET_x86_64_FIPS",
  BOTTLEROCKET_x86_64_NVIDIA: "BOTTLEROCKET_x86_64_NVIDIA",
  BOTTLEROCKET_x86_64_NVIDIA_FIPS: "BOTTLEROCKET_x86_64_NVIDIA_FIPS",
  CUSTOM: "CUSTOM",
  WINDOWS_CORE_2019_x86_64: "WINDOWS_CORE_2019_x86_64",
  WINDOWS_CORE_2022_x86_64: "WINDOWS_CORE_2022_x86_64",
  WINDOWS_CORE_2025_x86_64: "WINDOWS_CORE_2025_x86_64",
  WINDOWS_FULL_2019_x86_64: "WINDOWS_FULL_2019_x86_64",
  WINDOWS_FULL_2022_x86_64: "WINDOWS_FULL_2022_x86_64",
  WINDOWS_FULL_2025_x86_64: "WINDOWS_FULL_2025_x86_64",
} as const;

export type AmiType = (typeof AmiType)[keyof typeof AmiType];

/** Whether nodes of an AMI type run Windows, by its name: EKS begins all of those with it. */
export function isWindows(amiType: string): boolean {
  return amiType.startsWith("WINDOWS_");
}

export type Architecture = "x86_64" | "arm64";

export type Accelerator = "nvidia" | "neuron" | "amd";

/** What is known of an AMI type. Versions are minor versions such as `1.33`. */
export interface AmiTypeFacts {
  readonly name: AmiType;
  /** Absent for `CUSTOM`, whose AMI the launch template names. */
  readonly operatingSystem?: string;
  /** Absent for `CUSTOM`. */
  readonly architecture?: Architecture;
  /** Accelerators whose instance types it serves; absent for none. */
  readonly accelerators?: readonly Accelerator[];
  readonly fips?: boolean;
  /** The first minor with an AMI: older ones never had one. */
  readonly firstMinor?: string;
  /** In place of `firstMinor`, where older minors may have had one: the oldest minor seen. */
  readonly verifiedFrom?: string;
  /** The last minor that AWS ships; absent where no end has been announced. */
  readonly lastMinor?: string;
  /** The newest minor seen, where there is no `lastMinor`. */
  readonly verifiedTo?: string;
  /** The day of the last AMI, where there will be no more. */
  readonly lastAmiRelease?: string;
  /** The AWS Systems Manager parameter that holds the newest release version; `{k8s}` stands for the minor. */
  readonly releaseVersionParameter?: string;
  readonly note?: string;
}

/** Whether EKS has an AMI of a type for a Kubernetes minor version. */
export interface AmiAvailability {
  /**
   * `not-yet`: the type is younger than the version. `no-longer`: AWS stopped before the version. `unverified`: nothing says that it is
   * there, nor that it is not. `unknown-type`: no such type is known.
   */
  readonly status: "available" | "not-yet" | "no-longer" | "unverified" | "unknown-type";
  readonly firstMinor?: string;
  readonly lastMinor?: string;
  readonly verifiedFrom?: string;
  readonly verifiedTo?: string;
}

const rows = table.rows as readonly AmiTypeFacts[];
let factsByName: ReadonlyMap<string, AmiTypeFacts> | undefined;

/** What is known of the AMI type `name`, written exactly as EKS writes it; undefined when there is none. */
export function amiType(name: string): AmiTypeFacts | undefined {
  factsByName ??= new Map(rows.map((facts) => [facts.name, facts]));
  return factsByName.get(name);
}

/**
 * Whether EKS has an AMI of the type `name` for the Kubernetes minor version `version`.
 * @throws TandemError when `version` is not a minor version such as "1.33".
 */
export function amiAvailability(name: string, version: string): AmiAvailability {
  const wanted = KubernetesVersion.parse(version);
  const facts = amiType(name);
  if (!facts) return { status: "unknown-type" };
  const { firstMinor, verifiedFrom, lastMinor, verifiedTo } = facts;
  return {
    status: statusAt(wanted, facts),
    ...(firstMinor !== undefined && { firstMinor }),
    ...(verifiedFrom !== undefined && { verifiedFrom }),
    ...(lastMinor !== undefined && { lastMinor }),
    ...(verifiedTo !== undefined && { verifiedTo }),
  };
}

/** The AMI type that `name` was probably meant to be; undefined when none is close. */
export function nearestAmiType(name: string): AmiType | undefined {
  return nearestWord(
    name,
    rows.map((facts) => facts.name),
  ) as AmiType | undefined;
}

/**
 * The version of the AWS provider that the bindings pin, where it has not heard of the AMI type `name` yet and so refuses it at plan;
 * undefined where it has.
 */
export function providerWithout(name: string): string | undefined {
  return table.provider.lacks.includes(name) ? table.provider.version : undefined;
}

/** When the AMI types were read, and up to which version their AMIs were seen. */
export function amiTypesHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

function statusAt(wanted: KubernetesVersion, facts: AmiTypeFacts): AmiAvailability["status"] {
  const [first, from, last, to] = [facts.firstMinor, facts.verifiedFrom, facts.lastMinor, facts.verifiedTo].map(
    (minor) => KubernetesVersion.tryParse(minor),
  );
  if (first && wanted.isBefore(first)) return "not-yet";
  if (last && wanted.isAfter(last)) return "no-longer";
  const oldest = first ?? from;
  const newest = last ?? to;
  const isSeen = oldest && newest && !wanted.isBefore(oldest) && !wanted.isAfter(newest);
  return isSeen ? "available" : "unverified";
}
