import type { Budget, Disruption } from "../../lib/domain/disruption";
import type { ClusterHistory } from "../../lib/domain/history";
import type { Cluster, KubernetesObject, Model } from "../../lib/domain/model";
import { pdbBlocksDrain } from "../../lib/rules/pdb-blocks-drain";
import {
  aModelOf,
  aModelOfTwins,
  aNodeGroup,
  anObject,
  aRelease,
  aRenderedObject,
  aRendering,
  someManifests,
} from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const WEB = { matchLabels: { app: "web" } };

const budget = (stated: Omit<Budget, "is">): KubernetesObject =>
  anObject({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    name: "web",
    disruption: { is: "budget", selector: WEB, ...stated },
  });

const deployment = (replicas: number | undefined, name = "web", labels: Record<string, string> = { app: "web" }) =>
  anObject({
    name,
    namespace: "default",
    disruption: { is: "workload", ...(replicas !== undefined && { replicas }), labels },
  });

const autoscaler = (minReplicas: number, kind = "HorizontalPodAutoscaler") =>
  anObject({
    apiVersion: "autoscaling/v2",
    kind,
    name: "web-scaler",
    disruption: { is: "autoscaler", target: { kind: "Deployment", name: "web" }, minReplicas },
  });

const cluster = (...objects: KubernetesObject[]): Model => aModelOf({ manifests: [someManifests({ objects })] });

const severitiesOf = (model: Model) => findingsOf(pdbBlocksDrain, model).map(({ severity }) => severity);

