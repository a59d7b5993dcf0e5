import type { PlannedChange } from "../../lib/domain/model";
import { planDeletes } from "../../lib/rules/plan-deletes";
import { findingsOf } from "./judged";
import { aChange, aGroupChange, aModelOfPlan } from "./planned";

const judged = (change: PlannedChange) =>
  findingsOf(planDeletes, aModelOfPlan([change])).map(({ severity, message }) => `${severity}: ${message}`);

const deleted = (stated: Partial<PlannedChange>) => aChange({ action: "delete", ...stated });

describe("plan-deletes", () => {
  it.each<[PlannedChange, string]>([
    [
      deleted({}),
      "error: Terraform would delete cluster prod. Everything that runs in it goes, and all that it stores.",
    ],
    [
      aGroupChange({ action: "delete", reason: "delete_because_each_key" }),
      "error: Terraform would delete node group general of cluster prod: for_each no longer has its key. All its nodes go; their pods need room on others.",
    ],
    [
      deleted({ kind: "add-on", name: "coredns", reason: "delete_because_no_resource_config" }),
      "warning: Terraform would delete add-on coredns of cluster prod: the configuration no longer has it. What it does is missing from then on.",
    ],
    [
      deleted({ kind: "release", name: "web", reason: "delete_because_no_module" }),
      "warning: Terraform would delete release web of cluster prod: the configuration no longer has its module. Helm uninstalls it with all its objects.",
    ],
    [
      deleted({ kind: "KMS key", name: "aws_kms_key.eks" }),
      "error: Terraform would delete KMS key aws_kms_key.eks of cluster prod. Without it nobody can read what a cluster encrypted with it.",
    ],
    [
      deleted({ kind: "VPC", name: "aws_vpc.main" }),
      "error: Terraform would delete VPC aws_vpc.main of cluster prod. What stands in it cannot be reached any more.",
    ],
    [
      deleted({ kind: "subnet", name: "aws_subnet.a", reason: "delete_because_count_index" }),
      "error: Terraform would delete subnet aws_subnet.a of cluster prod: count is lower. The control plane and the nodes have network interfaces in it.",
    ],
  ])("says what is lost, and why it goes: %#", (change, expected) => {
    expect(judged(change)).toEqual([expected]);
  });

  it("warns only where it is not known whether a cluster stands on it", () => {
    const { cluster: _, ...vpc } = deleted({ kind: "VPC", name: "aws_vpc.main" });
    expect(judged(vpc)).toEqual([
      "warning: Terraform would delete VPC aws_vpc.main. What stands in it cannot be reached any more.",
    ]);
  });

  it.each(["create", "update", "delete-create", "create-delete"] as const)("leaves %s alone", (action) => {
    expect(judged(aGroupChange({ action }))).toEqual([]);
  });
});
