import type { PlannedChange } from "../../lib/domain/model";
import { nodesWithControlPlane } from "../../lib/rules/nodes-with-control-plane";
import { findingsOf, textsOf } from "./judged";
import { aChange, aGroupChange, aModelOfPlan } from "./planned";

const UPGRADE = aChange({ before: { version: "1.35" }, after: { version: "1.36" } });
const withUpgrade = (group: Partial<PlannedChange>) => aModelOfPlan([UPGRADE, aGroupChange(group)]);

describe("nodes-with-control-plane", () => {
  it.each<[string, Partial<PlannedChange>]>([
    ["version goes from 1.35 to 1.36", { before: { version: "1.35" }, after: { version: "1.36" } }],
    ["version is only known after the apply", { before: { version: "1.35" }, after: { version: null } }],
    [
      "release_version goes from 1.35.2-20260214 to 1.35.4-20260601",
      { before: { releaseVersion: "1.35.2-20260214" }, after: { releaseVersion: "1.35.4-20260601" } },
    ],
    [
      "launch_template is only known after the apply",
      { before: { launchTemplate: "lt-1 version 3" }, after: { launchTemplate: null } },
    ],
    ["launch_template goes from none to lt-1 version 1", { before: {}, after: { launchTemplate: "lt-1 version 1" } }],
    ["it is replaced", { action: "create-delete", before: { version: "1.35" }, after: { version: "1.35" } }],
  ])("reports nodes that roll with their control plane: %s", (why, group) => {
    expect(textsOf(nodesWithControlPlane, withUpgrade(group))).toEqual([
      [
        `The plan takes the control plane of cluster prod from 1.35 to 1.36, and in the same apply rolls the nodes of node group general of cluster prod: ${why}.`,
        "Leave the node group as it is (version, release_version, launch template), apply, look at the cluster, and change the node group in an apply of its own.",
      ],
    ]);
  });

  it.each<[string, Partial<PlannedChange>]>([
    ["is changed without rolling", { before: { version: "1.35" }, after: { version: "1.35" } }],
    ["is new", { action: "create", after: { version: "1.36" } }],
    ["is deleted", { action: "delete", before: { version: "1.35" } }],
    ["is of another cluster", { cluster: "stage", before: { version: "1.35" }, after: { version: "1.36" } }],
  ])("passes a node group that %s", (_, group) => {
    expect(findingsOf(nodesWithControlPlane, withUpgrade(group))).toEqual([]);
  });

  it("passes nodes that roll while their control plane stays", () => {
    const same = aChange({ before: { version: "1.36" }, after: { version: "1.36" } });
    const group = aGroupChange({ before: { version: "1.35" }, after: { version: "1.36" } });
    expect(findingsOf(nodesWithControlPlane, aModelOfPlan([same, group]))).toEqual([]);
    expect(findingsOf(nodesWithControlPlane, aModelOfPlan([group]))).toEqual([]);
  });
});
