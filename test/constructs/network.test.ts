import { differs, Network, type NetworkProps } from "eks-tandem";
import { aPair, removeApps, resourcesOf, terraformOf } from "./build-app";

afterEach(removeApps);

function terraformWith(props: NetworkProps) {
  return terraformOf(aPair(undefined, { network: Network.create(props) }).staging.stack);
}

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
    const terraform = terraformWith({ cidr: "10.0.0.0/16", natGateways });
    expect(Object.keys(resourcesOf(terraform, "aws_nat_gateway"))).toHaveLength(count);
    expect(Object.keys(resourcesOf(terraform, "aws_route"))).toHaveLength(count === 0 ? 1 : 4);
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
      "a single subnet, on one side only",
      () =>
        Network.existing(differs({ staging: side, production: { ...side, subnetIds: ["subnet-1"] }, because: "cost" })),
      "Network.existing needs two subnets at least, in two availability zones: EKS places the control plane in both",
    ],
  ])("refuses %s at the user's line", (_what, make, message) => {
    expect(make).toThrow(`${message}\n  at test/constructs/network.test.ts:`);
  });
});
