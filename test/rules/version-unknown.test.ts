import { versionUnknown } from "../../lib/rules/version-unknown";
import { aModel, aModelOf, aNodeGroup, anAddon } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const STATE_IT = "State it in the program: a value that changes without a change of code is reviewed by nobody.";
const ONLY_TERRAFORM = "that only Terraform knows, so that nothing which depends on it was judged.";

describe("version-unknown", () => {
  it("passes what is known", () => {
    const parts = { clients: { kubectl: "1.36" }, addons: [anAddon({ version: "v1.14.3-eksbuild.23" })] };
    expect(placesOf(versionUnknown, aModelOf({ version: "1.36", ...parts }))).toEqual([]);
  });

  it("does not apply to a model without clusters", () => {
    expect(placesOf(versionUnknown, aModel())).toEqual([]);
  });

  it.each([
    {
      what: "control plane's version",
      cluster: { version: null, nodeGroups: [] },
      path: "stage-aws1/cluster",
      message: `The control plane of stage-aws1 has a Kubernetes version ${ONLY_TERRAFORM}`,
    },
    {
      what: "kubectl's version",
      cluster: { clients: { kubectl: null } },
      path: "stage-aws1/cluster",
      message: `kubectl of stage-aws1 has a Kubernetes version ${ONLY_TERRAFORM}`,
    },
    {
      what: "node group's version",
      cluster: { nodeGroups: [aNodeGroup({ version: null })] },
      path: "stage-aws1/cluster/general",
      message: `Node group general of stage-aws1 has a Kubernetes version ${ONLY_TERRAFORM}`,
    },
    {
      what: "AMI type",
      cluster: { nodeGroups: [aNodeGroup({ amiType: null })] },
      path: "stage-aws1/cluster/general",
      message: `Node group general of stage-aws1 has an AMI type ${ONLY_TERRAFORM}`,
    },
    {
      what: "add-on's version",
      cluster: { addons: [anAddon({ version: null })] },
      path: "stage-aws1/cluster/coredns",
      message: `Add-on coredns of stage-aws1 has a version ${ONLY_TERRAFORM}`,
    },
  ])("is an error where a $what is a Terraform value", ({ cluster, path, message }) => {
    expect(findingsOf(versionUnknown, aModelOf(cluster))).toMatchObject([
      { path, severity: "error", message, remedy: STATE_IT },
    ]);
  });

  it("only warns of an AMI release that is a Terraform value: EKS gives one that fits", () => {
    const model = aModelOf({ nodeGroups: [aNodeGroup({ releaseVersion: null })] });
    expect(findingsOf(versionUnknown, model)).toMatchObject([
      { severity: "warning", message: `Node group general of stage-aws1 has an AMI release ${ONLY_TERRAFORM}` },
    ]);
  });

  it("says what is wrong with a malformed version", () => {
    expect(textsOf(versionUnknown, aModelOf({ version: "1.33.2", nodeGroups: [] }))).toEqual([
      [
        'The control plane of stage-aws1 has no Kubernetes version: expected a Kubernetes minor version such as "1.33", got "1.33.2": ' +
          'EKS manages patch releases; write "1.33".',
        "State a minor version, such as 1.33.",
      ],
    ]);
  });

  it("says once of a cluster beyond the tables which tables end where, and nothing of its parts", () => {
    const addons = [anAddon({ version: "v1.15.0-eksbuild.1" })];
    expect(textsOf(versionUnknown, aModelOf({ version: "1.99", addons }))).toEqual([
      [
        "Cluster stage-aws1 runs 1.99, which is beyond what is known here: eks-versions covers 1.21 to 1.37, " +
          "field-changes covers 1.8 to 1.37, kubernetes-apis covers 1.8 to 1.37.",
        "Update eks-tandem (npm install eks-tandem@latest), or choose a version that the tables cover.",
      ],
    ]);
  });

  it("names only the tables that do not reach", () => {
    expect(textsOf(versionUnknown, aModelOf({ version: "1.20" }))[0]?.[0]).toBe(
      "Cluster stage-aws1 runs 1.20, which is beyond what is known here: eks-versions covers 1.21 to 1.37.",
    );
  });

  it("warns of an AMI type that was not seen at the version, with the command that tells", () => {
    expect(findingsOf(versionUnknown, aModelOf({ version: "1.37" }))).toMatchObject([
      {
        path: "stage-aws1/cluster/general",
        severity: "warning",
        message:
          "Node group general of stage-aws1 runs 1.37 with the AMI type AL2023_ARM_64_STANDARD, which was seen from 1.23 to 1.36 only.",
        remedy:
          "Check that EKS has it: aws ssm get-parameter --name /aws/service/eks/optimized-ami/1.37/amazon-linux-2023/arm64/standard/recommended/release_version.",
      },
    ]);
  });

  it.each([
    { version: "1.36", amiType: "CUSTOM" },
    { version: "1.37", amiType: "AL2023_ARM_64_STANDARD", amiId: "ami-0a1b2c3d4e5f67890" },
    { version: "1.36", amiId: null },
  ])("does not ask whether EKS has a custom AMI: %j", (stated) => {
    const model = aModelOf({ version: "1.36", nodeGroups: [aNodeGroup(stated)] });
    expect(placesOf(versionUnknown, model)).toEqual([]);
  });

  it("warns of an add-on whose fit is not known, with the command that tells", () => {
    const addons = [anAddon({ name: "snow", version: "v1.0.0-eksbuild.1" })];
    expect(findingsOf(versionUnknown, aModelOf({ version: "1.36", addons }))).toMatchObject([
      {
        path: "stage-aws1/cluster/snow",
        severity: "warning",
        message:
          "Add-on snow of stage-aws1 has the version v1.0.0-eksbuild.1, and whether it fits is not known: snow is not an add-on that is known here.",
        remedy:
          "Check that EKS offers it: aws eks describe-addon-versions --addon-name snow --kubernetes-version 1.36.",
      },
    ]);
  });
});
