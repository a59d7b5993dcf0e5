import { isOpenToWorld, requirePublicCidr } from "../../lib/domain/access-cidr";

describe("a network at the public endpoint", () => {
  it.each(["198.51.100.0/24", "203.0.113.7/32", "0.0.0.0/0"])("may be %s", (cidr) => {
    expect(() => requirePublicCidr(cidr)).not.toThrow();
  });

  it("may be an IPv6 network where the cluster has IPv6", () => {
    expect(() => requirePublicCidr("2001:db8::/32", "ipv6")).not.toThrow();
  });

  it.each([
    ["198.51.100.1/24", "198.51.100.1/24 has host bits set; the network is 198.51.100.0/24"],
    ["2001:db8::/129", 'expected an IPv4 network such as "10.0.0.0/16", got "2001:db8::/129"'],
    ["203.0.113.7", 'expected an IPv4 network such as "10.0.0.0/16", got "203.0.113.7"'],
    [
      "192.168.1.0/24",
      "endpoint.publicAccessCidrs: 192.168.1.0/24 is within 192.168.0.0/16, which is not of the internet, so that EKS refuses it; " +
        "write the address that the network has outside, or endpoint.privateAccessCidrs where it reaches the VPC",
    ],
  ])("is not %s", (cidr, message) => {
    expect(() => requirePublicCidr(cidr)).toThrow(new Error(message));
  });

  it.each([
    ["0.0.0.0/0", true],
    ["128.0.0.0/1", true],
    ["8.0.0.0/8", false],
    ["::/0", true],
    ["2000::/3", true],
    ["2001:db8::/32", false],
  ])("is %s, open to the world: %p", (cidr, expected) => {
    expect(isOpenToWorld(cidr)).toBe(expected);
  });
});
