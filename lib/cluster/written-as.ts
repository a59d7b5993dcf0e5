import { describeObject, isUnreadable } from "../manifests/describe-object";
import { isRecord } from "../manifests/plain-value";
import { recordsIn } from "./discovery";

/** How it is known in which API an object was written. */
export type Evidence =
  /** The annotation in which `kubectl apply` keeps what it applied. */
  | { readonly from: "last-applied" }
  /** `metadata.managedFields`: who wrote, and when last. */
  | { readonly from: "managed-fields"; readonly manager: string; readonly time?: string };

/** An API that somebody wrote an object with, as far as it is known how they write it today. */
export interface WrittenAs {
  readonly apiVersion: string;
  readonly evidence: Evidence;
  /** Ids of `field-changes` rows that hit what was applied. */
  readonly fields?: readonly string[];
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Parts of Kubernetes that an upgrade of the control plane or of the nodes renews: what they write is no one's to change. */
const KUBERNETES = new Set([
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "cloud-controller-manager",
  "kubelet",
  "kube-proxy",
]);

/** How `kubectl apply` calls itself: on the client's side, on the server's, and for what it found when managed fields came up. */
const KUBECTL_APPLY = new Set(["kubectl-client-side-apply", "kubectl", "before-first-apply", "kubectl-last-applied"]);

/** An entry of `metadata.managedFields`. */
interface Entry {
  readonly manager: string;
  readonly apiVersion: string;
  /** RFC 3339, to the second; empty where it is not stated. */
  readonly time: string;
  readonly subresource: string;
}

/**
 * The APIs that an object was written with, each once, from its metadata. The server converts what it stores to whatever it is asked
 * for, so that its own apiVersion says nothing.
 *
 * - `last-applied` is all of what `kubectl apply` applied, so that it stands for every entry of kubectl apply's own; but for one that
 *   names another API and is later than each that names the annotation's: then somebody has applied the object anew since, and that
 *   entry stands for the annotation.
 * - Of each other writer the latest entry counts: an older one of the same writer stays as long as a field of it does, years after its
 *   author has moved on.
 * - Kubernetes' own components do not count.
 *
 * @returns none for an object that only Kubernetes itself wrote; undefined when nothing is on record
 */
export function writtenAs(metadata: Record<string, unknown>, kind: string): WrittenAs[] | undefined {
  const recorded = entriesOf(metadata);
  const applied = lastApplied(metadata, kind);
  if (recorded.length === 0 && !applied) return undefined;
  const entries = recorded.filter(({ manager }) => !KUBERNETES.has(manager));
  const byKubectl = entries.filter(({ manager }) => KUBECTL_APPLY.has(manager));
  const byOthers = entries.filter(({ manager }) => !KUBECTL_APPLY.has(manager));
  const kubectl = applied && !isOutdated(applied.apiVersion, byKubectl) ? [applied] : latest(byKubectl).map(fromEntry);
  const all = new Map<string, WrittenAs>();
  for (const each of [...kubectl, ...latest(byOthers).map(fromEntry)]) {
    if (!all.has(each.apiVersion)) all.set(each.apiVersion, each);
  }
  return [...all.values()];
}

function lastApplied({ name, annotations }: Record<string, unknown>, kind: string): WrittenAs | undefined {
  const text = isRecord(annotations) ? annotations[LAST_APPLIED] : undefined;
  if (typeof text !== "string") return undefined;
  const described = describeObject(objectIn(text), {});
  if (isUnreadable(described)) return undefined;
  // Operators copy the annotations of what they are told to what they make, and the copy tells of the original.
  if (described.kind !== kind || described.name !== name) return undefined;
  const { apiVersion, fields } = described;
  return { apiVersion, evidence: { from: "last-applied" }, ...(fields && { fields }) };
}

function objectIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOutdated(apiVersion: string, byKubectl: readonly Entry[]): boolean {
  const timesOf = (entries: readonly Entry[]) => entries.map(({ time }) => time).sort();
  const own = timesOf(byKubectl.filter((entry) => entry.apiVersion === apiVersion)).at(-1);
  const other = timesOf(byKubectl.filter((entry) => entry.apiVersion !== apiVersion)).at(-1);
  return own !== undefined && other !== undefined && own !== "" && other > own;
}

/** The last entry of each writer; all that are as late as it. */
function latest(entries: readonly Entry[]): Entry[] {
  const last = new Map<string, string>();
  const writer = ({ manager, subresource }: Entry) =>
    `${KUBECTL_APPLY.has(manager) ? "kubectl apply" : manager} ${subresource}`;
  for (const entry of entries) {
    if (entry.time >= (last.get(writer(entry)) ?? "")) last.set(writer(entry), entry.time);
  }
  return entries.filter((entry) => entry.time === last.get(writer(entry)));
}

function fromEntry({ apiVersion, manager, time }: Entry): WrittenAs {
  return { apiVersion, evidence: { from: "managed-fields", manager, ...(time !== "" && { time }) } };
}

function entriesOf({ managedFields }: Record<string, unknown>): Entry[] {
  return recordsIn(managedFields).flatMap(({ manager, apiVersion, time, subresource }) =>
    typeof apiVersion === "string"
      ? [{ manager: asText(manager) || "unknown", apiVersion, time: asText(time), subresource: asText(subresource) }]
      : [],
  );
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
