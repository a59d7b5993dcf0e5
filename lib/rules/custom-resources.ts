import { isBuiltInGroup, parseApiVersion } from "../domain/api-lifecycle";
import type { Cluster, DefinedResource, Model, ObjectFacts } from "../domain/model";
import { inCluster } from "./cluster-name";
import { byComponent } from "./component-verdict";
import { formatPlaced, type PlacedObject, placedObjects, placeOf, remedyFor } from "./placed-objects";
import type { Violation } from "./rule";

/**
 * What a cluster does with a custom resource's API. `why` ends the sentence "… uses cert-manager.io/v1, ", `remedy` is a sentence of its
 * own.
 */
export type CustomVerdict =
  | { readonly is: "served" }
  | { readonly is: "deprecated" | "not-served" | "not-judged"; readonly why: string; readonly remedy: string };

/** A custom resource and what its cluster does with it. */
export interface CustomResource extends PlacedObject {
  readonly cluster: Cluster;
  readonly verdict: CustomVerdict;
}

/**
 * Every object of a group that is not Kubernetes' own, judged by the cluster that it stands in: by the CustomResourceDefinition in its
 * manifests or its releases' charts, else by what is known of the release that brings it. The Kubernetes version plays no part in it.
 */
export function customResources(model: Model): CustomResource[] {
  return model.clusters.flatMap((cluster) => {
    const definitions = definitionsIn(cluster);
    return placedObjects(cluster)
      .filter(({ object }) => isCustom(object))
      .map((placed) => {
        const { object } = placed;
        const { group } = parseApiVersion(object.apiVersion);
        const definition = definitions.get(`${group} ${object.kind}`);
        const verdict = definition ? byDefinition(definition, object, cluster) : byComponent(object, cluster);
        return { ...placed, cluster, verdict };
      });
  });
}

/** The custom resources with a given verdict, as violations. */
export function customResourcesThatAre(verdict: Exclude<CustomVerdict["is"], "served">, model: Model): Violation[] {
  return customResources(model).flatMap((resource) => {
    const { object, verdict: found } = resource;
    if (found.is !== verdict) return [];
    const message = `${formatPlaced(resource)} uses ${object.apiVersion}, ${found.why}.`;
    const remedy = found.is === "not-judged" ? found.remedy : remedyFor(resource, found.remedy);
    return [{ ...placeOf(resource), message, remedy }];
  });
}

function isCustom({ apiVersion }: ObjectFacts): boolean {
  return !isBuiltInGroup(parseApiVersion(apiVersion).group);
}

function definitionsIn(cluster: Cluster): ReadonlyMap<string, DefinedResource> {
  const defined = placedObjects(cluster).flatMap(({ object: { defines } }) => (defines ? [defines] : []));
  return new Map(defined.map((each) => [`${each.group} ${each.kind}`, each]));
}

function byDefinition(definition: DefinedResource, { apiVersion }: ObjectFacts, cluster: Cluster): CustomVerdict {
  const { version } = parseApiVersion(apiVersion);
  const stated = definition.versions.find(({ name }) => name === version);
  const where = `its CustomResourceDefinition${inCluster(cluster)}`;
  const others = definition.versions.filter(
    ({ name, served, deprecated }) => served && !deprecated && name !== version,
  );
  if (!stated?.served) {
    const why = stated ? `which ${where} lists but does not serve` : `which ${where} does not have`;
    return { is: "not-served", why, remedy: useOneOf(others.map(({ name }) => `${definition.group}/${name}`)) };
  }
  if (!stated.deprecated) return { is: "served" };
  return {
    is: "deprecated",
    why: `which ${where} marks as deprecated`,
    remedy: useOneOf(others.map(({ name }) => `${definition.group}/${name}`)),
  };
}

function useOneOf(apiVersions: readonly string[]): string {
  if (apiVersions.length === 0) return "Serve a version in the CustomResourceDefinition, or take the object out.";
  return `Use ${apiVersions.join(" or ")}, which the CustomResourceDefinition serves.`;
}
