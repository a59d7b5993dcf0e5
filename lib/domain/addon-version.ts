import table from "../data/addons.json";
import type { DataHorizon } from "./data-horizon";
import { KubernetesVersion } from "./kubernetes-version";
import { kubeProxySkew } from "./version-skew";

/** The version of an EKS add-on, such as `v1.14.3-eksbuild.23`. */
export interface AddonVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** EKS's own build of that release. */
  readonly build: number;
  readonly text: string;
}

/** What is known of an EKS add-on, in any version. */
export interface AddonFacts {
  readonly name: string;
  readonly namespace: string;
  /** The Kubernetes objects that it consists of. */
  readonly workload?: string;
  readonly purpose: string;
  readonly owner: "aws" | "community";
  /** One of the three that EKS installs unless told otherwise. */
  readonly networking?: boolean;
  /** Whether it has to be there before the first node. */
  readonly beforeNodes: boolean;
  readonly beforeNodesWhy?: string;
  /** Where it runs: `ec2`, `fargate`, `auto`, `hybrid`; absent where no source says. */
  readonly computeTypes?: readonly string[];
  /** What decides which versions fit a Kubernetes minor version; absent where no source says. `any-minor`: one build serves all. */
  readonly versionsFollow?: "kube-proxy-skew" | "coredns-families" | "any-minor";
  /** It must not skip a minor version of its own. */
  readonly oneMinorAtATime?: boolean;
  readonly iam: {
    readonly required: boolean;
    /** Its pods run in the nodes' network and live on the nodes' role, which has what they need. */
    readonly fromNodes?: boolean;
    /** Service accounts of its pods that call AWS. */
    readonly serviceAccounts?: readonly string[];
    /** AWS managed policies, by name, that AWS recommends for them. */
    readonly policies?: readonly string[];
    readonly note?: string;
  };
  readonly update?: string;
  readonly note?: string;
  /** The fields above that are general knowledge, read nowhere. */
  readonly unverified?: readonly string[];
}

/** A version that a dated source shows to fit a Kubernetes minor version. */
export interface ObservedAddonVersion {
  readonly version: string;
  /** A day, or a month or year where no more is known; absent where undated. */
  readonly firstSeen?: string;
}

/** Whether an add-on's version fits a control plane. */
export interface AddonCompatibility {
  /**
   * `observed`: seen to fit. `plausible`: nothing speaks against it, but it was not seen; EKS offers more than was seen. `incompatible`: EKS
   * refuses it or it would break. `unknown`: the table does not say.
   */
  readonly status: "observed" | "plausible" | "incompatible" | "unknown";
  /** A full sentence, with all values. */
  readonly reason: string;
}

type Row = ObservedAddonVersion & { readonly addon: string; readonly kubernetes: string };

const FORM = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)-eksbuild\.([1-9]\d*)$/;
const rows: readonly Row[] = table.rows;
const factsByName = table.addons as Readonly<Record<string, Omit<AddonFacts, "name">>>;
const neverExisted: Readonly<Record<string, string>> = table.neverExisted;
const observed = new Map<string, readonly ObservedAddonVersion[]>();

/** Reads an add-on version; undefined when it is not of the form `v1.14.3-eksbuild.23`, which is EKS's only one. */
export function parseAddonVersion(text: string): AddonVersion | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [major = 0, minor = 0, patch = 0, build = 0] = match.slice(1).map(Number);
  return { major, minor, patch, build, text };
}

/** Negative when `a` is older than `b`, 0 when equal, positive when newer; builds count last. */
export function compareAddonVersions(a: AddonVersion, b: AddonVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || a.build - b.build;
}

/** What is known of the add-on `name`, such as `vpc-cni`; undefined when the table does not have it. */
export function addonFacts(name: string): AddonFacts | undefined {
  const facts = Object.hasOwn(factsByName, name) ? factsByName[name] : undefined;
  return facts && { name, ...facts };
}

/** The versions seen to fit a Kubernetes minor version, oldest first. Never all that EKS offers. */
export function observedAddonVersions(name: string, clusterMinor: string): readonly ObservedAddonVersion[] {
  const key = `${name} ${clusterMinor}`;
  const known = observed.get(key) ?? observedIn(rows, name, clusterMinor);
  observed.set(key, known);
  return known;
}

/** The CoreDNS families (`1.14`) seen on a Kubernetes minor version, oldest first; empty when the table does not have it. */
export function coreDnsFamilies(clusterMinor: string): readonly string[] {
  const families = observedAddonVersions("coredns", clusterMinor).map(
    ({ version }) => /^v(\d+\.\d+)/.exec(version)?.[1],
  );
  return [...new Set(families)].filter((family) => family !== undefined);
}

