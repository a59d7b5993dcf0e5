import type { PlannedChange } from "../../lib/domain/model";
import { planReplaces } from "../../lib/rules/plan-replaces";
import { findingsOf } from "./judged";
import { aChange, aGroupChange, aModelOfPlan } from "./planned";

const judged = (change: PlannedChange) =>
  findingsOf(planReplaces, aModelOfPlan([change])).map(({ severity, message }) => `${severity}: ${message}`);

const replaced = (stated: Partial<PlannedChange>) => aChange({ action: "delete-create", ...stated });

describe("plan-replaces", () => {
  it.each<[PlannedChange, string]>([
    [
      replaced({ forcedBy: ["role_arn"] }),
      "error: Terraform would replace cluster prod: role_arn forces it. The old cluster is deleted with everything that runs in it and all that it stores.",
    ],
    [
      replaced({ action: "create-delete", forcedBy: ["name"] }),
      "error: Terraform would replace cluster prod: name forces it. The old cluster is deleted with everything that runs in it and all that it stores.",
    ],
    [
      aGroupChange({ action: "delete-create", forcedBy: ["ami_type", "instance_types"] }),
      "error: Terraform would replace node group general of cluster prod: ami_type and instance_types force it. All its nodes go, and their pods with them, before a new one is there.",
    ],
    [
      aGroupChange({ action: "create-delete", forcedBy: [], reason: "replace_because_tainted" }),
      "warning: Terraform would replace node group general of cluster prod: it is marked as tainted. The new nodes come first; then all the old ones go, and their pods move at once.",
    ],
    [
      replaced({ kind: "add-on", name: "coredns", forcedBy: ["addon_name"] }),
      "warning: Terraform would replace add-on coredns of cluster prod: addon_name forces it. What it does is missing until it is there again.",
    ],
    [
      replaced({ kind: "release", name: "web", reason: "replace_by_request" }),
      "warning: Terraform would replace release web of cluster prod: -replace asks for it. Helm uninstalls it with all its objects before it installs it again.",
    ],
    [
      replaced({ kind: "KMS key", name: "aws_kms_key.eks", reason: "a_reason_of_tomorrow" }),
      "error: Terraform would replace KMS key aws_kms_key.eks of cluster prod. Without the old key nobody can read what the cluster encrypted with it.",
    ],
    [
      replaced({ kind: "VPC", name: "aws_vpc.main", forcedBy: ["cidr_block"] }),
      "error: Terraform would replace VPC aws_vpc.main of cluster prod: cidr_block forces it. A cluster cannot leave its VPC: the apply fails halfway, or the cluster is replaced too.",
    ],
    [
      replaced({ kind: "subnet", name: "aws_subnet.a", forcedBy: ["availability_zone"] }),
      "error: Terraform would replace subnet aws_subnet.a of cluster prod: availability_zone forces it. The control plane has network interfaces in it: the apply fails halfway, or the API server cannot be reached from there.",
    ],
  ])("says what is lost, and what forces it: %#", (change, expected) => {
    expect(judged(change)).toEqual([expected]);
  });

  it("warns only where it is not known whether a cluster stands on it", () => {
    const { cluster: _, ...key } = replaced({ kind: "KMS key", name: "aws_kms_key.eks" });
    expect(judged(key)).toEqual([
      "warning: Terraform would replace KMS key aws_kms_key.eks. Without the old key nobody can read what the cluster encrypted with it.",
    ]);
  });

  it("says how to get there without losing the nodes", () => {
    const remedies = (action: PlannedChange["action"]) =>
      findingsOf(planReplaces, aModelOfPlan([aGroupChange({ action })])).map(({ remedy }) => remedy);
    expect(remedies("delete-create")).toEqual([
      "Add a node group beside it under another name, apply, move the pods, and take the old one out in an apply of its own; or give it a name prefix and lifecycle { create_before_destroy = true }.",
    ]);
    expect(remedies("create-delete")).toEqual([
      "If the pods can move at once, go on. If not, add a node group beside it under another name, apply, move the pods, and take the old one out in an apply of its own.",
    ]);
  });

  it.each(["create", "update", "delete"] as const)("leaves %s alone", (action) => {
    expect(judged(aGroupChange({ action }))).toEqual([]);
  });
});
