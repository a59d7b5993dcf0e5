import type {
  Chart,
  Cluster,
  Described,
  Difference,
  Json,
  KubernetesObject,
  Manifests,
  ObjectFacts,
  PodIdentity,
} from "./model";
import type { PairedClusters } from "./twins";

/** A value that the twins do not share. */
export interface ValueDifference {
  /** Where it stands in the description of the pair, as in `Difference.path`: `nodeGroups.general.size.max`. */
  readonly path: string;
  /** Undefined where staging has none. */
  readonly staging: Json | undefined;
  readonly production: Json | undefined;
  /** The construct on the staging side. */
  readonly construct: Described;
}

/** A part that only one of the twins has. */
export interface LonePart {
  /** As in `Difference.path`. */
  readonly path: string;
  readonly kind: "node group" | "Fargate profile" | "add-on" | "release" | "manifests";
  readonly part: Described;
  /** The twin that has it. */
  readonly cluster: Cluster;
}

/** An object that only one of the twins has, in manifests that both have. */
export interface LoneObject {
  /** As in `Difference.path`: that of the manifests' source. */
  readonly path: string;
  readonly object: KubernetesObject;
  readonly manifests: Manifests;
  /** The twin that has it. */
  readonly cluster: Cluster;
}

type Value = Json | undefined | { readonly [key: string]: Value };

/**
 * Every value that differs between twins. Values that only Terraform knows are left out: `version-unknown` reports them. Region and
 * account are not compared: they are where a cluster is, not what it is.
 */
export function valueDifferences({ staging, production }: PairedClusters): ValueDifference[] {
  const own = differing("", clusterValue(staging), clusterValue(production));
  return [
    ...own.map((difference) => ({ ...difference, construct: staging })),
    ...PARTS.flatMap(({ list, of, value }) =>
      of(staging).flatMap((part) => {
        const twin = of(production).find(({ name }) => name === part.name);
        if (!twin) return [];
        const differences = differing(`${list}.${part.name}`, value(part), value(twin));
        return differences.map((difference) => ({ ...difference, construct: part }));
      }),
    ),
  ];
}

/** Every part that only one of the twins has, by name. */
export function loneParts({ staging, production }: PairedClusters): LonePart[] {
  return [...lonePartsOf(staging, production), ...lonePartsOf(production, staging)];
}

/** Every object that only one of the twins has, by its identity; what the objects hold is not compared. */
export function loneObjects({ staging, production }: PairedClusters): LoneObject[] {
  return [...loneObjectsOf(staging, production), ...loneObjectsOf(production, staging)];
}

/** How many parts of a kind are the same in both twins, and how many either has. */
export interface AlikeParts {
  readonly kind: LonePart["kind"];
  readonly same: number;
  readonly all: number;
}

/** What twins share, by the kind of parts; of manifests as many as have the same objects. */
export function alikeParts(paired: PairedClusters): AlikeParts[] {
  const { staging, production } = paired;
  const unlike = new Set([...valueDifferences(paired), ...loneObjects(paired)].map(({ path }) => partOf(path)));
  return PARTS.map(({ list, kind, of }) => {
    const theirs = new Set(of(production).map(({ name }) => name));
    const shared = of(staging).filter(({ name }) => theirs.has(name));
    const same = shared.filter(({ name }) => !unlike.has(`${list}.${name}`)).length;
    return { kind, same, all: of(staging).length + of(production).length - shared.length };
  });
}

/** `nodeGroups.general` of `nodeGroups.general.size.max`. */
function partOf(path: string): string {
  return path.split(".").slice(0, 2).join(".");
}

/**
 * Whether a declared difference speaks of what stands at `path`: at it, above it, or in a part of it.
 * @param path as in `Difference.path`
 */
export function speaksOf(difference: Difference, path: string): boolean {
  const declared = difference.path;
  return declared === path || path.startsWith(`${declared}.`) || declared.startsWith(`${path}.`);
}

/** What tells one Kubernetes object from another. */
export function identityOf({ apiVersion, kind, namespace = "", name }: ObjectFacts): string {
  return [apiVersion, kind, namespace, name].join(" ");
}

interface Part {
  /** The first word of its path in the description of the pair. */
  readonly list: "nodeGroups" | "fargateProfiles" | "addons" | "releases" | "manifests";
  readonly kind: LonePart["kind"];
  of(cluster: Cluster): readonly Described[];
  /** What is compared; every key is always there, so that "not set" is a value too. */
  value(part: Described): Value;
}

