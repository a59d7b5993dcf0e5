import { TandemError } from "./tandem-error";

/**
 * Checks the name of an availability zone against the region that it stands in.
 * @throws TandemError when it is a zone of another region, a Local Zone (which cannot hold an EKS control plane) or no zone at all
 */
export function requireZoneOf(region: string, zone: string): void {
  if (zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length))) return;
  const ofZone = /^([a-z]{2,}(?:-[a-z]+)+-\d)[a-z]$/.exec(zone)?.[1];
  if (ofZone) {
    throw new TandemError(
      `availabilityZones: ${zone} is a zone of ${ofZone}, and the cluster is in ${region}; name zones such as "${region}a"`,
    );
  }
  throw new TandemError(
    `availabilityZones: expected a zone of ${region} such as "${region}a", got ${JSON.stringify(zone)}; ` +
      "Local Zones and Wavelength Zones cannot hold an EKS control plane",
  );
}
