import { requireServiceCidr } from "../../lib/domain/service-cidr";

describe("requireServiceCidr", () => {
  it.each(["172.20.0.0/16", "10.96.0.0/12", "192.168.255.0/24"])("takes %s", (cidr) => {
    expect(() => requireServiceCidr(cidr, "10.0.0.0/16")).not.toThrow();
  });

  it.each<[unknown, string | undefined, string]>([
    ["172.20.0.0/25", undefined, "serviceCidr: EKS takes between /12 and /24 addresses, got 172.20.0.0/25"],
    ["10.0.0.0/8", undefined, "serviceCidr: EKS takes between /12 and /24 addresses, got 10.0.0.0/8"],
    [
      "100.64.0.0/16",
      undefined,
      "serviceCidr: EKS takes a range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, got 100.64.0.0/16",
    ],
    [
      "10.0.128.0/20",
      "10.0.0.0/16",
      "serviceCidr: 10.0.128.0/20 overlaps the VPC's range 10.0.0.0/16, so that pods could not tell a service from a machine; choose another",
    ],
    ["172.20.0.0", undefined, 'expected an IPv4 network such as "10.0.0.0/16", got "172.20.0.0"'],
  ])("refuses %p in a VPC of %p", (cidr, vpc, message) => {
    expect(() => requireServiceCidr(cidr, vpc)).toThrow(new Error(message));
  });
});