/**
 * Whether the version `text` of an add-on fits a control plane of `clusterMinor`.
 * @throws TandemError when `clusterMinor` is not a minor version such as "1.33".
 */
export function addonCompatibility(name: string, text: string, clusterMinor: string): AddonCompatibility {
  const minor = KubernetesVersion.parse(clusterMinor).toString();
  const facts = addonFacts(name);
  if (!facts) return { status: "unknown", reason: `${name} is not an add-on that is known here.` };
  const version = parseAddonVersion(text);
  if (!version) {
    const reason = `${JSON.stringify(text)} is not a version of an EKS add-on, such as v1.14.3-eksbuild.23.`;
    return { status: "incompatible", reason };
  }
  const obstacle = whyNotExisting(name, version) ?? whyNotFitting(facts, version, minor);
  return obstacle ? { status: "incompatible", reason: obstacle } : evidence(facts, version, minor);
}

/** When the add-ons were read, and the Kubernetes versions that the table speaks for. */
export function addonsHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

function whyNotExisting(name: string, { major, minor, patch, text }: AddonVersion): string | undefined {
  const why = neverExisted[`${name} ${text}`] ?? neverExisted[`${name} v${major}.${minor}.${patch}`];
  return why && `EKS never released ${name} ${text} (${why}).`;
}

function whyNotFitting(facts: AddonFacts, version: AddonVersion, clusterMinor: string): string | undefined {
  if (facts.versionsFollow === "kube-proxy-skew") return whyOutsideSkew(version, clusterMinor);
  if (facts.versionsFollow === "coredns-families") return whyAnotherFamily(version, clusterMinor);
  return undefined;
}

function whyOutsideSkew({ major, minor, text }: AddonVersion, clusterMinor: string): string | undefined {
  const { supported, oldest, newest } = kubeProxySkew(clusterMinor, `${major}.${minor}`);
  if (supported) return undefined;
  return `kube-proxy ${text} is outside the version skew of Kubernetes ${clusterMinor}, which allows kube-proxy ${oldest} to ${newest}.`;
}

function whyAnotherFamily({ major, minor, text }: AddonVersion, clusterMinor: string): string | undefined {
  const families = coreDnsFamilies(clusterMinor);
  if (families.length === 0 || families.includes(`${major}.${minor}`)) return undefined;
  return `coredns ${text} is not of a family that EKS offers for Kubernetes ${clusterMinor}: CoreDNS ${families.join(" or ")}.`;
}

function evidence(
  { name, versionsFollow }: AddonFacts,
  { text }: AddonVersion,
  clusterMinor: string,
): AddonCompatibility {
  if (isBeyondTable(clusterMinor)) {
    const { from, to } = table.covers;
    return {
      status: "unknown",
      reason: `No version of ${name} is known for Kubernetes ${clusterMinor}: the table covers ${from} to ${to}.`,
    };
  }
  const seen = observedAddonVersions(name, clusterMinor);
  if (seen.some(({ version }) => version === text)) {
    return { status: "observed", reason: `${name} ${text} was seen on Kubernetes ${clusterMinor}.` };
  }
  const newest = seen.at(-1)?.version;
  if (newest === undefined && versionsFollow === undefined) {
    return {
      status: "unknown",
      reason: `No version of ${name} was seen on Kubernetes ${clusterMinor}, and no rule says which fit.`,
    };
  }
  const known = newest === undefined ? "none was" : `the newest seen is ${newest}`;
  return {
    status: "plausible",
    reason: `${name} ${text} was not seen on Kubernetes ${clusterMinor} (${known}), but nothing speaks against it.`,
  };
}

function isBeyondTable(clusterMinor: string): boolean {
  const version = KubernetesVersion.parse(clusterMinor);
  const { from, to } = table.covers;
  return version.isBefore(KubernetesVersion.parse(from)) || version.isAfter(KubernetesVersion.parse(to));
}

function observedIn(all: readonly Row[], name: string, clusterMinor: string): ObservedAddonVersion[] {
  return all
    .filter(({ addon, kubernetes }) => addon === name && kubernetes === clusterMinor)
    .map(({ version, firstSeen }) => ({ version, ...(firstSeen !== undefined && { firstSeen }) }))
    .sort(byVersion);
}

function byVersion(a: ObservedAddonVersion, b: ObservedAddonVersion): number {
  const [older, newer] = [parseAddonVersion(a.version), parseAddonVersion(b.version)];
  return older && newer ? compareAddonVersions(older, newer) : 0;
}
