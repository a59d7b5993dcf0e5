import { Cidr } from "./cidr";
import { TandemError } from "./tandem-error";

/** EKS takes services' addresses from one of these. https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => Cidr.parse(range));
const PREFIX = { largest: 12, smallest: 24 } as const;

/**
 * Checks the range that Kubernetes services get their addresses from.
 * @param vpc the range of the VPC, where it is known
 * @throws TandemError when EKS would refuse it
 */
export function requireServiceCidr(serviceCidr: unknown, vpc: string | undefined): void {
  const services = Cidr.parse(serviceCidr);
  if (services.prefix < PREFIX.largest || services.prefix > PREFIX.smallest) {
    throw new TandemError(
      `serviceCidr: EKS takes between /${PREFIX.largest} and /${PREFIX.smallest} addresses, got ${services}`,
    );
  }
  if (!PRIVATE_RANGES.some((range) => range.contains(services))) {
    throw new TandemError(
      `serviceCidr: EKS takes a range within ${PRIVATE_RANGES.join(", ").replace(/, (?=[^,]*$)/, " or ")}, got ${services}`,
    );
  }
  if (vpc !== undefined && services.overlaps(Cidr.parse(vpc))) {
    throw new TandemError(
      `serviceCidr: ${services} overlaps the VPC's range ${vpc}, so that pods could not tell a service from a machine; choose another`,
    );
  }
}
