import { AmiType, type NodeGroupOptions } from "eks-tandem";
import { aPair, GROUP, removeApps, resourceOf, terraformOf } from "./build-app";

afterEach(removeApps);

function nodeGroupOf(options: Partial<NodeGroupOptions> = {}) {
  const { staging } = aPair();
  staging.addNodeGroup("general", { ...GROUP, ...options });
  return terraformOf(staging.stack);
}

describe("NodeGroup", () => {
  it("runs the pair's node version unless it names its own", () => {
    expect(resourceOf(nodeGroupOf(), "aws_eks_node_group").version).toBe("1.36");
    expect(resourceOf(nodeGroupOf({ version: "1.35" }), "aws_eks_node_group").version).toBe("1.35");
  });

  it("leaves the number of nodes to the autoscaler after creation, and is created anew before it is destroyed", () => {
    expect(resourceOf(nodeGroupOf(), "aws_eks_node_group")).toMatchObject({
      node_group_name_prefix: "general-",
      scaling_config: { min_size: 2, max_size: 4, desired_size: 2 },
      update_config: { max_unavailable_percentage: 33 },
      node_repair_config: { enabled: true },
      lifecycle: { create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] },
    });
  });

  it("starts nodes with IMDSv2 out of the pods' reach and an encrypted disk", () => {
    expect(resourceOf(nodeGroupOf(), "aws_launch_template")).toMatchObject({
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: { encrypted: "true", volume_type: "gp3", volume_size: 50 } },
      ],
    });
  });

  it.each([
    [AmiType.BOTTLEROCKET_ARM_64, "/dev/xvdb"],
    [AmiType.WINDOWS_CORE_2025_x86_64, "/dev/sda1"],
  ])("finds the data volume of %s at %s", (amiType, device) => {
    expect(resourceOf(nodeGroupOf({ amiType }), "aws_launch_template").block_device_mappings).toMatchObject([
      { device_name: device },
    ]);
  });

  it.each<[string, Partial<Record<keyof NodeGroupOptions, unknown>>, string]>([
    [
      "no instance types",
      { instanceTypes: [] },
      'instanceTypes is empty; name one EC2 instance type at least, such as instanceTypes: ["m7g.large"]',
    ],
    [
      "an AMI type that EKS never takes",
      { amiType: AmiType.CUSTOM },
      "amiType CUSTOM is what EKS answers for an AMI of your own and never takes; node groups with an AMI of your own are not supported yet, so choose an AMI type of EKS, such as AmiType.AL2023_ARM_64_STANDARD",
    ],
    [
      "no image",
      { amiType: "" },
      "amiType is missing; state the image, such as amiType: AmiType.AL2023_ARM_64_STANDARD",
    ],
    ["min above max", { size: { min: 5, max: 4 } }, "size: min (5) is more than max (4); lower min or raise max"],
    [
      "desired outside of its range",
      { size: { min: 1, max: 4, desired: 9 } },
      "size: desired (9) is not between min (1) and max (4)",
    ],
    [
      "a size that is no number",
      { size: { min: "2", max: 4 } },
      'size: expected whole numbers of nodes, such as { min: 2, max: 4 } with a max of 1 at least, got {"min":"2","max":4}',
    ],
    [
      "no size",
      { size: undefined },
      "size: expected whole numbers of nodes, such as { min: 2, max: 4 } with a max of 1 at least, got undefined",
    ],
    [
      "a patch version",
      { version: "1.35.1" },
      'version: expected a Kubernetes minor version such as "1.33", got "1.35.1": EKS manages patch releases; write "1.35"',
    ],
  ])("refuses %s, naming the construct and the user's line", (_what, options, message) => {
    expect(() => nodeGroupOf(options as Partial<NodeGroupOptions>)).toThrow(
      `stage-aws1/cluster/general: ${message}\n  at test/constructs/node-group.test.ts:`,
    );
  });

  it("refuses a name that is taken or that AWS would not accept", () => {
    const pair = aPair();
    pair.addNodeGroup("general", GROUP);
    expect(() => pair.addNodeGroup("general", GROUP)).toThrow(
      'stage-aws1/cluster/general: there are two node groups named "general" in stage-aws1/cluster; give each its own name',
    );
    expect(() => pair.addNodeGroup("", GROUP)).toThrow("a node group's name has 1 to 36 letters");
  });
});
