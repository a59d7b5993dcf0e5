import { Cidr } from "./cidr";
import { TandemError } from "./tandem-error";

/** The IPv4 ranges of a VPC's subnets, one of each kind per availability zone and in the order of the zones. */
export interface SubnetPlan {
  /** Of the control plane, the nodes and the pods. */
  readonly private: readonly string[];
  /** Of internet-facing load balancers and NAT gateways. */
  readonly public: readonly string[];
}

/** EC2 allows VPCs and subnets of /16 to /28. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const LARGEST_PREFIX = 16;
/**
 * EKS wants up to five free addresses in the cluster's subnets for an upgrade, and AWS keeps five of each subnet, so that a /28 is
 * the least. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const SMALLEST_PREFIX = 28;

/**
 * Splits a VPC: the address range is cut into equal blocks, one private subnet per zone, and the last block holds the public ones.
 * @throws TandemError when the range is no VPC range or too small for so many zones
 */
export function planSubnets(cidr: string, zones: number): SubnetPlan {
  const vpc = parseVpc(cidr);
  const bits = Math.ceil(Math.log2(zones + 1));
  const last = vpc.part(bits, 2 ** bits - 1);
  const publicBits = Math.ceil(Math.log2(zones));
  if (last.prefix + publicBits > SMALLEST_PREFIX) {
    throw new TandemError(
      `${cidr} is too small for ${zones} availability zones: the public subnets would be /${last.prefix + publicBits}, and EKS needs ` +
        `/${SMALLEST_PREFIX} or larger; choose a VPC of at least /${SMALLEST_PREFIX - bits - publicBits}`,
    );
  }
  const zoneIndexes = Array.from({ length: zones }, (_, index) => index);
  return {
    private: zoneIndexes.map((index) => vpc.part(bits, index).toString()),
    public: zoneIndexes.map((index) => last.part(publicBits, index).toString()),
  };
}

/**
 * Checks subnets that the user chose.
 * @throws TandemError when one is malformed, too small, outside of the VPC or overlaps another, or when they are not one per zone
 */
export function requireSubnets(cidr: string, zones: number, plan: SubnetPlan): void {
  const vpc = parseVpc(cidr);
  requireOnePerZone("private", plan.private, zones);
  if (plan.public.length > 0) requireOnePerZone("public", plan.public, zones);
  const subnets = [...plan.private, ...plan.public].map((subnet) => parseSubnet(subnet, vpc));
  subnets.forEach((subnet, index) => {
    const other = subnets.slice(0, index).find((earlier) => earlier.overlaps(subnet));
    if (other) throw new TandemError(`the subnets ${other} and ${subnet} overlap; give each a range of its own`);
  });
}

function requireOnePerZone(kind: string, subnets: readonly string[], zones: number): void {
  if (Array.isArray(subnets) && subnets.length === zones) return;
  throw new TandemError(
    `subnets.${kind}: expected one range for each of the ${zones} availability zones, got ${JSON.stringify(subnets)}`,
  );
}

function parseSubnet(text: string, vpc: Cidr): Cidr {
  const subnet = Cidr.parse(text);
  if (!vpc.contains(subnet)) throw new TandemError(`the subnet ${subnet} is not within the VPC's range ${vpc}`);
  if (subnet.prefix > SMALLEST_PREFIX) {
    throw new TandemError(
      `the subnet ${subnet} has ${subnet.size} addresses, of which AWS keeps five and EKS needs up to five for an upgrade; ` +
        `choose /${SMALLEST_PREFIX} or larger`,
    );
  }
  return subnet;
}

function parseVpc(cidr: string): Cidr {
  const vpc = Cidr.parse(cidr);
  if (vpc.prefix >= LARGEST_PREFIX && vpc.prefix <= SMALLEST_PREFIX) return vpc;
  throw new TandemError(`a VPC has between /${LARGEST_PREFIX} and /${SMALLEST_PREFIX} addresses, got ${cidr}`);
}
