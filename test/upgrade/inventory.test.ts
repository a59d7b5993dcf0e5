import {
  aCluster,
  aModel,
  aModelOfTwins,
  anAddon,
  anObject,
  aRelease,
  aRenderedObject,
  aRendering,
  chartContents,
  someManifests,
} from "../../lib/testing";
import { inventory } from "../../lib/upgrade/inventory";
import { costScore, largerCost, upgradeCost } from "../../lib/upgrade/upgrade-cost";

const CRD = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
const DEFINES = { group: "example.com", kind: "Widget", versions: [{ name: "v1", served: true }] };
const WEBHOOK = { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration" };
const ROLE = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" };
const NOTHING = { crds: 0, crdsByHand: 0, webhooks: 0, clusterScoped: 0, hooks: 0, deprecated: [], removed: [] };

describe("what something costs at every upgrade", () => {
  const rendered = aRenderedObject;
  it.each([
    ["nothing but its version", [rendered()], {}, 1],
    ["a CustomResourceDefinition", [rendered({ ...CRD, name: "widgets.example.com" })], { crds: 1 }, 2],
    ["one that Helm never upgrades", [rendered({ ...CRD, name: "w", keeper: "crds" })], { crdsByHand: 1 }, 3],
    ["a webhook", [rendered({ ...WEBHOOK, name: "web" })], { webhooks: 1 }, 3],
    ["another object without a namespace", [rendered({ ...ROLE, name: "web" })], { clusterScoped: 1 }, 2],
    ["a namespace, which is no trouble", [rendered({ apiVersion: "v1", kind: "Namespace", name: "web" })], {}, 1],
    ["a hook", [rendered({ apiVersion: "batch/v1", kind: "Job", name: "web", keeper: "hook" })], { hooks: 1 }, 2],
    [
      "an API that is removed some day, once however many objects use it",
      ["a", "b"].map((name) => rendered({ apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", name })),
      { removed: ["policy/v1beta1 PodDisruptionBudget"] },
      6,
    ],
    [
      "an API that is only deprecated",
      [rendered({ apiVersion: "v1", kind: "Endpoints", name: "web" })],
      { deprecated: ["v1 Endpoints"] },
      4,
    ],
    [
      "a custom resource's API that its component deprecated",
      [rendered({ apiVersion: "gateway.k8s.aws/v1beta1", kind: "LoadBalancerConfiguration", name: "web" })],
      { deprecated: ["gateway.k8s.aws/v1beta1 LoadBalancerConfiguration"] },
      4,
    ],
  ])("is %s", (_what, objects, more, score) => {
    const cost = upgradeCost(objects, aCluster());
    expect(cost).toEqual({ ...NOTHING, ...more });
    expect(costScore(cost)).toBe(score);
  });
});

describe("what the same costs in two clusters", () => {
  const some = { crds: 1, crdsByHand: 0, webhooks: 3, clusterScoped: 0, hooks: 1, deprecated: ["a"], removed: [] };
  const other = {
    crds: 0,
    crdsByHand: 2,
    webhooks: 1,
    clusterScoped: 4,
    hooks: 2,
    deprecated: ["b", "a"],
    removed: ["c"],
  };
  it.each([
    [some, other],
    [other, some],
  ])("is the larger of each, whichever comes first", (a, b) => {
    expect(largerCost(a, b)).toEqual({
      crds: 1,
      crdsByHand: 2,
      webhooks: 3,
      clusterScoped: 4,
      hooks: 2,
      deprecated: ["a", "b"],
      removed: ["c"],
    });
  });
});

describe("the inventory", () => {
  it("folds twins, takes the larger cost of the two, and begins with the dearest", () => {
    const crds = aRelease({
      name: "widgets",
      renderings: [aRendering({ objects: [aRenderedObject({ ...CRD, name: "w", defines: DEFINES })] })],
    });
    const model = aModelOfTwins({
      both: { addons: [anAddon()], manifests: [someManifests()] },
      staging: { releases: [crds] },
      production: { releases: [aRelease({ name: "widgets" })] },
    });
    expect(inventory(model).items.map(({ kind, name, home, score, runs }) => [kind, name, home, score, runs])).toEqual([
      [
        "release",
        "widgets",
        "aws1",
        2,
        [
          { cluster: "stage-aws1", version: "3.13.1" },
          { cluster: "prod-aws1", version: "3.13.1" },
        ],
      ],
      [
        "add-on",
        "coredns",
        "aws1",
        1,
        [
          { cluster: "stage-aws1", version: "v1.13.2-eksbuild.4" },
          { cluster: "prod-aws1", version: "v1.13.2-eksbuild.4" },
        ],
      ],
      ["manifests", "storefront", "aws1", 1, [{ cluster: "stage-aws1" }, { cluster: "prod-aws1" }]],
    ]);
  });

  it("says whose it is, what for, and whether its review date has passed", () => {
    const owned = { owner: "platform", why: "metrics for the autoscaler" };
    const [due, ahead] = ["2026-11-22", "2026-11-23"].map((reviewBy) => {
      const model = aModel({
        asOf: "2026-11-23",
        clusters: [aCluster({ releases: [aRelease({ ...owned, reviewBy })] })],
      });
      return inventory(model).items[0];
    });
    expect(due).toMatchObject({ ...owned, reviewBy: "2026-11-22", isReviewDue: true });
    expect(ahead?.isReviewDue).toBe(false);
  });

  it.each([
    ["brings nothing", { renderings: [aRendering({ objects: [] })] }, ["It brings no object to any cluster."]],
    [
      "brings namespaces alone",
      {
        renderings: [aRendering({ objects: [aRenderedObject({ apiVersion: "v1", kind: "Namespace", name: "web" })] })],
      },
      ["It brings nothing but namespaces."],
    ],
    [
      "defines what nobody uses",
      { renderings: [aRendering({ objects: [aRenderedObject({ ...CRD, name: "w", defines: DEFINES })] })] },
      ["It defines custom resources (Widget), and none of them is described here."],
    ],
    [
      "defines more than three kinds that nobody uses",
      {
        renderings: [
          aRendering({
            objects: ["A", "B", "C", "D", "E"].map((kind) =>
              aRenderedObject({ ...CRD, name: kind, defines: { ...DEFINES, kind } }),
            ),
          }),
        ],
      },
      ["It defines custom resources (A, B, C and 2 more), and none of them is described here."],
    ],
    [
      "has a retired chart",
      {
        chart: {
          source: "repository" as const,
          url: "https://kubernetes.github.io/ingress-nginx",
          name: "ingress-nginx",
          version: "4.15.0",
        },
      },
      [
        "Its chart is retired since 2026-03: its maintainers release nothing any more, not even fixes of vulnerabilities; " +
          "use another ingress controller, such as the AWS Load Balancer Controller, or one of the Gateway API.",
      ],
    ],
    [
      "has a deprecated chart",
      { contents: chartContents({ deprecated: true }) },
      ["Its chart is deprecated by its maintainers."],
    ],
    ["was not rendered, so that nobody knows", { renderings: [] }, []],
  ])("doubts a release that %s", (_what, stated, doubts) => {
    const model = aModel({ clusters: [aCluster({ releases: [aRelease(stated)] })] });
    expect(inventory(model).items[0]?.doubts).toEqual(doubts);
  });

  it.each([
    ["was rendered in both clusters", [aRendering()], [aRendering()], true],
    ["was not rendered in one of them", [aRendering()], [], false],
    [
      "failed to render in one of them",
      [aRendering()],
      [aRendering({ failure: { reason: "no", remedy: "Do." }, objects: [] })],
      false,
    ],
  ])("knows whether it knows the cost of a release that %s", (_what, staging, production, isCostKnown) => {
    const model = aModelOfTwins({
      staging: { releases: [aRelease({ renderings: staging })] },
      production: { releases: [aRelease({ renderings: production })] },
    });
    expect(inventory(model).items.map((item) => item.isCostKnown)).toEqual([isCostKnown]);
  });

  it("does not call a release empty that is empty in one cluster and was not rendered in the other", () => {
    const model = aModelOfTwins({
      staging: { releases: [aRelease({ renderings: [aRendering({ objects: [] })] })] },
      production: { releases: [aRelease({ renderings: [] })] },
    });
    expect(inventory(model).items[0]?.doubts).toEqual([]);
  });

  it("does not doubt definitions of which manifests have a custom resource", () => {
    const release = aRelease({
      renderings: [aRendering({ objects: [aRenderedObject({ ...CRD, name: "w", defines: DEFINES })] })],
    });
    const widget = anObject({ apiVersion: "example.com/v1", kind: "Widget", name: "one" });
    const cluster = aCluster({ releases: [release], manifests: [someManifests({ objects: [widget] })] });
    expect(inventory(aModel({ clusters: [cluster] })).items.flatMap(({ doubts }) => doubts)).toEqual([]);
  });

  it("is of one pair or one cluster where it is asked for", () => {
    const solo = aCluster({ name: "solo", addons: [anAddon({ name: "vpc-cni", version: "v1.23.0-eksbuild.1" })] });
    const twins = aModelOfTwins({ both: { addons: [anAddon()] } });
    const model = { ...twins, clusters: [...twins.clusters, solo] };
    const names = (only: Parameters<typeof inventory>[1]) =>
      inventory(model, only).items.map(({ name, runs }) => [name, runs.map(({ cluster }) => cluster)]);
    expect(names({ pair: "aws1" })).toEqual([["coredns", ["stage-aws1", "prod-aws1"]]]);
    expect(names({ cluster: "prod-aws1" })).toEqual([["coredns", ["prod-aws1"]]]);
    expect(names({ cluster: "solo" })).toEqual([["vpc-cni", ["solo"]]]);
    expect(names({})).toHaveLength(2);
  });
});
