import {
  type ApiLifecycle,
  apiLifecycle,
  formatApiVersion,
  isBuiltInGroup,
  kubernetesApisHorizon,
  parseApiVersion,
} from "../domain/api-lifecycle";
import type { Cluster, Model } from "../domain/model";
import { nearestApi } from "../domain/nearest-api";
import { knownVersion } from "../domain/stated-version";
import { clustersWithTwins } from "../domain/twins";
import { customResourcesThatAre } from "./custom-resources";
import { sentence } from "./object-verdicts";
import {
  formatPlaced,
  objectsOfManifests,
  type PlacedObject,
  placeOf,
  remedyFor,
  renderedObjects,
} from "./placed-objects";
import { defineRule, type Violation } from "./rule";

/**
 * In a group of Kubernetes' own, what is in no release is a mistake. In any other group it is a custom resource that nobody here can
 * judge: said as a warning, because it may well be served.
 */
export const unknownApi = defineRule({
  id: "unknown-api",
  title: "An object uses an API that is not known",
  severity: "error",
  remedy: "Correct the apiVersion or the kind; `kubectl api-resources` lists what the cluster serves.",
  source: "https://kubernetes.io/docs/reference/generated/kubernetes-api/latest/",
  check: (model) => [
    ...builtInMistakes(model),
    ...customResourcesThatAre("not-judged", model).map((violation) => ({ ...violation, severity: "warning" as const })),
  ],
});

function builtInMistakes(model: Model): Violation[] {
  return clustersWithTwins(model).flatMap(({ cluster, twin }) => [
    ...objectsOfManifests(cluster).flatMap((placed) => mistake(placed, twin ? [cluster, twin] : [cluster])),
    ...renderedObjects(cluster).flatMap((placed) => mistake(placed, [cluster])),
  ]);
}

function mistake(placed: PlacedObject, clusters: readonly Cluster[]): Violation[] {
  const { object } = placed;
  const lifecycle = apiLifecycle(object.apiVersion, object.kind);
  if (lifecycle ? lifecycle.category === "served" : !isBuiltInGroup(parseApiVersion(object.apiVersion).group))
    return [];
  return [{ ...placeOf(placed), ...(lifecycle ? noResource(placed, lifecycle) : inNoRelease(placed, clusters)) }];
}

function noResource(placed: PlacedObject, { category, note }: ApiLifecycle): Pick<Violation, "message" | "remedy"> {
  const what = category === "payload" ? "a message to webhooks" : "a file that a component reads";
  return {
    message: `${formatPlaced(placed)} uses ${placed.object.apiVersion}, which is ${what}; no cluster serves it.`,
    remedy: remedyFor(placed, `Take it out of the manifests.${note === undefined ? "" : ` ${sentence(note)}`}`),
  };
}

function inNoRelease(placed: PlacedObject, clusters: readonly Cluster[]): Pick<Violation, "message" | "remedy"> {
  const { object } = placed;
  const { covers } = kubernetesApisHorizon();
  const versions = clusters.map(({ version }) => knownVersion(version)).filter((version) => version !== undefined);
  const near = nearestApi(object.apiVersion, object.kind, versions);
  return {
    message: `${formatPlaced(placed)} uses ${object.apiVersion}, but no Kubernetes release from ${covers?.from} to ${covers?.to} has ${object.kind} there.`,
    ...(near && {
      remedy: remedyFor(placed, `Use ${near.kind} of ${formatApiVersion(near)}, if that is what it is meant to be.`),
    }),
  };
}
