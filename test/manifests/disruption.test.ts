import type { Disruption } from "../../lib/domain/disruption";
import { QuickObjects } from "../../lib/helm/render/quick-objects";
import { readManifests } from "../../lib/manifests/read";

const CASES: [string, string, Disruption | undefined][] = [
  [
    "a budget",
    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  minAvailable: 50%\n  selector:\n" +
      "    matchLabels: {app: web}\n    matchExpressions: [{key: tier, operator: In, values: [front, 1]}]\n",
    {
      is: "budget",
      minAvailable: "50%",
      selector: {
        matchLabels: { app: "web" },
        matchExpressions: [{ key: "tier", operator: "In", values: ["front", "1"] }],
      },
    },
  ],
  [
    "a budget for every pod",
    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {maxUnavailable: 0, selector: {}}\n",
    { is: "budget", maxUnavailable: 0, selector: {} },
  ],
  [
    "the same of the beta API, in which it is about none",
    "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {maxUnavailable: 0, selector: {}}\n",
    { is: "budget", maxUnavailable: 0 },
  ],
  [
    "a Deployment",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  template:\n    metadata:\n      labels: {app: web, zone: 1}\n",
    { is: "workload", replicas: 2, labels: { app: "web", zone: "1" } },
  ],
  [
    "a StatefulSet that states neither replicas nor labels",
    "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web}\nspec: {template: {spec: {}}}\n",
    { is: "workload", labels: {} },
  ],
  [
    "an autoscaler",
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n  minReplicas: 3\n" +
      "  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}\n",
    { is: "autoscaler", target: { kind: "StatefulSet", name: "web" }, minReplicas: 3 },
  ],
  [
    "an autoscaler that states no least number",
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {kind: Deployment, name: web}}\n",
    { is: "autoscaler", target: { kind: "Deployment", name: "web" }, minReplicas: 1 },
  ],
  [
    "a ScaledObject that may leave none",
    "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: web}\nspec: {minReplicaCount: 0, scaleTargetRef: {name: web}}\n",
    { is: "autoscaler", target: { kind: "Deployment", name: "web" }, minReplicas: 1 },
  ],
  ["a DaemonSet", "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: web}\nspec: {template: {}}\n", undefined],
  [
    "a Deployment of another group",
    "apiVersion: x.io/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {}}\n",
    undefined,
  ],
];

describe("what an object says of evictions", () => {
  it.each(CASES)("is read of %s", (_case, text, expected) => {
    const [object] = readManifests(text, "f.yaml").objects;
    expect(object?.disruption).toEqual(expected);
  });

  it.each(CASES)("is read of %s that a chart renders, without the YAML parser", (_case, text, expected) => {
    const objects = new QuickObjects().in(text);
    expect(objects?.map(({ disruption }) => disruption)).toEqual([expected]);
  });
});
