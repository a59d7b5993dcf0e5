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

  /** Whether all of `other` lies in this network. */
  contains(other: Cidr): boolean {
    return other.address >= this.address && other.address + other.size <= this.address + this.size;
  }

  /** Whether the two have an address in common. */
  overlaps(other: Cidr): boolean {
    return this.contains(other) || other.contains(this);
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
