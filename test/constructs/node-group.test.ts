import { TerraformVariable } from "cdktf";
import { AmiType, type NodeGroupOptions } from "eks-tandem";
import { describe as modelOf } from "../../lib/constructs/describe";
import { AS_OF, anApp, aPair, type Block, GROUP, removeApps, resourceOf, terraformOf } from "./build-app";

afterEach(removeApps);

const AMI = "ami-0a1b2c3d4e5f67890";

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
    [AmiType.AL2023_ARM_64_STANDARD, [["/dev/xvda", 80]]],
    [
      AmiType.BOTTLEROCKET_ARM_64,
      [
        ["/dev/xvda", undefined],
        ["/dev/xvdb", 80],
      ],
    ],
    [AmiType.WINDOWS_CORE_2025_x86_64, [["/dev/sda1", 80]]],
  ])("encrypts every volume of %s and sizes the one of images and pods", (amiType, volumes) => {
    expect(resourceOf(nodeGroupOf({ amiType, diskSize: 80 }), "aws_launch_template").block_device_mappings).toEqual(
      volumes.map(([device_name, volume_size]) => ({
        device_name,
        ebs: {
          encrypted: "true",
          volume_type: "gp3",
          delete_on_termination: "true",
          ...(volume_size !== undefined && { volume_size }),
        },
      })),
    );
  });

  it("tags what EC2 starts, which the provider's default tags do not reach", () => {
    const tags = { cluster: "stage-aws1", environment: "staging", Name: "stage-aws1-general" };
    expect(resourceOf(nodeGroupOf(), "aws_launch_template").tag_specifications).toEqual([
      { resource_type: "instance", tags },
      { resource_type: "volume", tags },
      { resource_type: "network-interface", tags },
    ]);
  });

  it("takes a number of nodes away at a time in the place of a share", () => {
    expect(resourceOf(nodeGroupOf({ maxUnavailable: 1 }), "aws_eks_node_group").update_config).toEqual({
      max_unavailable: 1,
    });
  });

  it("gives nodes labels and taints, and takes them from the spot market", () => {
    const group = nodeGroupOf({
      capacityType: "SPOT",
      labels: { "example.com/team": "search" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
    });
    expect(resourceOf(group, "aws_eks_node_group")).toMatchObject({
      capacity_type: "SPOT",
      labels: { "example.com/team": "search" },
      taint: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
    });
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
      "amiType CUSTOM is what EKS answers for an AMI of your own and never takes; state the AMI in amiId, and in amiType the image that it was built from, such as AmiType.AL2023_ARM_64_STANDARD",
    ],
    [
      "no image",
      { amiType: "" },
      "amiType is missing; state the image, such as amiType: AmiType.AL2023_ARM_64_STANDARD",
    ],
    [
      "both ways to say how many nodes may be away",
      { maxUnavailable: 1, maxUnavailablePercentage: 50 },
      "maxUnavailable and maxUnavailablePercentage say the same in two ways; EKS takes one of them, so leave the other out",
    ],
    ["no node that may be away", { maxUnavailable: 0 }, "maxUnavailable: expected a whole number from 1 to 100, got 0"],
    [
      "a label that Kubernetes does not take",
      { labels: { team: "search & find" } },
      'labels: expected as the value of team up to 63 letters, digits, hyphens, underscores and dots in quotes, got "search & find"',
    ],
    [
      "a taint with a key that is too long",
      { taints: [{ key: "k".repeat(64), effect: "NO_SCHEDULE" }] },
      `taints: expected a key of 1 to 63 characters such as "example.com/team", got "${"k".repeat(64)}"`,
    ],
    [
      "a taint with Kubernetes' own name of the effect",
      { taints: [{ key: "gpu", effect: "NoSchedule" }] },
      'taints: expected the effect NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE, got "NoSchedule"',
    ],
    [
      "user data for an image of EKS",
      { userData: "#!/bin/sh" },
      "userData is for nodes with an AMI of your own; state it in amiId, or leave userData out",
    ],
    [
      "a name for an AMI",
      { amiId: "golden", version: "1.36" },
      'amiId: expected an AMI such as "ami-0a1b2c3d4e5f67890", got "golden"',
    ],
    [
      "an AMI of which nobody says what kubelet it has",
      { amiId: AMI },
      "version is missing; with amiId state the Kubernetes minor version of the image's kubelet, which nobody can read from the id",
    ],
    [
      "an AMI beside a release of EKS's",
      { amiId: AMI, version: "1.36", releaseVersion: "1.36.1-20261001" },
      "releaseVersion names an image of EKS and amiId one of your own; leave one of them out",
    ],
    [
      "an AMI whose way into the cluster is not known",
      { amiId: AMI, version: "1.36", amiType: AmiType.WINDOWS_CORE_2025_x86_64 },
      "userData is missing; how an image built from WINDOWS_CORE_2025_x86_64 joins the cluster is not known here, as it is for AL2023 and Bottlerocket",
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

describe("NodeGroup with an AMI of the user's own", () => {
  /** The user data with a stable name of the cluster's address. */
  function userDataOf(template: Block): string {
    const [, text = ""] = /^\$\{base64encode\("(.*)"\)\}$/s.exec(String(template.user_data)) ?? [];
    return text
      .replace(/\$\{aws_eks_cluster\.\w+/g, "${CLUSTER")
      .replace(/\\n/g, "\n")
      .replace(/\\"/g, '"');
  }

  it("tells EKS neither type nor version, and names the image in the launch template", () => {
    const terraform = nodeGroupOf({ amiId: AMI, version: "1.36" });
    expect(resourceOf(terraform, "aws_launch_template").image_id).toBe(AMI);
    const group = resourceOf(terraform, "aws_eks_node_group");
    expect(Object.keys(group).filter((argument) => /ami_type|version/.test(argument))).toEqual([]);
    expect(group.instance_types).toEqual(["m7g.large"]);
  });

  it("joins AL2023 nodes with nodeadm, labels and taints from the first moment on", () => {
    const terraform = nodeGroupOf({
      amiId: AMI,
      version: "1.36",
      labels: { team: "search", "example.com/pool": "gpu" },
      taints: [
        { key: "gpu", value: "present", effect: "NO_SCHEDULE" },
        { key: "spot", effect: "PREFER_NO_SCHEDULE" },
      ],
    });
    expect(userDataOf(resourceOf(terraform, "aws_launch_template"))).toBe(`MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="NODE-CONFIG"

--NODE-CONFIG
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: "stage-aws1"
    apiServerEndpoint: "\${CLUSTER.endpoint}"
    certificateAuthority: "\${CLUSTER.certificate_authority[0].data}"
    cidr: "\${CLUSTER.kubernetes_network_config[0].service_ipv4_cidr}"
  kubelet:
    flags:
      - "--node-labels=team=search,example.com/pool=gpu"
      - "--register-with-taints=gpu=present:NoSchedule,spot=:PreferNoSchedule"

--NODE-CONFIG--
`);
  });

  it("tells nodeadm the range of the services, of whichever family they are", () => {
    const { staging } = aPair(anApp(), { kubernetesNetwork: { ipFamily: "ipv6" } });
    staging.addNodeGroup("general", { ...GROUP, amiId: AMI, version: "1.36" });
    expect(userDataOf(resourceOf(terraformOf(staging.stack), "aws_launch_template"))).toContain(
      'cidr: "${CLUSTER.kubernetes_network_config[0].service_ipv6_cidr}"',
    );
  });

  it("joins Bottlerocket nodes with its settings", () => {
    const terraform = nodeGroupOf({
      amiId: AMI,
      version: "1.36",
      amiType: AmiType.BOTTLEROCKET_ARM_64,
      labels: { team: "search" },
      taints: [
        { key: "gpu", value: "present", effect: "NO_SCHEDULE" },
        { key: "gpu", value: "present", effect: "NO_EXECUTE" },
      ],
    });
    expect(userDataOf(resourceOf(terraform, "aws_launch_template"))).toBe(`[settings.kubernetes]
cluster-name = "stage-aws1"
api-server = "\${CLUSTER.endpoint}"
cluster-certificate = "\${CLUSTER.certificate_authority[0].data}"

[settings.kubernetes.node-labels]
"team" = "search"

[settings.kubernetes.node-taints]
"gpu" = ["present:NoSchedule", "present:NoExecute"]
`);
  });

  it("runs user data of the user's letter for letter", () => {
    const terraform = nodeGroupOf({
      amiId: AMI,
      version: "1.36",
      amiType: AmiType.WINDOWS_CORE_2025_x86_64,
      instanceTypes: ["m7i.large"],
      userData: 'echo "${HOME}" %{x} \\n',
    });
    expect(resourceOf(terraform, "aws_launch_template").user_data).toBe(
      '${base64encode("echo \\"$${HOME}\\" %%{x} \\\\n")}',
    );
  });

  it("tells the model what the user says of the image", () => {
    const { staging } = aPair();
    staging.addNodeGroup("general", { ...GROUP, amiId: AMI, version: "1.35" });
    const { model } = modelOf(staging.node.root, AS_OF);
    expect(model.clusters.find(({ name }) => name === "stage-aws1")?.nodeGroups).toEqual([
      {
        name: "general",
        path: "stage-aws1/cluster/general",
        location: expect.objectContaining({ file: "test/constructs/node-group.test.ts" }),
        version: "1.35",
        amiType: "AL2023_ARM_64_STANDARD",
        amiId: AMI,
        instanceTypes: ["m7g.large"],
        capacityType: "ON_DEMAND",
        size: { min: 2, max: 4 },
      },
    ]);
  });

  it("says of an image that only Terraform knows that it is the user's own", () => {
    const { staging } = aPair();
    const image = new TerraformVariable(staging.stack, "image", { type: "string" });
    staging.addNodeGroup("general", { ...GROUP, amiId: image.stringValue, version: "1.35" });
    const { model } = modelOf(staging.node.root, AS_OF);
    expect(model.clusters.find(({ name }) => name === "stage-aws1")?.nodeGroups[0]).toMatchObject({
      version: "1.35",
      amiType: "AL2023_ARM_64_STANDARD",
      amiId: null,
    });
  });
});
