import type { ObjectChange } from "../../domain/chart-diff";
import { shellWord } from "../../domain/shell-word";
import type { WholeObject } from "../render/rendered-objects";
import { isClusterScoped } from "./immutable-changes";

type Refusal = Pick<ObjectChange, "change" | "blocks" | "why" | "command" | "remedy">;

/**
 * What the API server's refusal to change some fields means.
 * @param paths the fields, at least one
 * @param namespace of the release
 */
export function refusal(object: WholeObject, paths: readonly string[], namespace: string): Refusal {
  const [verb, listed] = [paths.length === 1 ? "is" : "are", paths.join(" and ")];
  const keepsPods = object.kind === "StatefulSet" && !paths.includes("spec.selector");
  return {
    change: "changed",
    blocks: true,
    why: `${listed} ${verb} immutable: the upgrade fails unless the object is deleted first`,
    command: deletion(object, namespace) + (keepsPods ? " --cascade=orphan" : ""),
    remedy: `right before the upgrade${keepsPods ? "; its pods and volumes stay" : (CONSEQUENCES[object.kind] ?? "")}`,
  };
}

function deletion(object: WholeObject, namespace: string): string {
  const where = isClusterScoped(object) ? "" : ` --namespace ${shellWord(object.namespace ?? namespace)}`;
  return `kubectl delete ${object.kind.toLowerCase()} ${shellWord(object.name)}${where}`;
}

/** What deleting an object takes along. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  CustomResourceDefinition: ", after a backup: every object that it defines goes with it",
  DaemonSet: "; its pods are away until the new ones run",
  Deployment: "; its pods are away until the new ones run",
  PersistentVolumeClaim: ", after a backup: its data goes with it unless the volume's reclaim policy is Retain",
  Service: "; it is away until the upgrade makes it anew, and a load balancer may get another address",
  StatefulSet: "; its pods are away until the new ones run, its volumes stay",
};
