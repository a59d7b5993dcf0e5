import { Cidr } from "./cidr";
import { TandemError } from "./tandem-error";

/** EKS refuses these: nobody comes from them over the internet. */
const NOT_PUBLIC = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];
const IPV6 = /^[0-9a-f:]*:[0-9a-f:]*\/(\d{1,3})$/i;
/** The largest networks that were ever assigned to one organisation are of this size. https://www.iana.org/numbers */
const LARGEST_OF_ANYBODY = { ipv4: 8, ipv6: 16 } as const;

/**
 * Checks a network that may reach the public endpoint.
 * @throws TandemError when EKS would refuse it
 */
export function requirePublicCidr(text: string, ipFamily: "ipv4" | "ipv6" = "ipv4"): void {
  if (isIpv6Network(text)) {
    if (ipFamily === "ipv6") return;
    throw new TandemError(
      `endpoint.publicAccessCidrs: ${text} is an IPv6 network, and only a cluster with kubernetesNetwork.ipFamily "ipv6" is reached by IPv6`,
    );
  }
  const network = Cidr.parse(text);
  const range = NOT_PUBLIC.map((each) => Cidr.parse(each)).find((each) => each.contains(network));
  if (!range) return;
  throw new TandemError(
    `endpoint.publicAccessCidrs: ${network} is within ${range}, which is not of the internet, so that EKS refuses it; write the address ` +
      "that the network has outside, or endpoint.privateAccessCidrs where it reaches the VPC",
  );
}

/** True for a network so large that it is nobody's: `0.0.0.0/0`, or half of it. */
export function isOpenToWorld(text: string): boolean {
  const prefix = Number(text.split("/")[1]);
  return prefix < (isIpv6Network(text) ? LARGEST_OF_ANYBODY.ipv6 : LARGEST_OF_ANYBODY.ipv4);
}

function isIpv6Network(text: string): boolean {
  const prefix = typeof text === "string" ? IPV6.exec(text)?.[1] : undefined;
  return prefix !== undefined && Number(prefix) <= 128;
}
