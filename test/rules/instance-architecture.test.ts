import { instanceArchitecture } from "../../lib/rules/instance-architecture";
import { aModelOf, aNodeGroup } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const group = (amiType: string | null, ...instanceTypes: string[]) =>
  aModelOf({ nodeGroups: [aNodeGroup({ amiType, instanceTypes })] });

describe("instance-architecture", () => {
  it.each([
    ["AL2023_ARM_64_STANDARD", ["m7g.large", "c7g.xlarge"]],
    ["AL2023_x86_64_STANDARD", ["m7i.large"]],
    ["AL2023_x86_64_NVIDIA", ["g6.xlarge"]],
  ])("passes %s with %j", (amiType, instanceTypes) => {
    expect(placesOf(instanceArchitecture, group(amiType, ...instanceTypes))).toEqual([]);
  });

  it("reports each instance type of another architecture", () => {
    const model = group("AL2023_ARM_64_STANDARD", "m7i.large", "m7g.large", "c7i.large");
    expect(placesOf(instanceArchitecture, model)).toEqual([
      ["instance-architecture", "stage-aws1/cluster/general"],
      ["instance-architecture", "stage-aws1/cluster/general"],
    ]);
    expect(textsOf(instanceArchitecture, model)[1]).toEqual([
      "Node group general of stage-aws1: m7i.large is x86_64, but AL2023_ARM_64_STANDARD is arm64.",
      "Choose instance types of the AMI type's architecture, and the AMI type that has the drivers.",
    ]);
  });

  it("reports an accelerator without a driver, and only warns where there is a driver for no AMI", () => {
    expect(findingsOf(instanceArchitecture, group("AL2023_x86_64_STANDARD", "g4ad.xlarge", "g6.xlarge"))).toMatchObject(
      [
        {
          severity: "warning",
          message: "Node group general of stage-aws1: g4ad.xlarge has AMD GPUs, for which no AMI type has a driver.",
        },
        {
          severity: "error",
          message:
            "Node group general of stage-aws1: g6.xlarge has NVIDIA GPUs, but AL2023_x86_64_STANDARD has no driver for them.",
        },
      ],
    );
  });

  it.each(["banana", "mac2.metal"])("reports %s, which is no instance type of a node", (name) => {
    expect(textsOf(instanceArchitecture, group("AL2023_ARM_64_STANDARD", name))).toEqual([
      [
        `Node group general of stage-aws1 has the instance type "${name}", which is none that a node can have.`,
        "Write it as family.size, such as m7g.large: aws ec2 describe-instance-type-offerings lists them.",
      ],
    ]);
  });

  it("warns of an instance type that only Terraform knows", () => {
    expect(findingsOf(instanceArchitecture, group("AL2023_ARM_64_STANDARD", "${TfToken[TOKEN.1]}"))).toMatchObject([
      {
        severity: "warning",
        message:
          "Node group general of stage-aws1 has an instance type that only Terraform knows; whether the AMI type fits it was not judged.",
      },
    ]);
  });

  it.each([null, "CUSTOM", "UBUNTU"])(
    "does not apply to the AMI type %s, whose architecture nobody knows",
    (amiType) => {
      expect(placesOf(instanceArchitecture, group(amiType, "m7i.large"))).toEqual([]);
    },
  );
});
