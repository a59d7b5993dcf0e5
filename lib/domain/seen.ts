import type { ClusterState, NodeGroupState } from "./cluster-state";
import { recordedPart } from "./recorded-cluster";

/** What was seen to run on a cluster. What was not looked at is absent. */
export interface Seen {
  /** What it was seen in, such as `state.json`. */
  readonly source: string;
  readonly version?: string;
  readonly supportType?: string;
  readonly nodeGroups?: Readonly<Record<string, Partial<NodeGroupState>>>;
  readonly addons?: Readonly<Record<string, string>>;
  readonly releases?: readonly SeenRelease[];
  /** Whether there is nothing beside what belongs to the app. */
  readonly isAll: boolean;
}

/** A Helm release, as its last revision is. */
export interface SeenRelease {
  readonly name: string;
  readonly namespace: string;
  /** Helm's word, such as `deployed`. */
  readonly status: string;
  readonly version?: string;
  readonly appVersion?: string;
}

/** Where what was seen is not what is to be recorded: a sentence each, without a full stop. */
export function disagreements(state: ClusterState, seen: Seen): string[] {
  return [
    ...unlike("the control plane", "is at", seen.version, state.version),
    ...unlike("the cluster", "has supportType", seen.supportType, state.supportType),
    ...unlikeParts("node group", state.nodeGroups, seen.nodeGroups, seen.isAll, unlikeNodeGroup),
    ...unlikeParts("add-on", state.addons, seen.addons, seen.isAll, (name, stated, found) =>
      unlike(`add-on ${name}`, "is at", found, stated),
    ),
    ...unlikeReleases(state, seen),
  ].map((text) => `${seen.source}: ${text}`);
}

/** The parts of a state that nobody has looked at. */
export function notSeen(state: ClusterState, all: readonly Seen[]): string[] {
  const isSeen = (part: keyof Seen) => all.some((seen) => seen[part] !== undefined);
  const counts: [keyof Seen, string, number][] = [
    ["version", "the control plane", 1],
    ["nodeGroups", "the node groups", Object.keys(state.nodeGroups).length],
    ["addons", "the add-ons", Object.keys(state.addons).length],
    ["releases", "the releases and manifests", Object.keys({ ...state.releases, ...state.manifests }).length],
  ];
  return counts.filter(([part, , count]) => count > 0 && !isSeen(part)).map(([, name]) => name);
}

function unlikeParts<S, F>(
  kind: string,
  stated: Readonly<Record<string, S>>,
  found: Readonly<Record<string, F>> | undefined,
  isAll: boolean,
  compare: (name: string, stated: S, found: F) => string[],
): string[] {
  if (!found) return [];
  const here = Object.entries(stated).flatMap(([name, each]) => {
    const other = recordedPart(found, name);
    return other === undefined ? [`${kind} ${name} is not there`] : compare(name, each, other);
  });
  const more = isAll ? Object.keys(found).filter((name) => recordedPart(stated, name) === undefined) : [];
  return [...here, ...more.map((name) => `${kind} ${name} is there, and the model does not have it`)];
}

function unlikeNodeGroup(name: string, stated: NodeGroupState, found: Partial<NodeGroupState>): string[] {
  const subject = `node group ${name}`;
  return [
    ...unlike(subject, "is at", found.version, stated.version),
    ...unlike(subject, "is at AMI release", found.releaseVersion, stated.releaseVersion),
    ...unlike(subject, "has AMI type", found.amiType, stated.amiType),
    ...unlike(subject, "has capacity type", found.capacityType, stated.capacityType),
    ...unlike(subject, "has instance types", found.instanceTypes?.join(", "), stated.instanceTypes.join(", ")),
  ];
}

type StatedRelease = Pick<SeenRelease, "name"> & Partial<SeenRelease>;

/** Manifests are releases too, of a chart of our own whose version says nothing. */
function unlikeReleases(state: ClusterState, { releases: found, isAll }: Seen): string[] {
  if (!found) return [];
  const stated: StatedRelease[] = [
    ...Object.keys(state.manifests).map((name) => ({ name })),
    ...Object.entries(state.releases).map(([name, { namespace, chart, appVersion }]) => ({
      name,
      namespace,
      ...(chart.source !== "local" && { version: chart.version }),
      ...(appVersion !== undefined && { appVersion }),
    })),
  ];
  const more = isAll ? found.filter(({ name }) => !stated.some((each) => each.name === name)) : [];
  return [
    ...stated.flatMap((each) => unlikeRelease(each, found)),
    ...more.map(({ name }) => `release ${name} is there, and the model does not have it`),
  ];
}

/** Two namespaces may have releases of one name. */
function unlikeRelease({ name, namespace, version, appVersion }: StatedRelease, all: readonly SeenRelease[]): string[] {
  const named = all.filter((each) => each.name === name);
  const found = named.find((each) => each.namespace === namespace) ?? named[0];
  const subject = `release ${name}`;
  if (!found) return [`${subject} is not there`];
  return [
    ...(found.status === "deployed" ? [] : [`${subject} is ${found.status}, not deployed`]),
    ...unlike(subject, "is in namespace", found.namespace, namespace),
    ...unlike(subject, "is at chart version", found.version, version),
    ...unlike(subject, "is at app version", found.appVersion, appVersion),
  ];
}

/** The leading `v` of versions aside. */
function unlike(subject: string, verb: string, found: string | undefined, stated: string | undefined): string[] {
  if (found === undefined || stated === undefined || withoutV(found) === withoutV(stated)) return [];
  return [`${subject} ${verb} ${found}, and the model says ${stated}`];
}

function withoutV(version: string): string {
  return version.replace(/^v(?=\d)/, "");
}
