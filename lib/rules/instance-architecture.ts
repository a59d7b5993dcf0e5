import { architectureMismatch, instanceType } from "../domain/instance-type";
import type { Cluster, NodeGroup } from "../domain/model";
import { defineRule, type Violation } from "./rule";

/** Architecture and accelerators: with the wrong ones a node does not start, or starts without what it was bought for. */
export const instanceArchitecture = defineRule({
  id: "instance-architecture",
  title: "A node group's AMI type does not fit its instance types",
  severity: "error",
  remedy: "Choose instance types of the AMI type's architecture, and the AMI type that has the drivers.",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html",
  check: (model) =>
    model.clusters.flatMap((cluster) =>
      cluster.nodeGroups.flatMap((group) => group.instanceTypes.flatMap((name) => misfit(name, group, cluster))),
    ),
});

function misfit(name: string, group: NodeGroup, cluster: Cluster): Violation[] {
  const place = { path: group.path, location: group.location };
  const subject = `Node group ${group.name} of ${cluster.name}`;
  if (!instanceType(name)) return [{ ...place, ...notAnInstanceType(name, subject) }];
  const mismatch = group.amiType === null ? undefined : architectureMismatch(group.amiType, name);
  if (!mismatch) return [];
  return [
    {
      ...place,
      message: `${subject}: ${mismatch.message}.`,
      ...(!mismatch.breaks && { severity: "warning" as const }),
    },
  ];
}

function notAnInstanceType(name: string, subject: string): Pick<Violation, "message" | "remedy" | "severity"> {
  if (name.includes("${")) {
    return {
      message: `${subject} has an instance type that only Terraform knows; whether the AMI type fits it was not judged.`,
      remedy: "Write the instance type, such as m7g.large.",
      severity: "warning",
    };
  }
  return {
    message: `${subject} has the instance type ${JSON.stringify(name)}, which is none that a node can have.`,
    remedy: "Write it as family.size, such as m7g.large: aws ec2 describe-instance-type-offerings lists them.",
  };
}
