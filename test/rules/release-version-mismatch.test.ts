import { releaseVersionMismatch } from "../../lib/rules/release-version-mismatch";
import { aModelOf, aNodeGroup } from "../../lib/testing/build-model";
import { placesOf, textsOf } from "./judged";

const group = (stated: Parameters<typeof aNodeGroup>[0]) =>
  aModelOf({ version: "1.35", nodeGroups: [aNodeGroup({ version: "1.35", ...stated })] });

describe("release-version-mismatch", () => {
  it.each([
    { releaseVersion: "1.35.2-20260214" },
    { amiType: "WINDOWS_CORE_2025_x86_64", releaseVersion: "1.35-2026.02.14" },
  ])("passes %j", (stated) => {
    expect(placesOf(releaseVersionMismatch, group(stated))).toEqual([]);
  });

  it.each([
    { releaseVersion: "1.34.2-20260214" },
    { amiType: "WINDOWS_CORE_2025_x86_64", releaseVersion: "1.34-2026.02.14" },
  ])("reports %j in a group of 1.35", (stated) => {
    const model = group(stated);
    expect(placesOf(releaseVersionMismatch, model)).toEqual([
      ["release-version-mismatch", "stage-aws1/cluster/general"],
    ]);
    expect(textsOf(releaseVersionMismatch, model)).toEqual([
      [
        `Node group general of stage-aws1 runs 1.35, but its AMI release ${stated.releaseVersion} is of 1.34.`,
        "State an AMI release of 1.35, or leave it out for the newest.",
      ],
    ]);
  });

  it("reports what is no name of a release", () => {
    expect(textsOf(releaseVersionMismatch, group({ releaseVersion: "latest" }))).toEqual([
      [
        'Node group general of stage-aws1 has the AMI release "latest", which is no name of a release of AL2023_ARM_64_STANDARD.',
        "State an AMI release of the node group's version, or leave it out for the newest.",
      ],
    ]);
  });

  it.each([
    ["without a release", {}],
    [
      "of Bottlerocket, whose releases bear its own version",
      { amiType: "BOTTLEROCKET_ARM_64", releaseVersion: "1.20.3-5d9ac849" },
    ],
  ])("does not apply to a group %s", (_case, stated) => {
    expect(placesOf(releaseVersionMismatch, group(stated))).toEqual([]);
  });

  it.each([
    { releaseVersion: null },
    { version: null, releaseVersion: "1.34.2-20260214" },
    { amiType: null, releaseVersion: "1.34.2-20260214" },
  ])("leaves what only Terraform knows to version-unknown: %j", (stated) => {
    expect(placesOf(releaseVersionMismatch, group(stated))).toEqual([]);
  });
});
