import { requireZoneOf } from "../../lib/domain/availability-zone";

describe("requireZoneOf", () => {
  it.each([
    ["eu-central-1", "eu-central-1a"],
    ["us-gov-west-1", "us-gov-west-1c"],
  ])("takes, in %s, %s", (region, zone) => {
    expect(() => requireZoneOf(region, zone)).not.toThrow();
  });

  it.each([
    [
      "us-east-1a",
      'availabilityZones: us-east-1a is a zone of us-east-1, and the cluster is in eu-central-1; name zones such as "eu-central-1a"',
    ],
    [
      "eu-central-1-ham-1a",
      'availabilityZones: expected a zone of eu-central-1 such as "eu-central-1a", got "eu-central-1-ham-1a"; Local Zones and Wavelength Zones cannot hold an EKS control plane',
    ],
    [
      "eu-central-1",
      'availabilityZones: expected a zone of eu-central-1 such as "eu-central-1a", got "eu-central-1"; Local Zones and Wavelength Zones cannot hold an EKS control plane',
    ],
  ])("refuses, in eu-central-1, %s", (zone, message) => {
    expect(() => requireZoneOf("eu-central-1", zone)).toThrow(new Error(message));
  });
});
