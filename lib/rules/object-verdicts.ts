import {
  type ApiId,
  type ApiLifecycle,
  apiLifecycle,
  formatApiVersion,
  isDeprecated,
  type Serving,
  servedReplacement,
  serving,
} from "../domain/api-lifecycle";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Cluster, Model, ObjectFacts } from "../domain/model";
import { knownVersion } from "../domain/stated-version";
import { identityOf } from "../domain/twin-differences";
import { type ClusterWithTwin, clustersWithTwins } from "../domain/twins";
import { clusterRuns } from "./cluster-name";
import {
  formatPlaced,
  objectsOfManifests,
  type PlacedObject,
  placeOf,
  remedyFor,
  renderedObjects,
} from "./placed-objects";
import type { Violation } from "./rule";

/** A cluster whose version is known. */
export interface Judge {
  readonly cluster: Cluster;
  readonly version: KubernetesVersion;
}

/** An object, and a cluster that has to serve it. */
export interface JudgedObject extends PlacedObject {
  /** The cluster that the object stands in. */
  readonly home: Cluster;
  /** The cluster that judges it: its home, or the twin of its home. */
  readonly judge: Judge;
  /** Its home and the twin, so far as their versions are known: what replaces an API must be served by both. */
  readonly judges: readonly Judge[];
}

export type Verdict = Serving | "deprecated";

/** What a control plane does with an object of a built-in API. */
export interface ObjectVerdict extends JudgedObject {
  readonly verdict: Verdict;
  readonly lifecycle: ApiLifecycle;
}

/** A statement about an object at a version, as text that can be compared. */
type Opinion = (object: ObjectFacts, version: KubernetesVersion) => string;

/**
 * Every object with each cluster that has to serve it. An object of one twin's manifests that the other lacks is to come to the other,
 * and is judged there too where that gives another opinion; what a chart renders is judged by the cluster that it was rendered for.
 * Clusters of unknown version judge nothing; `version-unknown` reports them.
 */
export function judgedObjects(model: Model, opinion: Opinion): JudgedObject[] {
  return clustersWithTwins(model).flatMap((each) => judgedIn(each, opinion));
}

/** The verdict of each control plane on each object of a built-in API. */
export function objectVerdicts(model: Model): ObjectVerdict[] {
  return judgedObjects(model, verdictOn).flatMap((judged) => {
    const { object, judge } = judged;
    const lifecycle = apiLifecycle(object.apiVersion, object.kind);
    return lifecycle ? [{ ...judged, lifecycle, verdict: verdictOn(object, judge.version) }] : [];
  });
}

function judgedIn({ cluster: home, twin }: ClusterWithTwin, opinion: Opinion): JudgedObject[] {
  const own = judgeOf(home);
  const other = twin && judgeOf(twin);
  const judges = [own, other].filter((judge) => judge !== undefined);
  const inTwin = new Set(twin?.manifests.flatMap(({ objects }) => objects.map(identityOf)));
  const ofManifests = objectsOfManifests(home).flatMap((placed) => {
    const { object } = placed;
    const judgedBy = (judge: Judge): JudgedObject => ({ ...placed, home, judge, judges });
    const ofHome = own ? [judgedBy(own)] : [];
    if (!other || inTwin.has(identityOf(object))) return ofHome;
    const isSame = own && opinion(object, own.version) === opinion(object, other.version);
    return isSame ? ofHome : [...ofHome, judgedBy(other)];
  });
  const rendered = own ? renderedObjects(home).map((placed) => ({ ...placed, home, judge: own, judges: [own] })) : [];
  return [...ofManifests, ...rendered];
}

function judgeOf(cluster: Cluster): Judge | undefined {
  const version = knownVersion(cluster.version);
  return version && { cluster, version };
}

function verdictOn({ apiVersion, kind }: ObjectFacts, version: KubernetesVersion): Verdict {
  const verdict = serving(apiVersion, kind, version);
  const lifecycle = apiLifecycle(apiVersion, kind);
  return verdict === "served" && lifecycle && isDeprecated(lifecycle, version) ? "deprecated" : verdict;
}

/**
 * `FlowSchema "ci" uses …/v1beta3, which Kubernetes 1.32 removed; cluster stage-aws1 runs 1.33.`
 * @param what the middle, from "uses" on
 */
export function violationOf(judged: JudgedObject, what: string, remedy: string): Violation {
  const { home, judge } = judged;
  const { cluster, version } = judge;
  const runs =
    cluster === home
      ? clusterRuns(cluster, version)
      : `cluster ${cluster.name}, the twin of ${home.name}, runs ${version}`;
  return {
    ...placeOf(judged),
    message: `${formatPlaced(judged)} uses ${what}; ${runs}.`,
    remedy: remedyFor(judged, remedy),
  };
}

/**
 * Which API to use instead, as a sentence: one that both twins serve, else one for each.
 * @param otherwise what to do where nothing is served in its place
 */
export function useInstead({ object, lifecycle, judges, judge }: ObjectVerdict, otherwise: string): string {
  const shared = servedReplacement(lifecycle, versionsOf(judges));
  if (shared) return `Use ${named(shared, object)}, which ${servedBy(judges)}.`;
  const each = judges.map(({ cluster, version }) => ({ cluster, api: servedReplacement(lifecycle, [version]) }));
  if (each.length > 1 && each.every(({ api }) => api)) {
    const choices = each.map(({ cluster, api }) => `${api && named(api, object)} for ${cluster.name}`);
    return `Nothing in its place is served by both ${versionsOf(judges).join(" and ")}: write ${choices.join(" and ")}.`;
  }
  const note = lifecycle.note === undefined ? "" : ` ${sentence(lifecycle.note)}`;
  return `${otherwise.replace("{version}", String(judge.version))}${note}`;
}

function named(api: ApiId, { kind }: ObjectFacts): string {
  return api.kind === kind ? formatApiVersion(api) : `${api.kind} of ${formatApiVersion(api)}`;
}

function servedBy(judges: readonly Judge[]): string {
  const [first, second] = [...new Set(judges.map(({ version }) => String(version)))];
  return second === undefined ? `${first} serves` : `both ${first} and ${second} serve`;
}

function versionsOf(judges: readonly Judge[]): KubernetesVersion[] {
  return judges.map(({ version }) => version);
}

/** Text that ends with a full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
