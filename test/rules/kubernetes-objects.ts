import type { Cluster, KubernetesObject } from "../../lib/domain/model";
import { anObject, someManifests } from "../../lib/testing/build-model";

/** An object named `ci` without a namespace. */
export function ci(apiVersion: string, kind: string, stated: Partial<KubernetesObject> = {}): KubernetesObject {
  return anObject({ apiVersion, kind, name: "ci", ...stated });
}

/** A cluster's manifests `storefront` with these objects. */
export function holding(...objects: KubernetesObject[]): Pick<Cluster, "manifests"> {
  return { manifests: [someManifests({ objects })] };
}
