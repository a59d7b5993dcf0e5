import type { KubernetesObject, Location, Manifests } from "../domain/model";
import type { Subject } from "./rule";

/** `Deployment "web/storefront"`, as every message names an object. */
export function formatSubject({
  kind,
  namespace,
  name,
}: Pick<KubernetesObject, "kind" | "namespace" | "name">): string {
  return `${kind} "${namespace === undefined ? name : `${namespace}/${name}`}"`;
}

/** Where a finding about an object points, and what it is about. */
export function placeOf(
  object: KubernetesObject,
  manifests: Manifests,
): { readonly path: string; readonly location: Location | undefined; readonly subject: Subject } {
  const { apiVersion, kind, namespace, name } = object;
  return {
    path: object.path ?? manifests.path,
    location: object.location ?? manifests.location,
    subject: { apiVersion, kind, ...(namespace !== undefined && { namespace }), name },
  };
}
