import { isRecord } from "./is-record";

/** Where the pod of each kind of workload stands. */
const POD_SPEC: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  PodTemplate: ["template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
  ...Object.fromEntries(
    ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"].map((kind) => [
      kind,
      ["spec", "template", "spec"],
    ]),
  ),
};

/**
 * Repositories of the images that a workload's containers run, init containers included: without tags and digests, each once, as written.
 * None for what is no workload.
 */
export function containerImages(object: Record<string, unknown>): string[] {
  const path = POD_SPEC[String(object.kind)];
  const spec = path && valueAt(object, path);
  if (!isRecord(spec)) return [];
  const containers = [spec.initContainers, spec.containers].flatMap((list) => (Array.isArray(list) ? list : []));
  const images = containers
    .map((container) => (isRecord(container) ? container.image : undefined))
    .filter((image) => typeof image === "string" && image !== "");
  return [...new Set((images as string[]).map(repositoryOf))];
}

/** The host's port is no tag: only what follows the last slash may have one. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);
}
