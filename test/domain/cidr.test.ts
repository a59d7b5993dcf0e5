import { Cidr, planSubnets } from "../../lib/domain/cidr";

describe("planSubnets", () => {
  it.each([
    ["10.0.0.0/16", 2, ["10.0.0.0/18", "10.0.64.0/18"], ["10.0.192.0/19", "10.0.224.0/19"]],
    ["10.1.0.0/20", 3, ["10.1.0.0/22", "10.1.4.0/22", "10.1.8.0/22"], ["10.1.12.0/24", "10.1.13.0/24", "10.1.14.0/24"]],
    [
      "192.168.255.0/24",
      3,
      ["192.168.255.0/26", "192.168.255.64/26", "192.168.255.128/26"],
      ["192.168.255.192/28", "192.168.255.208/28", "192.168.255.224/28"],
    ],
  ])("splits %s over %d zones", (cidr, zones, privateSubnets, publicSubnets) => {
    expect(planSubnets(cidr, zones)).toEqual({ private: privateSubnets, public: publicSubnets });
  });

  it.each([2, 3, 4, 5, 6])("overlaps nowhere and leaves the VPC nowhere, with %d zones", (zones) => {
    const vpc = Cidr.parse("10.64.0.0/16");
    const subnets = Object.values(planSubnets("10.64.0.0/16", zones))
      .flat()
      .map((text) => Cidr.parse(text));
    const ranges = subnets.map(({ address, size }) => [address, address + size] as const).sort(([a], [b]) => a - b);
    expect(ranges).toHaveLength(2 * zones);
    ranges.forEach(([start, end], index) => {
      expect(start).toBeGreaterThanOrEqual(ranges[index - 1]?.[1] ?? vpc.address);
      expect(end).toBeLessThanOrEqual(vpc.address + vpc.size);
    });
  });

  it.each(["10.0.0.0/33", "256.0.0.0/16", "10.0.0/16", "::/0", 16, undefined])("refuses %p", (text) => {
    expect(() => Cidr.parse(text)).toThrow(
      `expected an IPv4 network such as "10.0.0.0/16", got ${JSON.stringify(text)}`,
    );
  });
});
