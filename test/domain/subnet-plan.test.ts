import { Cidr } from "../../lib/domain/cidr";
import { planSubnets, requireSubnets, type SubnetPlan } from "../../lib/domain/subnet-plan";

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
});

describe("requireSubnets", () => {
  const sound = { private: ["10.0.0.0/20", "10.0.16.0/20"], public: ["10.0.32.0/28", "10.0.32.16/28"] };

  it.each<SubnetPlan>([sound, { ...sound, public: [] }])("takes %j", (plan) => {
    expect(() => requireSubnets("10.0.0.0/16", 2, plan)).not.toThrow();
  });

  it.each<[string, Partial<SubnetPlan>, string]>([
    [
      "a subnet within another",
      { public: ["10.0.32.0/28", "10.0.16.0/24"] },
      "the subnets 10.0.16.0/20 and 10.0.16.0/24 overlap; give each a range of its own",
    ],
    [
      "a subnet outside of the VPC",
      { private: ["10.0.0.0/20", "10.1.0.0/20"] },
      "the subnet 10.1.0.0/20 is not within the VPC's range 10.0.0.0/16",
    ],
    [
      "a subnet without room for an upgrade",
      { private: ["10.0.0.0/20", "10.0.16.0/29"] },
      "the subnet 10.0.16.0/29 has 8 addresses, of which AWS keeps five and EKS needs up to five for an upgrade; choose /28 or larger",
    ],
    [
      "host bits",
      { private: ["10.0.0.0/20", "10.0.16.1/20"] },
      "10.0.16.1/20 has host bits set; the network is 10.0.16.0/20",
    ],
    [
      "a zone without a private subnet",
      { private: ["10.0.0.0/20"] },
      'subnets.private: expected one range for each of the 2 availability zones, got ["10.0.0.0/20"]',
    ],
    [
      "a zone without a public subnet",
      { public: ["10.0.32.0/28"] },
      'subnets.public: expected one range for each of the 2 availability zones, got ["10.0.32.0/28"]',
    ],
  ])("refuses %s", (_what, plan, message) => {
    expect(() => requireSubnets("10.0.0.0/16", 2, { ...sound, ...plan })).toThrow(new Error(message));
  });
});
