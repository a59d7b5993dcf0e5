import type { PlannedDrift } from "../../lib/domain/model";
import { planDrift } from "../../lib/rules/plan-drift";
import { findingsOf } from "./judged";
import { aModelOfPlan } from "./planned";

const judged = (drift: PlannedDrift) =>
  findingsOf(planDrift, aModelOfPlan([], { drift: [drift] })).map(
    ({ severity, path, message }) => `${severity} ${path}: ${message}`,
  );

describe("plan-drift", () => {
  it.each<[PlannedDrift, string]>([
    [
      {
        kind: "cluster",
        name: "prod",
        path: "aws_eks_cluster.prod",
        version: { argument: "version", from: "1.34", to: "1.35" },
      },
      "note aws_eks_cluster.prod: Cluster prod: version was changed outside of Terraform, from 1.34 to 1.35.",
    ],
    [
      {
        kind: "add-on",
        name: "coredns",
        cluster: "prod",
        path: "aws_eks_addon.coredns",
        version: { argument: "addon_version", from: null, to: "v1.13.2-eksbuild.4" },
      },
      "note aws_eks_addon.coredns: Add-on coredns of cluster prod: addon_version was changed outside of Terraform, from nothing to v1.13.2-eksbuild.4.",
    ],
    [
      { kind: "node group", name: "general", cluster: "prod", path: "aws_eks_node_group.general" },
      "note aws_eks_node_group.general: Node group general of cluster prod was deleted outside of Terraform.",
    ],
  ])("notes what was changed: %#", (drift, expected) => expect(judged(drift)).toEqual([expected]));

  it("has nothing to say of a plan without drift", () => expect(findingsOf(planDrift, aModelOfPlan([]))).toEqual([]));
});
