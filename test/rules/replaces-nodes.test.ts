import type { NodeGroup } from "../../lib/domain/model";
import { replacesNodes } from "../../lib/rules/replaces-nodes";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModel, aNodeGroup } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const OTHER = aNodeGroup({ name: "other" });
const of = (...nodeGroups: NodeGroup[]) => aCluster({ nodeGroups });
const from = (recorded: ReturnType<typeof of>, described: ReturnType<typeof of>) =>
  aModel({ clusters: [described], history: aHistory(["2026-11-10", recorded]) });

describe("replaces-nodes", () => {
  it.each([
    ["what stays", from(of(aNodeGroup()), of(aNodeGroup()))],
    [
      "another version and size, which Terraform changes in place",
      from(
        of(aNodeGroup()),
        of(aNodeGroup({ version: "1.36", releaseVersion: "1.36.1-20261101", size: { min: 9, max: 9 } })),
      ),
    ],
    ["a node group that is new", from(of(OTHER), of(OTHER, aNodeGroup()))],
    [
      "an AMI type that nobody knows, which version-unknown tells",
      from(of(aNodeGroup()), of(aNodeGroup({ amiType: null }))),
    ],
    ["a cluster that nothing is recorded of", aModel({ clusters: [aCluster()] })],
  ])("passes %s", (_case, model) => {
    expect(placesOf(replacesNodes, model)).toEqual([]);
  });

  it("refuses a change that replaces the nodes of every node group, with all that is changed", () => {
    const described = aNodeGroup({
      amiType: "AL2023_x86_64_STANDARD",
      instanceTypes: ["m7i.large", "m8i.large"],
      capacityType: "SPOT",
    });
    const model = from(of(aNodeGroup(), OTHER), of(described));
    expect(findingsOf(replacesNodes, model).map(({ severity, path }) => [severity, path])).toEqual([
      ["error", "stage-aws1/cluster/general"],
    ]);
    expect(textsOf(replacesNodes, model)).toEqual([
      [
        "Node group general of cluster stage-aws1 would be replaced, as recorded on 2026-11-10: amiType goes from AL2023_ARM_64_STANDARD " +
          "to AL2023_x86_64_STANDARD, instanceTypes goes from m7g.large to m7i.large, m8i.large and capacityType goes from ON_DEMAND to " +
          "SPOT. Its new nodes come first; then all the old ones go, and their pods move at once, and no node group of the cluster stays " +
          "as it is.",
        "Restore it, and add a node group beside it under another name with what is new; deploy and record, move the pods, and take " +
          "general out in a deployment of its own.",
      ],
    ]);
  });

  it("warns where another node group stays", () => {
    const model = from(of(aNodeGroup(), OTHER), of(aNodeGroup({ capacityType: "SPOT" }), OTHER));
    expect(findingsOf(replacesNodes, model).map(({ severity, path, message }) => [severity, path, message])).toEqual([
      [
        "warning",
        "stage-aws1/cluster/general",
        "Node group general of cluster stage-aws1 would be replaced, as recorded on 2026-11-10: capacityType goes from ON_DEMAND to SPOT. " +
          "Its new nodes come first; then all the old ones go, and their pods move at once.",
      ],
    ]);
  });
});
