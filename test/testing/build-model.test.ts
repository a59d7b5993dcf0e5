import { evaluate } from "../../lib/rules/evaluate";
import {
  aCluster,
  aModel,
  aModelOf,
  aModelOfTwins,
  anAddon,
  anObject,
  aRelease,
  someManifests,
} from "../../lib/testing/build-model";

describe("the builders", () => {
  it.each([
    ["an empty model", aModel()],
    ["a cluster", aModelOf()],
    ["twins", aModelOfTwins()],
    ["a cluster with a release and manifests", aModelOf({ releases: [aRelease()], manifests: [someManifests()] })],
  ])("build %s that no rule objects to", (_case, model) => {
    expect(evaluate(model).findings).toEqual([]);
  });

  it("put what is in a cluster below its path, as constructs do", () => {
    const manifests = [someManifests({ objects: [anObject(), anObject({ path: "web/cart" })] })];
    const cluster = aCluster({ name: "prod-x", addons: [anAddon()], releases: [aRelease()], manifests });
    expect(
      [cluster, ...cluster.nodeGroups, ...cluster.addons, ...cluster.releases, ...cluster.manifests].map(
        ({ path }) => path,
      ),
    ).toEqual([
      "prod-x/cluster",
      "prod-x/cluster/general",
      "prod-x/cluster/coredns",
      "prod-x-releases/metrics-server",
      "prod-x-releases/storefront",
    ]);
    expect(cluster.manifests[0]?.objects.map(({ path }) => path)).toEqual([
      undefined,
      "prod-x-releases/storefront/web/cart",
    ]);
  });

  it("give a cluster's node group the cluster's version", () => {
    expect(aCluster({ version: "1.33" }).nodeGroups[0]?.version).toBe("1.33");
  });

  it("count the documents of manifests", () => {
    expect(someManifests({ unreadable: [{ message: "Not YAML." }] }).documents).toBe(2);
  });
});