describe("pdb-blocks-drain", () => {
  it.each<[string, Omit<Budget, "is">, number | undefined]>([
    ["as many as there are", { minAvailable: 2 }, 2],
    ["more than there are", { minAvailable: 3 }, 2],
    ["the only one", { minAvailable: 1 }, 1],
    ["the only one of a workload that states no number", { minAvailable: 1 }, undefined],
    ["all of them", { minAvailable: "100%" }, 5],
    ["a share that is all of them once it is rounded up", { minAvailable: "51%" }, 2],
    ["a share of one", { minAvailable: "1%" }, 1],
    ["none to be away", { maxUnavailable: 0 }, 5],
    ["none of a hundred to be away", { maxUnavailable: "0%" }, 5],
  ])("warns of a budget that wants %s", (_case, stated, replicas) => {
    expect(severitiesOf(cluster(budget(stated), deployment(replicas)))).toEqual(["warning"]);
  });

  it.each<[string, Omit<Budget, "is">, number]>([
    ["one less than there are", { minAvailable: 1 }, 2],
    ["none", { minAvailable: 0 }, 1],
    ["a share of none", { minAvailable: "0%" }, 1],
    ["half of two", { minAvailable: "50%" }, 2],
    ["one to be away", { maxUnavailable: 1 }, 1],
    ["a share to be away that is one once it is rounded up", { maxUnavailable: "1%" }, 1],
    ["all of a workload that has no pod", { minAvailable: 1 }, 0],
    ["none of a workload without a pod to be away", { maxUnavailable: 0 }, 0],
  ])("passes a budget that wants %s", (_case, stated, replicas) => {
    expect(placesOf(pdbBlocksDrain, cluster(budget(stated), deployment(replicas)))).toEqual([]);
  });

  it("says what blocks, what comes of it and what to write", () => {
    expect(textsOf(pdbBlocksDrain, cluster(budget({ minAvailable: 2 }), deployment(2)))).toEqual([
      [
        'PodDisruptionBudget "web" in cluster stage-aws1 never lets a pod go: minAvailable is 2, and Deployment "web" has 2 replicas. ' +
          "The next update of the nodes waits for the eviction and ends with PodEvictionFailure.",
        "Write maxUnavailable: 1 in the place of minAvailable.",
      ],
    ]);
    expect(textsOf(pdbBlocksDrain, cluster(budget({ maxUnavailable: 0 }), deployment(3)))[0]?.[1]).toBe(
      "Write maxUnavailable: 1.",
    );
    expect(textsOf(pdbBlocksDrain, cluster(budget({ minAvailable: 1 }), deployment(1)))[0]?.[1]).toBe(
      "Run two replicas or more with maxUnavailable: 1, or leave the budget out: one replica cannot move without an interruption.",
    );
  });

  it("counts the pods of all workloads that a budget is about together", () => {
    const both = [deployment(1), deployment(2, "web-canary")];
    expect(placesOf(pdbBlocksDrain, cluster(budget({ minAvailable: 2 }), ...both))).toEqual([]);
    expect(textsOf(pdbBlocksDrain, cluster(budget({ minAvailable: 3 }), ...both))[0]?.[0]).toContain(
      'minAvailable is 3, and Deployment "web" has 1 replica and Deployment "web-canary" has 2 replicas.',
    );
  });

  it("takes the fewest that an autoscaler leaves in the place of the replicas", () => {
    expect(
      placesOf(pdbBlocksDrain, cluster(budget({ minAvailable: 1 }), deployment(undefined), autoscaler(2))),
    ).toEqual([]);
    expect(textsOf(pdbBlocksDrain, cluster(budget({ minAvailable: 2 }), deployment(9), autoscaler(2)))[0]?.[0]).toBe(
      'PodDisruptionBudget "web" in cluster stage-aws1 never lets a pod go: minAvailable is 2, and Deployment "web" has 2 replicas ' +
        'at the fewest (HorizontalPodAutoscaler "web-scaler"). The next update of the nodes waits for the eviction and ends with ' +
        "PodEvictionFailure.",
    );
  });

  it.each<[string, Budget["selector"], boolean]>([
    ["labels that the pods have", { matchLabels: { app: "web" } }, true],
    ["one of several values", { matchExpressions: [{ key: "app", operator: "In", values: ["api", "web"] }] }, true],
    ["a label, whatever it is", { matchExpressions: [{ key: "app", operator: "Exists" }] }, true],
    ["another value", { matchExpressions: [{ key: "app", operator: "NotIn", values: ["api"] }] }, true],
    ["everything", {}, true],
    ["a label that they must not have", { matchExpressions: [{ key: "app", operator: "DoesNotExist" }] }, false],
    [
      "a value that they must not have",
      { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] },
      false,
    ],
    ["a value that they lack", { matchLabels: { app: "web", tier: "front" } }, false],
  ])("knows whom a selector of %s is about", (_case, selector, isAbout) => {
    const model = cluster(budget({ maxUnavailable: 0, ...(selector && { selector }) }), deployment(2));
    expect(severitiesOf(model)).toEqual([isAbout ? "warning" : "note"]);
  });

  it("passes a budget without a selector: it is about no pod", () => {
    const none: Disruption = { is: "budget", maxUnavailable: 0 };
    expect(placesOf(pdbBlocksDrain, cluster({ ...budget({}), disruption: none }, deployment(1)))).toEqual([]);
  });

  it("looks at pods of the budget's namespace alone", () => {
    const elsewhere = { ...deployment(1), namespace: "elsewhere" };
    expect(severitiesOf(cluster(budget({ minAvailable: 1 }), elsewhere))).toEqual(["note"]);
  });

  it("says that it does not know where no workload is described", () => {
    expect(textsOf(pdbBlocksDrain, cluster(budget({ minAvailable: 1 })))).toEqual([
      [
        'Whether PodDisruptionBudget "web" in cluster stage-aws1 ever lets a pod go is not known: minAvailable is 1, and no workload ' +
          "with its labels is described here.",
        "Look at the ALLOWED DISRUPTIONS of kubectl get poddisruptionbudgets before nodes are updated; maxUnavailable: 1 is always safe.",
      ],
    ]);
    expect(severitiesOf(cluster(budget({ minAvailable: 1 })))).toEqual(["note"]);
  });

  it("passes a budget of unknown pods that always lets one go", () => {
    expect(placesOf(pdbBlocksDrain, cluster(budget({ maxUnavailable: 1 })))).toEqual([]);
  });

  it("joins what manifests and charts have in one namespace, and names the chart that writes the budget", () => {
    const rendered = aRenderedObject({
      ...budget({ minAvailable: 2 }),
      namespace: "default",
      template: "metrics-server/templates/pdb.yaml",
    });
    const model = aModelOf({
      manifests: [someManifests({ objects: [deployment(2)] })],
      releases: [aRelease({ renderings: [aRendering({ objects: [rendered] })] })],
    });
    expect(textsOf(pdbBlocksDrain, model)).toEqual([
      [
        'PodDisruptionBudget "default/web", which chart metrics-server 3.13.1 of https://kubernetes-sigs.github.io/metrics-server ' +
          'renders for release metrics-server (metrics-server/templates/pdb.yaml), in cluster stage-aws1 never lets a pod go: minAvailable is 2, and Deployment "web" has ' +
          "2 replicas. The next update of the nodes waits for the eviction and ends with PodEvictionFailure.",
        "Write maxUnavailable: 1 in the place of minAvailable. The chart writes it: say so in the values of release metrics-server.",
      ],
    ]);
  });

  it("passes over hooks, which come and go", () => {
    const hook = aRenderedObject({ ...budget({ maxUnavailable: 0 }), namespace: "default", keeper: "hook" });
    const model = aModelOf({
      manifests: [someManifests({ objects: [deployment(2)] })],
      releases: [aRelease({ renderings: [aRendering({ objects: [hook] })] })],
    });
    expect(placesOf(pdbBlocksDrain, model)).toEqual([]);
  });

  it("judges each twin by its own replicas", () => {
    const manifests = (replicas: number): Partial<Cluster> => ({
      manifests: [someManifests({ objects: [budget({ minAvailable: 1 }), deployment(replicas)] })],
    });
    const model = aModelOfTwins({ staging: manifests(1), production: manifests(3) });
    expect(placesOf(pdbBlocksDrain, model)).toEqual([["pdb-blocks-drain", "stage-aws1-releases/storefront"]]);
  });

  it("is an error where the next deployment brings another version to the nodes", () => {
    const recorded = (version: string): ClusterHistory => ({
      cluster: "stage-aws1",
      latest: { id: "sha256:0", at: "2026-11-01T00:00:00Z", by: "ci" },
      state: {
        version,
        supportType: "STANDARD",
        nodeGroups: {
          general: {
            version,
            amiType: "AL2023_ARM_64_STANDARD",
            instanceTypes: ["m7g.large"],
            capacityType: "ON_DEMAND",
          },
        },
        addons: {},
        releases: {},
        manifests: {},
      },
      held: {},
    });
    const described = aModelOf({
      version: "1.35",
      nodeGroups: [aNodeGroup({ version: "1.35" }), aNodeGroup({ name: "new", version: "1.35" })],
      manifests: [someManifests({ objects: [budget({ minAvailable: 2 }), deployment(2)] })],
    });
    expect(severitiesOf({ ...described, history: [recorded("1.35")] })).toEqual(["warning"]);
    const rolling = { ...described, history: [recorded("1.34")] };
    expect(severitiesOf(rolling)).toEqual(["error"]);
    expect(textsOf(pdbBlocksDrain, rolling)[0]?.[0]).toContain(
      "The next deployment brings another version to the nodes of node group general: it waits for the eviction and ends with " +
        "PodEvictionFailure.",
    );
  });
});
