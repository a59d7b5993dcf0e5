import { parseApiVersion } from "../domain/api-lifecycle";
import type { Autoscaler, Budget, Disruption, Workload } from "../domain/disruption";
import type { LabelExpression, LabelSelector } from "../domain/label-selector";
import { isRecord } from "./is-record";

type Fields = Readonly<Record<string, unknown>>;

/** By group, then kind. */
const READERS: Readonly<
  Record<string, Readonly<Record<string, (spec: Fields, apiVersion: string) => Disruption | undefined>>>
> = {
  policy: { PodDisruptionBudget: budget },
  apps: { Deployment: workload, StatefulSet: workload, ReplicaSet: workload },
  extensions: { Deployment: workload, ReplicaSet: workload },
  "": { ReplicationController: workload },
  autoscaling: { HorizontalPodAutoscaler: autoscaler },
  "keda.sh": { ScaledObject: scaledObject },
};

/** Whether objects of this API may say something of evictions. */
export function saysOfEvictions(apiVersion: string, kind: string): boolean {
  return readerOf(apiVersion, kind) !== undefined;
}

/** What an object says of the evictions of pods; undefined for one that says nothing. */
export function disruptionOf({ apiVersion, kind, spec }: Fields): Disruption | undefined {
  const read = readerOf(String(apiVersion), String(kind));
  return read && isRecord(spec) ? read(spec, String(apiVersion)) : undefined;
}

function readerOf(apiVersion: string, kind: string) {
  const kinds = READERS[parseApiVersion(apiVersion).group];
  return kinds && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
}

function budget({ minAvailable, maxUnavailable, selector }: Fields, apiVersion: string): Budget {
  return {
    is: "budget",
    ...(isAmount(minAvailable) && { minAvailable }),
    ...(isAmount(maxUnavailable) && { maxUnavailable }),
    ...(isRecord(selector) && !isForNone(selector, apiVersion) && { selector: labelSelector(selector) }),
  };
}

/** An empty selector is about every pod; of the beta API, about none. */
function isForNone(selector: Fields, apiVersion: string): boolean {
  return apiVersion === "policy/v1beta1" && Object.keys(selector).length === 0;
}

function isAmount(value: unknown): value is number | string {
  return typeof value === "number" || typeof value === "string";
}

function labelSelector({ matchLabels, matchExpressions }: Fields): LabelSelector {
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.filter(isRecord).map(labelExpression) : [];
  return {
    ...(isRecord(matchLabels) && { matchLabels: labelsOf(matchLabels) }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

function labelExpression({ key, operator, values }: Fields): LabelExpression {
  return {
    key: String(key),
    operator: String(operator),
    ...(Array.isArray(values) && { values: values.map(String) }),
  };
}

function workload({ replicas, template }: Fields): Workload | undefined {
  if (!isRecord(template)) return undefined;
  const labels = isRecord(template.metadata) && isRecord(template.metadata.labels) ? template.metadata.labels : {};
  return { is: "workload", ...(typeof replicas === "number" && { replicas }), labels: labelsOf(labels) };
}

function labelsOf(labels: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}

function autoscaler({ scaleTargetRef, minReplicas }: Fields): Autoscaler | undefined {
  return scaler(scaleTargetRef, typeof minReplicas === "number" ? minReplicas : 1);
}

/** It may leave none at all, and then there is nothing to evict: what counts is the first one. */
function scaledObject({ scaleTargetRef, minReplicaCount }: Fields): Autoscaler | undefined {
  return scaler(scaleTargetRef, typeof minReplicaCount === "number" ? Math.max(1, minReplicaCount) : 1);
}

function scaler(target: unknown, minReplicas: number): Autoscaler | undefined {
  if (!isRecord(target) || typeof target.name !== "string") return undefined;
  const kind = typeof target.kind === "string" ? target.kind : "Deployment";
  return { is: "autoscaler", target: { kind, name: target.name }, minReplicas };
}
