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
import { costScore, upgradeCost } from "../../lib/upgrade/upgrade-cost";

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
  ])("is %s", (_what, objects, more, score) => {
    const cost = upgradeCost(objects, aCluster());
    expect(cost).toEqual({ ...NOTHING, ...more });
    expect(costScore(cost)).toBe(score);
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
      "has a deprecated chart",
      { contents: chartContents({ deprecated: true }) },
      ["Its chart is deprecated by its maintainers."],
    ],
    ["was not rendered, so that nobody knows", { renderings: [] }, []],
  ])("doubts a release that %s", (_what, stated, doubts) => {
    const model = aModel({ clusters: [aCluster({ releases: [aRelease(stated)] })] });
    expect(inventory(model).items[0]?.doubts).toEqual(doubts);
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
