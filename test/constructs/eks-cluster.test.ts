import { TerraformStack, Token } from "cdktf";
import { EksCluster, type EksClusterProps, Network } from "eks-tandem";
import { anApp, aPair, GROUP, removeApps, resourceOf, resourcesOf, terraformOf } from "./build-app";

afterEach(removeApps);

const PROPS: EksClusterProps = {
  aws: { region: "us-east-1", accountId: "111111111111" },
  versions: { controlPlane: "1.36", nodes: "1.35" },
  supportType: "STANDARD",
  network: Network.existing({ vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] }),
};

function aCluster(props: Partial<EksClusterProps> = {}): EksCluster {
  return new EksCluster(new TerraformStack(anApp(), "solo"), "cluster", { ...PROPS, ...props });
}

describe("EksCluster", () => {
  it("takes the secure and sensible settings", () => {
    expect(resourceOf(terraformOf(aCluster().stack), "aws_eks_cluster")).toMatchObject({
      name: "solo",
      version: "1.36",
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      bootstrap_self_managed_addons: false,
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryption_config: {
        resources: ["secrets"],
        provider: { key_arn: expect.stringContaining("aws_kms_key.cluster_key") },
      },
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: [
          "bootstrap_self_managed_addons",
          "access_config[0].bootstrap_cluster_creator_admin_permissions",
        ],
      },
      upgrade_policy: { support_type: "STANDARD" },
      vpc_config: {
        endpoint_private_access: true,
        endpoint_public_access: false,
        subnet_ids: ["subnet-1", "subnet-2"],
      },
    });
  });

  it.each([
    ["production", true],
    ["staging", false],
  ] as const)("protects %s from deletion and lets traffic shift: %s", (environment, expected) => {
    const cluster = resourceOf(terraformOf(aPair()[environment].stack), "aws_eks_cluster");
    expect(cluster).toMatchObject({ deletion_protection: expected, zonal_shift_config: { enabled: expected } });
  });

  it("rotates the key of the secrets and keeps the logs for 90 days", () => {
    const terraform = terraformOf(aCluster().stack);
    expect(resourceOf(terraform, "aws_kms_key")).toMatchObject({ enable_key_rotation: true });
    expect(resourceOf(terraform, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/eks/solo/cluster",
      retention_in_days: 90,
    });
  });

  it("opens the public endpoint to the networks that are named, and to nobody else", () => {
    const cluster = aCluster({ endpoint: { publicAccessCidrs: ["198.51.100.0/24"] } });
    expect(resourceOf(terraformOf(cluster.stack), "aws_eks_cluster").vpc_config).toMatchObject({
      endpoint_public_access: true,
      public_access_cidrs: ["198.51.100.0/24"],
    });
  });

  it("lets the networks that are named reach the private endpoint", () => {
    const cluster = aCluster({
      endpoint: { privateAccessCidrs: ["10.9.0.0/16"], securityGroupIds: ["sg-1"] },
    });
    const terraform = terraformOf(cluster.stack);
    expect(resourceOf(terraform, "aws_vpc_security_group_ingress_rule")).toMatchObject({
      cidr_ipv4: "10.9.0.0/16",
      from_port: 443,
      security_group_id: expect.stringMatching(/vpc_config\[0\]\.cluster_security_group_id\}$/),
    });
    expect(resourceOf(terraform, "aws_eks_cluster").vpc_config).toMatchObject({ security_group_ids: ["sg-1"] });
  });

  it("leaves a key that it made standing when the user names another: EKS goes on with the one that it has", () => {
    const [made] = Object.keys(terraformOf(aCluster().stack).resource.aws_kms_key ?? {});
    const secretsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect(terraformOf(aCluster({ secretsKeyArn }).stack)).toMatchObject({
      removed: [{ from: `aws_kms_key.${made}`, lifecycle: { destroy: false } }],
    });
    expect(terraformOf(aCluster().stack)).not.toHaveProperty("removed");
  });

  it("takes roles, keys, the services' range and the size of the control plane of the user's choice", () => {
    const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
    const key = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const cluster = aCluster({
      roles: { controlPlane: role("eks"), nodes: role("nodes") },
      secretsKeyArn: key,
      logging: { types: ["audit"], retentionDays: 365, kmsKeyArn: key },
      kubernetesNetwork: { serviceCidr: "172.20.0.0/16" },
      controlPlaneTier: "tier-xl",
      access: { authenticationMode: "API_AND_CONFIG_MAP" },
      preventDestroy: false,
    });
    cluster.addNodeGroup("general", GROUP);
    const terraform = terraformOf(cluster.stack);
    expect(resourceOf(terraform, "aws_eks_cluster")).toMatchObject({
      role_arn: role("eks"),
      encryption_config: { provider: { key_arn: key } },
      kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16" },
      control_plane_scaling_config: { tier: "tier-xl" },
      access_config: { authentication_mode: "API_AND_CONFIG_MAP" },
      lifecycle: { prevent_destroy: false },
    });
    expect(resourceOf(terraform, "aws_eks_node_group").node_role_arn).toBe(role("nodes"));
    expect(resourceOf(terraform, "aws_cloudwatch_log_group")).toMatchObject({
      retention_in_days: 365,
      kms_key_id: key,
    });
    expect([terraform.resource.aws_iam_role, terraform.resource.aws_kms_key]).toEqual([undefined, undefined]);
  });

  it("leaves what EKS chooses to EKS", () => {
    const cluster = resourceOf(terraformOf(aCluster().stack), "aws_eks_cluster");
    const blocks = ["kubernetes_network_config", "compute_config", "storage_config", "control_plane_scaling_config"];
    expect(blocks.filter((block) => block in cluster)).toEqual([]);
  });

  describe("in Auto Mode", () => {
    it("switches on compute, storage and load balancing together, with roles that may do it", () => {
      const terraform = terraformOf(aCluster({ autoMode: {} }).stack);
      expect(resourceOf(terraform, "aws_eks_cluster")).toMatchObject({
        bootstrap_self_managed_addons: false,
        compute_config: {
          enabled: true,
          node_pools: ["general-purpose", "system"],
          node_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.cluster_auto-node-role/),
        },
        storage_config: { block_storage: { enabled: true } },
        kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
      });
      const attachments = Object.keys(resourcesOf(terraform, "aws_iam_role_policy_attachment"));
      expect(attachments.map((path) => path.replace("solo/cluster/", "")).sort()).toEqual([
        "auto-node-role/AmazonEC2ContainerRegistryPullOnly",
        "auto-node-role/AmazonEKSWorkerNodeMinimalPolicy",
        "role/AmazonEKSBlockStoragePolicy",
        "role/AmazonEKSClusterPolicy",
        "role/AmazonEKSComputePolicy",
        "role/AmazonEKSLoadBalancingPolicy",
        "role/AmazonEKSNetworkingPolicy",
      ]);
    });

    it("gives EKS no node role where there is no built-in node pool", () => {
      const terraform = terraformOf(aCluster({ autoMode: { nodePools: [] } }).stack);
      expect(resourceOf(terraform, "aws_eks_cluster").compute_config).toEqual({ enabled: true });
    });

    it("is switched off with all three together", () => {
      const terraform = terraformOf(aCluster({ autoMode: false }).stack);
      expect(resourceOf(terraform, "aws_eks_cluster")).toMatchObject({
        compute_config: { enabled: false },
        storage_config: { block_storage: { enabled: false } },
        kubernetes_network_config: { elastic_load_balancing: { enabled: false } },
      });
    });
  });

  it("touches no other account than the one that is stated", () => {
    expect(terraformOf(aCluster().stack).provider.aws).toEqual([
      expect.objectContaining({ region: "us-east-1", allowed_account_ids: ["111111111111"] }),
    ]);
  });

  it("gives the deployer and the named administrators an access entry", () => {
    const admin = "arn:aws:iam::111111111111:role/admin";
    const terraform = terraformOf(aCluster({ access: { admins: [admin] } }).stack);
    const principals = Object.values(resourcesOf(terraform, "aws_eks_access_entry")).map(
      (entry) => entry.principal_arn,
    );
    expect(principals.sort()).toEqual([expect.stringContaining("issuer_arn"), admin]);
  });

  it.each([
    [{}, []],
    [{ sessionManager: true }, ["AmazonSSMManagedInstanceCore"]],
  ])("gives nodes the policies that they need, and with %j also %j", (props, policies) => {
    const cluster = aCluster(props);
    cluster.addNodeGroup("general", GROUP);
    const attachments = resourcesOf(terraformOf(cluster.stack), "aws_iam_role_policy_attachment");
    const ofNodes = Object.entries(attachments).filter(([path]) => path.startsWith("solo/cluster/node-role/"));
    expect(ofNodes.map(([, { policy_arn }]) => policy_arn)).toEqual(
      ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy", ...policies].map(
        (policy) => `arn:aws:iam::aws:policy/${policy}`,
      ),
    );
  });

  it("creates the add-ons that nodes need before the nodes, and the others after", () => {
    const cluster = aCluster();
    cluster.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
    cluster.addNodeGroup("general", GROUP);
    cluster.addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3" });
    const terraform = terraformOf(cluster.stack);
    const addons = resourcesOf(terraform, "aws_eks_addon");
    expect(resourceOf(terraform, "aws_eks_node_group").depends_on).toContainEqual(
      expect.stringMatching(/^aws_eks_addon\.cluster_vpc-cni_[0-9A-F]{8}$/),
    );
    expect(addons["solo/cluster/coredns/Resource"]?.depends_on).toEqual([
      expect.stringMatching(/^aws_eks_node_group\.cluster_general_[0-9A-F]{8}$/),
    ]);
    expect(addons["solo/cluster/vpc-cni/Resource"]?.depends_on).toBeUndefined();
  });

  it.each<[string, Partial<Record<keyof EksClusterProps, unknown>>, string]>([
    [
      "a patch version",
      { versions: { controlPlane: "1.33.2", nodes: "1.33" } },
      'versions.controlPlane: expected a Kubernetes minor version such as "1.33", got "1.33.2": EKS manages patch releases; write "1.33"',
    ],
    [
      "a word for a version",
      { versions: { controlPlane: "1.36", nodes: "banana" } },
      'versions.nodes: expected a Kubernetes minor version such as "1.33", got "banana"',
    ],
    [
      "a number for a version",
      { versions: { controlPlane: 1.33, nodes: "1.33" } },
      'versions.controlPlane: expected a Kubernetes minor version such as "1.33", got 1.33: a number loses trailing zeros (1.30 becomes 1.3); write it in quotes',
    ],
    [
      "no versions",
      { versions: undefined },
      'versions.controlPlane is missing; state the Kubernetes minor version, such as versions.controlPlane: "1.33"',
    ],
    [
      "an empty name",
      { name: "" },
      'a cluster\'s name has 1 to 100 letters, digits, hyphens and underscores and starts with a letter or digit, got ""',
    ],
    [
      "a name too long for its roles",
      { name: "a".repeat(60) },
      `the IAM role would be named "${"a".repeat(60)}-cluster", 4 characters more than IAM's 64; shorten the cluster's name`,
    ],
    [
      "no support type",
      { supportType: undefined },
      'supportType: expected "STANDARD" (EKS upgrades the cluster itself when standard support ends) or "EXTENDED" (extended support is billed), got undefined',
    ],
    [
      "an account that is a number",
      { aws: { region: "us-east-1", accountId: 111111111111 } },
      'aws.accountId: expected the twelve digits of an AWS account in quotes, such as "111111111111", got 111111111111',
    ],
    [
      "a region that is none",
      { aws: { region: "virginia", accountId: "111111111111" } },
      'aws.region: expected an AWS region such as "us-east-1", got "virginia"',
    ],
    [
      "no network",
      { network: undefined },
      'network is missing; write Network.create({ cidr: "10.0.0.0/16" }) or Network.existing({ vpcId, subnetIds })',
    ],
    [
      "a services' range that overlaps the VPC's",
      { network: Network.create({ cidr: "10.0.0.0/16" }), kubernetesNetwork: { serviceCidr: "10.0.0.0/20" } },
      "serviceCidr: 10.0.0.0/20 overlaps the VPC's range 10.0.0.0/16, so that pods could not tell a service from a machine; choose another",
    ],
    [
      "a services' range for IPv6",
      { kubernetesNetwork: { ipFamily: "ipv6", serviceCidr: "172.20.0.0/16" } },
      "kubernetesNetwork.serviceCidr: with ipFamily ipv6 EKS chooses the services' range; leave it out",
    ],
    [
      "an address family that is none",
      { kubernetesNetwork: { ipFamily: "ipv5" } },
      'kubernetesNetwork.ipFamily: expected "ipv4" or "ipv6", got "ipv5"',
    ],
    [
      "private networks at the public endpoint",
      { endpoint: { publicAccessCidrs: ["10.1.0.0/16"] } },
      "endpoint.publicAccessCidrs: 10.1.0.0/16 is within 10.0.0.0/8, which is not of the internet, so that EKS refuses it; write the address that the network has outside, or endpoint.privateAccessCidrs where it reaches the VPC",
    ],
    [
      "IPv6 at an endpoint without it",
      { endpoint: { publicAccessCidrs: ["2001:db8::/32"] } },
      'endpoint.publicAccessCidrs: 2001:db8::/32 is an IPv6 network, and only a cluster with kubernetesNetwork.ipFamily "ipv6" is reached by IPv6',
    ],
    [
      "host bits at the private endpoint",
      { endpoint: { privateAccessCidrs: ["10.1.2.3/16"] } },
      "10.1.2.3/16 has host bits set; the network is 10.1.0.0/16",
    ],
    [
      "a session as an administrator",
      { access: { admins: ["arn:aws:sts::111111111111:assumed-role/admin/alice"] } },
      'access.admins: that is a session; name its role, arn:aws:iam::111111111111:role/admin, got "arn:aws:sts::111111111111:assumed-role/admin/alice"',
    ],
    [
      "access without access entries",
      { access: { authenticationMode: "CONFIG_MAP" } },
      'access.authenticationMode: expected "API" or "API_AND_CONFIG_MAP", got "CONFIG_MAP": access entries need the API',
    ],
    [
      "a role of another account",
      { roles: { controlPlane: "arn:aws:iam::222222222222:role/eks" } },
      "roles.controlPlane: arn:aws:iam::222222222222:role/eks is a role of account 222222222222, and the cluster is in 111111111111",
    ],
    [
      "a key of another region",
      { secretsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/1234" },
      'secretsKeyArn: expected the ARN of a KMS key of us-east-1, such as "arn:aws:kms:us-east-1:111111111111:key/…", got "arn:aws:kms:eu-central-1:111111111111:key/1234"',
    ],
    [
      "a node pool that is not built in",
      { autoMode: { nodePools: ["gpu"] } },
      'autoMode.nodePools: EKS has the built-in node pools "general-purpose" and "system", got "gpu"',
    ],
    [
      "a retention that CloudWatch does not know",
      { logging: { retentionDays: 91 } },
      "logging.retentionDays: CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days, got 91; write 120",
    ],
    [
      "a tag of AWS's own",
      { tags: { "aws:team": "platform" } },
      'tags: a tag\'s key is not empty and does not begin with "aws:", got "aws:team"',
    ],
    [
      "a backend that is none",
      { backend: "s3" },
      "backend: expected what Backend.s3({ bucket, region }), .hcp or .local gives",
    ],
    [
      "a kubectl with a patch",
      { clients: { kubectl: "v1.36.1" } },
      'clients.kubectl: expected a Kubernetes minor version such as "1.33", got "v1.36.1": EKS manages patch releases; write "1.36"',
    ],
  ])("refuses %s, naming the construct and the user's line", (_what, props, message) => {
    expect(() => aCluster(props as Partial<EksClusterProps>)).toThrow(
      new RegExp(
        `^solo/cluster(/role)?: ${escaped(message)}\n {2}at test/constructs/eks-cluster\\.test\\.ts:\\d+:\\d+$`,
      ),
    );
  });

  it("takes a Terraform value for a version; that nobody knows it is a finding, not an error here", () => {
    const version = Token.asString({ resolve: () => "1.36" });
    expect(() => aCluster({ versions: { controlPlane: version, nodes: "1.36" } })).not.toThrow();
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
