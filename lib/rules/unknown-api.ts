import {
  type ApiLifecycle,
  apiLifecycle,
  formatApiVersion,
  isBuiltInGroup,
  kubernetesApisHorizon,
  parseApiVersion,
} from "../domain/api-lifecycle";
import type { Cluster, KubernetesObject, Manifests, Model } from "../domain/model";
import { nearestApi } from "../domain/nearest-api";
import { knownVersion } from "../domain/stated-version";
import { clustersWithTwins } from "../domain/twins";
import { customResourcesThatAre } from "./custom-resources";
import { formatSubject, placeOf } from "./kubernetes-subject";
import { sentence } from "./object-verdicts";
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
  return clustersWithTwins(model).flatMap(({ cluster, twin }) =>
    cluster.manifests.flatMap((manifests) =>
      manifests.objects.flatMap((object) => mistake(object, manifests, twin ? [cluster, twin] : [cluster])),
    ),
  );
}

function mistake(object: KubernetesObject, manifests: Manifests, clusters: readonly Cluster[]): Violation[] {
  const lifecycle = apiLifecycle(object.apiVersion, object.kind);
  if (lifecycle ? lifecycle.category === "served" : !isBuiltInGroup(parseApiVersion(object.apiVersion).group))
    return [];
  return [
    { ...placeOf(object, manifests), ...(lifecycle ? noResource(object, lifecycle) : inNoRelease(object, clusters)) },
  ];
}

function noResource(object: KubernetesObject, { category, note }: ApiLifecycle): Pick<Violation, "message" | "remedy"> {
  const what = category === "payload" ? "a message to webhooks" : "a file that a component reads";
  return {
    message: `${formatSubject(object)} uses ${object.apiVersion}, which is ${what}; no cluster serves it.`,
    remedy: `Take it out of the manifests.${note === undefined ? "" : ` ${sentence(note)}`}`,
  };
}

function inNoRelease(object: KubernetesObject, clusters: readonly Cluster[]): Pick<Violation, "message" | "remedy"> {
  const { covers } = kubernetesApisHorizon();
  const versions = clusters.map(({ version }) => knownVersion(version)).filter((version) => version !== undefined);
  const near = nearestApi(object.apiVersion, object.kind, versions);
  return {
    message: `${formatSubject(object)} uses ${object.apiVersion}, but no Kubernetes release from ${covers?.from} to ${covers?.to} has ${object.kind} there.`,
    ...(near && { remedy: `Use ${near.kind} of ${formatApiVersion(near)}, if that is what it is meant to be.` }),
  };
}
