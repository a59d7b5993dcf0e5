import type { Difference, Json } from "./model";
import {
  type LoneObject,
  type LonePart,
  loneObjects,
  loneParts,
  speaksOf,
  type ValueDifference,
  valueDifferences,
} from "./twin-differences";
import type { PairedClusters } from "./twins";

/** Where twins are not alike and no `differs` says so. */
export interface UndeclaredDifferences {
  readonly values: readonly ValueDifference[];
  readonly parts: readonly LonePart[];
  readonly objects: readonly LoneObject[];
}

/** Where the clusters of a pair are not alike and no `differs` says so. */
export function undeclaredDifferences(paired: PairedClusters): UndeclaredDifferences {
  const { differences } = paired.pair;
  const isUndeclared = ({ path }: { readonly path: string }) => !differences.some((each) => speaksOf(each, path));
  return {
    values: valueDifferences(paired).filter(
      (difference) => isUndeclared(difference) && !differences.some((each) => isVersionOfNodes(each, difference)),
    ),
    parts: loneParts(paired).filter(isUndeclared),
    objects: loneObjects(paired).filter(isUndeclared),
  };
}

/** `versions.nodes` is the version of every node group that names none: of those that differ just as it does. */
function isVersionOfNodes(declared: Difference, { path, staging, production }: ValueDifference): boolean {
  if (!/^nodeGroups\.[^.]+\.version$/.test(path)) return false;
  if (declared.path === "versions.nodes") return declared.staging === staging && declared.production === production;
  return (
    declared.path === "versions" && nodesOf(declared.staging) === staging && nodesOf(declared.production) === production
  );
}

function nodesOf(versions: Json): Json | undefined {
  return typeof versions === "object" && versions !== null && "nodes" in versions ? versions.nodes : undefined;
}
