import { clustersWithTwins, pairedClusters } from "../../lib/domain/twins";
import { aCluster, aModelOf, aModelOfTwins } from "../../lib/testing/build-model";

describe("pairedClusters", () => {
  it("looks up both clusters of each pair", () => {
    const [paired] = pairedClusters(aModelOfTwins());
    expect([paired?.pair.name, paired?.staging.name, paired?.production.name]).toEqual([
      "aws1",
      "stage-aws1",
      "prod-aws1",
    ]);
  });

  it("finds none in a model without pairs", () => {
    expect(pairedClusters(aModelOf())).toEqual([]);
  });

  it("refuses a pair whose cluster is not there", () => {
    const model = aModelOfTwins();
    const clusters = model.clusters.filter(({ name }) => name !== "prod-aws1");
    expect(() => pairedClusters({ ...model, clusters })).toThrow(
      'pair aws1 names the cluster "prod-aws1", which the model does not have; synthesise again',
    );
  });
});

describe("clustersWithTwins", () => {
  it("gives each cluster its twin, and none to a cluster that stands alone", () => {
    const model = aModelOfTwins();
    const clusters = [...model.clusters, aCluster({ name: "lone" })];
    expect(clustersWithTwins({ ...model, clusters }).map(({ cluster, twin }) => [cluster.name, twin?.name])).toEqual([
      ["prod-aws1", "stage-aws1"],
      ["stage-aws1", "prod-aws1"],
      ["lone", undefined],
    ]);
  });
});
