import { TandemError } from "./tandem-error";

/** An IPv4 network in CIDR notation, host bits clear. */
export class Cidr {
  /**
   * Reads `10.0.0.0/16`.
   * @throws TandemError when it is not IPv4 CIDR notation or has host bits set; the message gives the network that was meant.
   */
  static parse(text: unknown): Cidr {
    const match =
      typeof text === "string" ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) : null;
    const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = (match ?? []).slice(1).map(Number);
    if (Math.max(a, b, c, d) > 255 || prefix > 32) {
      throw new TandemError(`expected an IPv4 network such as "10.0.0.0/16", got ${JSON.stringify(text)}`);
    }
    const address = ((a * 256 + b) * 256 + c) * 256 + d;
    const network = new Cidr(address - (address % 2 ** (32 - prefix)), prefix);
    if (network.address === address) return network;
    throw new TandemError(`${text} has host bits set; the network is ${network}`);
  }

  private constructor(
    readonly address: number,
    /** Length of the network prefix in bits, 0 to 32. */
    readonly prefix: number,
  ) {}

  /** Number of addresses, the five that AWS keeps of each subnet included. */
  get size(): number {
    return 2 ** (32 - this.prefix);
  }

  /** The `index`-th of the 2^`bits` equal parts of this network. */
  part(bits: number, index: number): Cidr {
    const prefix = this.prefix + bits;
    return new Cidr(this.address + index * 2 ** (32 - prefix), prefix);
  }

  toString(): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(this.address / 2 ** shift) % 256);
    return `${octets.join(".")}/${this.prefix}`;
  }
}

/** The subnets of a VPC: per availability zone a large private one for nodes and pods, and a small public one for load balancers. */
export interface SubnetPlan {
  readonly private: readonly string[];
  readonly public: readonly string[];
}

/** EC2 allows VPCs of /16 to /28. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const VPC_PREFIX = { largest: 16, smallest: 28 } as const;
/**
 * EKS wants up to five free addresses in the cluster's subnets for an upgrade, and AWS keeps five of each subnet, so that a /28 is
 * the least. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const SMALLEST_SUBNET_PREFIX = 28;

/**
 * Splits a VPC: the address range is cut into equal blocks, one private subnet per zone, and the last block holds the public ones.
 * @throws TandemError when the range is no VPC range or too small for so many zones
 */
export function planSubnets(cidr: string, zones: number): SubnetPlan {
  const vpc = Cidr.parse(cidr);
  if (vpc.prefix < VPC_PREFIX.largest || vpc.prefix > VPC_PREFIX.smallest) {
    throw new TandemError(
      `a VPC has between /${VPC_PREFIX.largest} and /${VPC_PREFIX.smallest} addresses, got ${cidr}`,
    );
  }
  const bits = Math.ceil(Math.log2(zones + 1));
  const last = vpc.part(bits, 2 ** bits - 1);
  const publicBits = Math.ceil(Math.log2(zones));
  if (last.prefix + publicBits > SMALLEST_SUBNET_PREFIX) {
    throw new TandemError(
      `${cidr} is too small for ${zones} availability zones: the public subnets would be /${last.prefix + publicBits}, and EKS needs ` +
        `/${SMALLEST_SUBNET_PREFIX} or larger; choose a VPC of at least /${SMALLEST_SUBNET_PREFIX - bits - publicBits}`,
    );
  }
  const zoneIndexes = Array.from({ length: zones }, (_, index) => index);
  return {
    private: zoneIndexes.map((index) => vpc.part(bits, index).toString()),
    public: zoneIndexes.map((index) => last.part(publicBits, index).toString()),
  };
}
