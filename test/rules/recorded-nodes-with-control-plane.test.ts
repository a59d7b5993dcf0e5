import { nodesWithControlPlane } from "../../lib/rules/nodes-with-control-plane";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModel, aNodeGroup } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const at = (controlPlane: string | null, nodes: string | null) =>
  aCluster({ version: controlPlane, nodeGroups: [aNodeGroup({ version: nodes })] });
const from = (recorded: ReturnType<typeof at>, described: ReturnType<typeof at>) =>
  aModel({ clusters: [described], history: aHistory(["2026-11-10", recorded]) });

describe("nodes-with-control-plane, beside the history", () => {
  it.each([
    ["nothing that changes", at("1.35", "1.35"), at("1.35", "1.35")],
    ["a control plane that goes alone", at("1.35", "1.35"), at("1.36", "1.35")],
    ["nodes that go alone", at("1.36", "1.34"), at("1.36", "1.36")],
    ["a rollback of both, which is downgrade's", at("1.36", "1.36"), at("1.35", "1.35")],
    ["nodes of which nobody knows the version", at("1.35", "1.35"), at("1.36", null)],
  ])("passes %s", (_case, recorded, described) => {
    expect(placesOf(nodesWithControlPlane, from(recorded, described))).toEqual([]);
  });

  it("passes a node group that is new, and a cluster that nothing is recorded of", () => {
    const described = aCluster({ version: "1.36", nodeGroups: [aNodeGroup({ name: "new", version: "1.36" })] });
    expect(placesOf(nodesWithControlPlane, from(at("1.35", "1.35"), described))).toEqual([]);
    expect(placesOf(nodesWithControlPlane, aModel({ clusters: [at("1.36", "1.36")], history: [] }))).toEqual([]);
  });

  it("reports each node group that changes with its control plane", () => {
    const model = from(at("1.35", "1.34"), at("1.36", "1.35"));
    expect(placesOf(nodesWithControlPlane, model)).toEqual([
      ["nodes-with-control-plane", "stage-aws1/cluster/general"],
    ]);
    expect(textsOf(nodesWithControlPlane, model)).toEqual([
      [
        "One apply would take the control plane of cluster stage-aws1 from 1.35 to 1.36 and node group general from 1.34 to 1.35, as " +
          "recorded on 2026-11-10.",
        "Leave node group general at 1.34 (versions.nodes, or its version), deploy the control plane, look at the cluster, npx tandem " +
          "record stage-aws1, and upgrade the nodes then.",
      ],
    ]);
  });
});
