import type { Model } from "../domain/model";
import { formatSubject, type PlacedObject, placedObjects, placeOf } from "./placed-objects";
import type { Violation } from "./rule";

/**
 * Versions that a CustomResourceDefinition of a cluster lists in `status.storedVersions` and no longer serves, or not for long. Nothing
 * fails yet: the server refuses the upgrade of the definition that drops such a version, and a chart's upgrade with it.
 */
export function storedVersions(model: Model): Violation[] {
  return model.clusters.flatMap((cluster) => placedObjects(cluster).flatMap(ofDefinition));
}

function ofDefinition(placed: PlacedObject): Violation[] {
  const { defines, name } = placed.object;
  return (defines?.stored ?? []).flatMap((version): Violation[] => {
    const stated = defines?.versions.find((each) => each.name === version);
    if (stated?.served && !stated.deprecated) return [];
    const fate = stated?.served ? "marks as deprecated" : "no longer serves";
    return [
      {
        ...placeOf(placed),
        message:
          `${formatSubject(placed.object)} still has ${version} in status.storedVersions, which it ${fate}: objects may be stored in it, ` +
          `and an upgrade of the definition that drops it is refused.`,
        remedy:
          `Have every object stored anew (kubectl get ${name} --all-namespaces -o json | kubectl replace -f -), then take ${version} out of ` +
          `the list: kubectl edit customresourcedefinition ${name} --subresource=status.`,
        severity: stated?.served ? "note" : "warning",
      },
    ];
  });
}