function part<T extends Described>(
  list: Part["list"],
  kind: Part["kind"],
  of: (cluster: Cluster) => readonly T[],
  value: (part: T) => Value,
): Part {
  return { list, kind, of, value: value as (part: Described) => Value };
}

const PARTS: readonly Part[] = [
  part(
    "nodeGroups",
    "node group",
    (cluster) => cluster.nodeGroups,
    ({ version, releaseVersion, amiType, ...group }) => ({
      version,
      releaseVersion,
      amiType,
      amiId: group.amiId,
      instanceTypes: group.instanceTypes,
      capacityType: group.capacityType,
      size: { min: group.size.min, max: group.size.max, desired: group.size.desired },
    }),
  ),
  part(
    "fargateProfiles",
    "Fargate profile",
    (cluster) => cluster.fargateProfiles ?? [],
    ({ selectors }) => ({ selectors }),
  ),
  part(
    "addons",
    "add-on",
    (cluster) => cluster.addons,
    ({ version, podIdentity }) => ({ version, podIdentity: podIdentityValue(podIdentity) }),
  ),
  part(
    "releases",
    "release",
    (cluster) => cluster.releases,
    ({ namespace, chart, appVersion, valuesHash, podIdentity }) => ({
      namespace,
      chart: chartValue(chart),
      appVersion,
      values: valuesHash,
      podIdentity: podIdentityValue(podIdentity),
    }),
  ),
  part(
    "manifests",
    "manifests",
    (cluster) => cluster.manifests,
    ({ namespace, files, podIdentity }) => ({
      source: { files },
      options: { namespace, podIdentity: podIdentityValue(podIdentity) },
    }),
  ),
];

/** Without what follows from the rest: an OCI chart's name and a folder's are the last part of where it is. */
function chartValue(chart: Chart): Value {
  if (chart.source === "repository") return { ...chart };
  const { name: _name, ...stated } = chart;
  return stated;
}

/** In the words of the description. */
function podIdentityValue(identity: PodIdentity | undefined): Value {
  if (!identity) return undefined;
  const { serviceAccounts, namespace, policies, policyHash } = identity;
  return { serviceAccount: serviceAccounts, namespace, policies, policy: policyHash };
}

function clusterValue({ version, supportType, clients, autoMode, karpenter }: Cluster): Value {
  return {
    versions: { controlPlane: version },
    supportType,
    clients: { kubectl: clients.kubectl },
    autoMode,
    karpenter: karpenter && { namespace: karpenter.namespace, serviceAccount: karpenter.serviceAccount },
  };
}

type Differing = Omit<ValueDifference, "construct">;

/** Goes down as long as both sides have the same keys, so that a difference is named as closely as it can be. */
function differing(path: string, staging: Value, production: Value): Differing[] {
  if (staging === null || production === null) return [];
  if (isMapping(staging) && isMapping(production) && sameKeys(staging, production)) {
    return Object.keys(staging).flatMap((key) =>
      differing(path === "" ? key : `${path}.${key}`, staging[key], production[key]),
    );
  }
  if (JSON.stringify(staging) === JSON.stringify(production)) return [];
  return [{ path, staging: staging as Json | undefined, production: production as Json | undefined }];
}

function isMapping(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sameKeys(a: object, b: object): boolean {
  return Object.keys(a).sort().join() === Object.keys(b).sort().join();
}

function lonePartsOf(cluster: Cluster, twin: Cluster): LonePart[] {
  return PARTS.flatMap(({ list, kind, of }) => {
    const names = new Set(of(twin).map(({ name }) => name));
    const lone = of(cluster).filter(({ name }) => !names.has(name));
    return lone.map((each) => ({ path: `${list}.${each.name}`, kind, part: each, cluster }));
  });
}

function loneObjectsOf(cluster: Cluster, twin: Cluster): LoneObject[] {
  return cluster.manifests.flatMap((manifests) => {
    const theirs = twin.manifests.find(({ name }) => name === manifests.name);
    if (!theirs) return [];
    const identities = new Set(theirs.objects.map(identityOf));
    const lone = manifests.objects.filter((object) => !identities.has(identityOf(object)));
    return lone.map((object) => ({ path: `manifests.${manifests.name}.source`, object, manifests, cluster }));
  });
}
