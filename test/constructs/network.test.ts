import { type ClusterPairProps, differs, Network, type NetworkProps } from "eks-tandem";
import { aPair, GROUP, removeApps, resourceOf, resourcesOf, terraformOf } from "./build-app";

afterEach(removeApps);

function terraformWith(props: NetworkProps, others: Partial<ClusterPairProps> = {}) {
  return terraformOf(aPair(undefined, { ...others, network: Network.create(props) }).staging.stack);
}

const PRIVATE: NetworkProps = {
  cidr: "10.0.0.0/16",
  availabilityZones: 2,
  natGateways: "none",
  endpoints: Network.PRIVATE_CLUSTER_ENDPOINTS,
};

describe("Network", () => {
  it("splits the VPC into a large private and a small public subnet per zone, tagged for load balancers", () => {
    const subnets = Object.values(resourcesOf(terraformWith({ cidr: "10.0.0.0/16" }), "aws_subnet"));
    const tagged = subnets.map(({ cidr_block, tags }) => [cidr_block, Object.keys(tags as object).sort()[1]]);
    expect(Object.fromEntries(tagged)).toEqual({
      "10.0.0.0/18": "kubernetes.io/role/internal-elb",
      "10.0.64.0/18": "kubernetes.io/role/internal-elb",
      "10.0.128.0/18": "kubernetes.io/role/internal-elb",
      "10.0.192.0/20": "kubernetes.io/role/elb",
      "10.0.208.0/20": "kubernetes.io/role/elb",
      "10.0.224.0/20": "kubernetes.io/role/elb",
    });
  });

  it("places each subnet in its own availability zone", () => {
    const subnets = resourcesOf(terraformWith({ cidr: "10.0.0.0/16", availabilityZones: 2 }), "aws_subnet");
    const zones = new Set(Object.values(subnets).map((subnet) => subnet.availability_zone));
    expect([...zones]).toEqual(
      [0, 1].map((index) => expect.stringMatching(new RegExp(`^\\$\\{element\\(.*, ${index}\\)\\}$`))),
    );
  });

  it.each([
    ["one-per-az", 3],
    ["single", 1],
    ["none", 0],
  ] as const)("creates for natGateways %s %d gateways", (natGateways, count) => {
    const terraform = terraformWith({ ...PRIVATE, availabilityZones: 3, natGateways });
    expect(Object.keys(resourcesOf(terraform, "aws_nat_gateway"))).toHaveLength(count);
    expect(Object.keys(resourcesOf(terraform, "aws_route"))).toHaveLength(count === 0 ? 1 : 4);
  });

  it("takes the zones and subnets that are named, and refuses a plan where the account lacks a zone", () => {
    const terraform = terraformWith({
      cidr: "10.0.0.0/16",
      availabilityZones: ["us-east-1b", "us-east-1d"],
      subnets: { private: ["10.0.0.0/20", "10.0.16.0/20"], public: ["10.0.32.0/24", "10.0.33.0/24"] },
    });
    const subnets = Object.values(resourcesOf(terraform, "aws_subnet"));
    expect(subnets.map(({ cidr_block, availability_zone }) => [cidr_block, availability_zone]).sort()).toEqual([
      ["10.0.0.0/20", "us-east-1b"],
      ["10.0.16.0/20", "us-east-1d"],
      ["10.0.32.0/24", "us-east-1b"],
      ["10.0.33.0/24", "us-east-1d"],
    ]);
    expect(resourceOf(terraform, "aws_vpc").lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringMatching(
            /setsubtract\(toset\(\["us-east-1b", "us-east-1d"\]\), toset\(.*\.names\)\)\) < 1/,
          ),
          error_message:
            "availabilityZones: account 111111111111 does not have all of us-east-1b, us-east-1d; name zones that `aws ec2 describe-availability-zones --region us-east-1` lists.",
        },
      ],
    });
  });

  it("refuses a plan in a region that has fewer zones than are asked for", () => {
    expect(resourceOf(terraformWith({ cidr: "10.0.0.0/16" }), "aws_vpc").lifecycle).toEqual({
      precondition: [
        {
          condition: expect.stringMatching(/length\(.*\.names\) >= 3/),
          error_message:
            "availabilityZones: account 111111111111 has fewer than 3 zones in us-east-1; state how many it has, two at least.",
        },
      ],
    });
  });

  it("has neither public subnets nor gateways where the subnets are all private", () => {
    const { natGateways: _none, ...rest } = PRIVATE;
    const terraform = terraformWith({ ...rest, subnets: { private: ["10.0.0.0/20", "10.0.16.0/20"] } });
    expect(Object.keys(terraform.resource).filter((type) => /gateway|eip|aws_route$/.test(type))).toEqual([]);
    expect(Object.keys(resourcesOf(terraform, "aws_subnet"))).toHaveLength(2);
  });

  it("reaches S3 by a route in every table and other services by network interfaces that admit the VPC", () => {
    const terraform = terraformWith({ ...PRIVATE, natGateways: "single", endpoints: ["s3", "ecr.api"] });
    const endpoints = Object.values(resourcesOf(terraform, "aws_vpc_endpoint"));
    const [ecr, s3] = endpoints.sort((a, b) => String(a.service_name).localeCompare(String(b.service_name)));
    expect(s3).toMatchObject({ service_name: "com.amazonaws.us-east-1.s3", vpc_endpoint_type: "Gateway" });
    expect(s3?.route_table_ids).toHaveLength(3);
    expect(ecr).toMatchObject({
      service_name: "com.amazonaws.us-east-1.ecr.api",
      vpc_endpoint_type: "Interface",
      private_dns_enabled: true,
      security_group_ids: [expect.stringMatching(/^\$\{aws_security_group\./)],
    });
    expect(ecr?.subnet_ids).toHaveLength(2);
    expect(resourceOf(terraform, "aws_vpc_security_group_ingress_rule")).toMatchObject({
      cidr_ipv4: "10.0.0.0/16",
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
    });
    expect(resourceOf(terraform, "aws_security_group").name).toBe("endpoints-stage-aws1");
  });

  it("needs no security group for an endpoint that is a route", () => {
    const terraform = terraformWith({ cidr: "10.0.0.0/16", endpoints: ["s3"] });
    expect(terraform.resource.aws_security_group).toBeUndefined();
  });

  it("writes flow logs into a log group of their own, with a role for nothing else", () => {
    const terraform = terraformWith({ cidr: "10.0.0.0/16", flowLogs: { traffic: "REJECT", retentionDays: 30 } });
    expect(resourceOf(terraform, "aws_flow_log")).toMatchObject({
      traffic_type: "REJECT",
      log_destination_type: "cloud-watch-logs",
    });
    expect(resourcesOf(terraform, "aws_cloudwatch_log_group")["stage-aws1/cluster/network/flow-logs"]).toMatchObject({
      name: "/aws/vpc/stage-aws1/flow-logs",
      retention_in_days: 30,
    });
    const policy = resourceOf(terraform, "aws_iam_role_policy").policy;
    expect(JSON.parse(String(policy)).Statement[0]).toEqual({
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [
        expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.[\w-]+\.arn\}$/),
        expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.[\w-]+\.arn\}:\*$/),
      ],
    });
  });

  it("gives an IPv6 cluster IPv6 addresses and ways out, and its nodes the right to assign them", () => {
    const pair = aPair(undefined, {
      network: Network.create({ cidr: "10.0.0.0/16", availabilityZones: 2, natGateways: "single" }),
      kubernetesNetwork: { ipFamily: "ipv6" },
    });
    pair.addNodeGroup("general", GROUP);
    const terraform = terraformOf(pair.staging.stack);
    expect(resourceOf(terraform, "aws_vpc")).toMatchObject({ assign_generated_ipv6_cidr_block: true });
    const ranges = Object.values(resourcesOf(terraform, "aws_subnet")).map((subnet) => subnet.ipv6_cidr_block);
    expect(new Set(ranges).size).toBe(4);
    expect(ranges[0]).toMatch(/^\$\{cidrsubnet\(aws_vpc\.[\w-]+\.ipv6_cidr_block, 8, \d\)\}$/);
    const routes = Object.values(resourcesOf(terraform, "aws_route"));
    expect(routes.filter((route) => route.destination_ipv6_cidr_block === "::/0")).toHaveLength(3);
    expect(routes.filter((route) => route.egress_only_gateway_id)).toHaveLength(2);
    expect(String(resourceOf(terraform, "aws_iam_role_policy").policy)).toContain("ec2:AssignIpv6Addresses");
    expect(resourceOf(terraform, "aws_eks_node_group").depends_on).toContainEqual(
      expect.stringMatching(/^aws_iam_role_policy\./),
    );
    expect(resourceOf(terraform, "aws_eks_cluster").kubernetes_network_config).toEqual({ ip_family: "ipv6" });
  });

  it("creates nothing for a VPC that exists", () => {
    const network = Network.existing({ vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] });
    const terraform = terraformOf(aPair(undefined, { network }).staging.stack);
    expect(terraform.resource.aws_vpc).toBeUndefined();
    expect(Object.values(terraform.resource.aws_eks_cluster ?? {})[0]?.vpc_config).toMatchObject({
      subnet_ids: ["subnet-1", "subnet-2"],
    });
  });

  const side = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
  it.each<[string, () => Network, string]>([
    [
      "host bits",
      () => Network.create({ cidr: "10.0.0.1/16" }),
      "10.0.0.1/16 has host bits set; the network is 10.0.0.0/16",
    ],
    [
      "what is no network",
      () => Network.create({ cidr: "10.0.0.0" }),
      'expected an IPv4 network such as "10.0.0.0/16", got "10.0.0.0"',
    ],
    [
      "a range that is too large",
      () => Network.create({ cidr: "10.0.0.0/8" }),
      "a VPC has between /16 and /28 addresses, got 10.0.0.0/8",
    ],
    [
      "a range that is too small",
      () => Network.create({ cidr: "10.0.0.0/26" }),
      "10.0.0.0/26 is too small for 3 availability zones: the public subnets would be /30, and EKS needs /28 or larger; choose a VPC of at least /24",
    ],
    [
      "a single zone",
      () => Network.create({ cidr: "10.0.0.0/16", availabilityZones: 1 }),
      "expected 2 to 6 availability zones, got 1: EKS places the control plane in two at least",
    ],
    [
      "a single zone that is named",
      () => Network.create({ cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a"] }),
      'expected 2 to 6 availability zones, got ["us-east-1a"]: EKS places the control plane in two at least',
    ],
    [
      "a zone that is named twice",
      () => Network.create({ cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1a"] }),
      "availabilityZones names a zone twice: us-east-1a, us-east-1a",
    ],
    [
      "subnets that overlap",
      () =>
        Network.create({
          cidr: "10.0.0.0/16",
          availabilityZones: 2,
          subnets: { private: ["10.0.0.0/20", "10.0.8.0/21"] },
          endpoints: Network.PRIVATE_CLUSTER_ENDPOINTS,
        }),
      "the subnets 10.0.0.0/20 and 10.0.8.0/21 overlap; give each a range of its own",
    ],
    [
      "NAT gateways without public subnets",
      () =>
        Network.create({
          cidr: "10.0.0.0/16",
          availabilityZones: 2,
          subnets: { private: ["10.0.0.0/20", "10.0.16.0/20"] },
          natGateways: "single",
        }),
      'natGateways "single" needs public subnets, and subnets.public names none; add them, or write natGateways: "none"',
    ],
    [
      "nodes that could reach nothing",
      () => Network.create({ cidr: "10.0.0.0/16", natGateways: "none", endpoints: ["s3"] }),
      "without a NAT gateway nodes can neither join nor pull images: endpoints lacks ec2, ecr.api, ecr.dkr, sts; write endpoints: Network.PRIVATE_CLUSTER_ENDPOINTS, or use Network.existing for a VPC with another way out",
    ],
    [
      "a retention that CloudWatch does not know",
      () => Network.create({ cidr: "10.0.0.0/16", flowLogs: { retentionDays: 45 } }),
      "flowLogs.retentionDays: CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days, got 45; write 60",
    ],
    [
      "an endpoint that is no service",
      () => Network.create({ cidr: "10.0.0.0/16", endpoints: ["ECR"] }),
      'endpoints: expected the name of an AWS service such as "ecr.api", got "ECR"',
    ],
    [
      "a single subnet, on one side only",
      () =>
        Network.existing(differs({ staging: side, production: { ...side, subnetIds: ["subnet-1"] }, because: "cost" })),
      "Network.existing needs two subnets at least, in two availability zones: EKS places the control plane in both",
    ],
  ])("refuses %s at the user's line", (_what, make, message) => {
    expect(make).toThrow(`${message}\n  at test/constructs/network.test.ts:`);
  });

  it.each<[string, NetworkProps, string]>([
    [
      "a zone of another region",
      { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "eu-central-1b"] },
      'availabilityZones: eu-central-1b is a zone of eu-central-1, and the cluster is in us-east-1; name zones such as "us-east-1a"',
    ],
    [
      "an endpoint of another region",
      { cidr: "10.0.0.0/16", endpoints: ["com.amazonaws.eu-central-1.s3"] },
      "endpoints: com.amazonaws.eu-central-1.s3 is not of us-east-1, where the cluster is",
    ],
  ])("refuses %s once the region is known", (_what, props, message) => {
    expect(() => terraformWith(props)).toThrow(`stage-aws1/cluster: ${message}\n  at test/constructs/build-app.ts:`);
  });
});
