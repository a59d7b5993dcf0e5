import { amiTypeUnavailable } from "../../lib/rules/ami-type-unavailable";
import { aModelOf, aNodeGroup } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const group = (amiType: string | null, version: string | null, built: { amiId?: string } = {}) =>
  aModelOf({ version: "1.35", nodeGroups: [aNodeGroup({ amiType, version, ...built })] });
const BUILT = { amiId: "ami-0a1b2c3d4e5f67890" };

describe("ami-type-unavailable", () => {
  it.each([
    ["AL2023_ARM_64_STANDARD", "1.35"],
    ["AL2_x86_64", "1.32"],
  ])("passes %s at %s", (amiType, version) => {
    expect(placesOf(amiTypeUnavailable, group(amiType, version))).toEqual([]);
  });

  it.each([
    {
      amiType: "AL2_x86_64",
      version: "1.33",
      message:
        "Node group general of stage-aws1 runs 1.33 with the AMI type AL2_x86_64, of which EKS has no AMI after 1.32.",
      remedy: "Choose an AMI type that EKS has for the node group's version.",
    },
    {
      amiType: "WINDOWS_CORE_2025_x86_64",
      version: "1.34",
      message:
        "Node group general of stage-aws1 runs 1.34 with the AMI type WINDOWS_CORE_2025_x86_64, which EKS has from 1.35 on.",
      remedy: "Choose an AMI type that EKS has for the node group's version.",
    },
    {
      amiType: "AL2023_ARM64_STANDARD",
      version: "1.35",
      message:
        "Node group general of stage-aws1 runs 1.35 with the AMI type AL2023_ARM64_STANDARD, which EKS does not have.",
      remedy: "Use AL2023_ARM_64_STANDARD, if that is what you mean.",
    },
    {
      amiType: "UBUNTU",
      version: "1.35",
      message: "Node group general of stage-aws1 runs 1.35 with the AMI type UBUNTU, which EKS does not have.",
      remedy: "Choose an AMI type that EKS has for the node group's version.",
    },
  ])("reports $amiType at $version", ({ amiType, version, message, remedy }) => {
    expect(placesOf(amiTypeUnavailable, group(amiType, version))).toEqual([
      ["ami-type-unavailable", "stage-aws1/cluster/general"],
    ]);
    expect(textsOf(amiTypeUnavailable, group(amiType, version))).toEqual([[message, remedy]]);
  });

  it("passes an image of the user's own, which may be of a type that EKS has given up, and still wants a type that there is", () => {
    expect(placesOf(amiTypeUnavailable, group("AL2_x86_64", "1.33", BUILT))).toEqual([]);
    expect(placesOf(amiTypeUnavailable, group("UBUNTU", "1.33", BUILT))).toHaveLength(1);
  });

  it("warns of a type that the pinned provider has not heard of", () => {
    const model = group("WINDOWS_CORE_2025_x86_64", "1.35");
    expect(findingsOf(amiTypeUnavailable, model)).toMatchObject([
      {
        severity: "warning",
        message:
          "Node group general of stage-aws1 has the AMI type WINDOWS_CORE_2025_x86_64, which hashicorp/aws 6.25.0, the version that the bindings pin, has not heard of: terraform plan will refuse it.",
        remedy:
          "Choose another AMI type, or name the image with amiId; where you pin a newer provider that knows it, acknowledge ami-type-unavailable.",
      },
    ]);
    expect(placesOf(amiTypeUnavailable, group("WINDOWS_CORE_2025_x86_64", "1.35", BUILT))).toEqual([]);
  });

  it("does not apply to a cluster without node groups", () => {
    expect(placesOf(amiTypeUnavailable, aModelOf({ nodeGroups: [] }))).toEqual([]);
  });

  it.each([
    [null, "1.33"],
    ["AL2_x86_64", null],
    ["AL2023_ARM_64_STANDARD", "1.37"],
    ["CUSTOM", "1.37"],
  ])("leaves %s at %s, which nobody can tell, to version-unknown", (amiType, version) => {
    expect(placesOf(amiTypeUnavailable, group(amiType, version))).toEqual([]);
  });
});
