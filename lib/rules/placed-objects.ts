import type {
  Cluster,
  KubernetesObject,
  Location,
  Manifests,
  ObjectFacts,
  Release,
  RenderedObject,
} from "../domain/model";
import { formatChart } from "./release-subject";
import type { Subject } from "./rule";

/** An object of a cluster, and where it comes from: manifests of the app's own, or the chart of a release. */
export interface PlacedObject {
  readonly object: ObjectFacts;
  /** Path of the construct that a finding points at. */
  readonly path: string;
  readonly location: Location | undefined;
  /** The release whose chart renders it; absent for an object of manifests. */
  readonly release?: Release;
}

/** All objects of a cluster: those of its manifests, and what its releases' charts render for its version. */
export function placedObjects(cluster: Cluster): PlacedObject[] {
  return [...objectsOfManifests(cluster), ...renderedObjects(cluster)];
}

/** The objects of a cluster's manifests. */
export function objectsOfManifests({ manifests }: Cluster): PlacedObject[] {
  return manifests.flatMap((each) => each.objects.map((object) => placedIn(each, object)));
}

export function placedIn({ path, location }: Manifests, object: KubernetesObject): PlacedObject {
  return { object, path: object.path ?? path, location: object.location ?? location };
}

/** What a cluster's releases render for its version. */
export function renderedObjects({ releases }: Cluster): PlacedObject[] {
  return releases.flatMap((release) => objectsOfRelease(release, currentRendering(release)?.objects ?? []));
}

/** What Helm renders for the cluster's own version; undefined where nothing was rendered. */
export function currentRendering({ renderings }: Release): NonNullable<Release["renderings"]>[number] | undefined {
  return renderings?.find(({ at }) => at === "current");
}

/** Rendered objects of a release, placed. */
export function objectsOfRelease(release: Release, objects: readonly RenderedObject[]): PlacedObject[] {
  const { path, location } = release;
  return objects.map((object) => ({ object, path, location, release }));
}

/** `Deployment "web/storefront"`, as every message names an object; the kind alone for one without a name. */
export function formatSubject({ kind, namespace, name }: Pick<ObjectFacts, "kind" | "namespace" | "name">): string {
  if (name === "") return kind;
  return `${kind} "${namespace === undefined ? name : `${namespace}/${name}`}"`;
}

/** The object as the start of a sentence, with the chart that renders it where one does. */
export function formatPlaced({ object, release }: PlacedObject): string {
  const subject = formatSubject(object);
  if (!release) return subject;
  const { template } = object as RenderedObject;
  return `${subject}, which ${formatChart(release.chart)} renders for release ${release.name}${template === undefined ? "" : ` (${template})`},`;
}

/** What to do about an object: what to write instead, or, where a chart renders it, how to make the chart do so. */
export function remedyFor({ release }: PlacedObject, instead: string): string {
  if (!release) return instead;
  const change =
    release.chart.source === "local"
      ? "change the chart"
      : "change the chart's version (npx tandem charts outdated lists the newer ones)";
  return `${instead} The chart writes it: ${change} or the values of the release.`;
}

/** Where a finding about an object points, and what it is about. */
export function placeOf({ object, path, location }: PlacedObject): {
  readonly path: string;
  readonly location: Location | undefined;
  readonly subject: Subject;
} {
  const { apiVersion, kind, namespace, name } = object;
  return { path, location, subject: { apiVersion, kind, ...(namespace !== undefined && { namespace }), name } };
}
