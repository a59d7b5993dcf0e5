import type { Cluster, Described, ObjectFacts, PodIdentity } from "../domain/model";
import { currentRendering } from "./placed-objects";
import { defineRule, type Violation } from "./rule";

/** A misspelt service account is no error anywhere: the association waits for pods that never come, and the pods have no credentials. */
export const podIdentityUnused = defineRule({
  id: "pod-identity-unused",
  title: "AWS credentials are for a service account that nothing here makes",
  severity: "warning",
  remedy: "Name the service account that the chart or the manifests make.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html",
  check: (model) => model.clusters.flatMap(unusedIn),
});

/** Something deployed, with the objects that are known of it. */
interface Deployed {
  readonly part: Described & { readonly namespace: string; readonly podIdentity?: PodIdentity };
  /** As a sentence begins. */
  readonly noun: "Release" | "Manifests";
  /** Undefined where nobody has rendered it. */
  readonly objects: readonly ObjectFacts[] | undefined;
}

function unusedIn(cluster: Cluster): Violation[] {
  const deployed: Deployed[] = [
    ...cluster.releases.map((part) => ({ part, noun: "Release" as const, objects: renderedObjects(part) })),
    ...cluster.manifests.map((part) => ({ part, noun: "Manifests" as const, objects: part.objects })),
  ];
  const made = new Set(deployed.flatMap(serviceAccountsOf));
  return deployed.flatMap((each) => (each.objects ? unused(each, made, cluster) : []));
}

function renderedObjects(release: Cluster["releases"][number]): readonly ObjectFacts[] | undefined {
  const rendering = currentRendering(release);
  return rendering?.failure ? undefined : rendering?.objects;
}

function serviceAccountsOf({ part, objects = [] }: Deployed): string[] {
  return objects
    .filter(({ apiVersion, kind }) => apiVersion === "v1" && kind === "ServiceAccount")
    .map(({ name, namespace = part.namespace }) => keyOf(namespace, name));
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function unused(deployed: Deployed, made: ReadonlySet<string>, cluster: Cluster): Violation[] {
  const { part, noun } = deployed;
  const { serviceAccounts = [], namespace = part.namespace } = part.podIdentity ?? {};
  const missing = serviceAccounts.filter((name) => !name.includes("${") && !made.has(keyOf(namespace, name)));
  const own = serviceAccountsOf(deployed);
  const isOf = noun === "Release" ? "Its chart makes" : "They make";
  return missing.map((name) => ({
    path: part.path,
    message:
      `${noun} ${part.name} of ${cluster.name} ${noun === "Release" ? "gives" : "give"} AWS credentials to service account ${keyOf(namespace, name)}, which nothing here makes. ` +
      `${isOf} ${own.length > 0 ? own.join(", ") : "no service account"}.`,
    remedy:
      own.length > 0
        ? "Name one of these in podIdentity.serviceAccount; if the service account comes from elsewhere, acknowledge this."
        : "Let it make one, or name the one that its pods use; if that comes from elsewhere, acknowledge this.",
    location: part.location,
  }));
}
