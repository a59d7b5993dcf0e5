import { planSubnets } from "../domain/cidr";
import { TandemError } from "../domain/tandem-error";
import { Description, holdsDiffers, sideOf, type Tandem } from "./differs";
import { userLine } from "./user-line";

/** How private subnets reach the internet: one NAT gateway for the VPC, one in each zone, or none at all. */
export type NatGateways = "single" | "one-per-az" | "none";

/** A VPC that is created with the cluster. */
export interface NetworkProps {
  /** The VPC's IPv4 range, /16 to /28, such as `10.0.0.0/16`. */
  readonly cidr: string;
  /**
   * Number of availability zones, 2 to 6. EKS needs two.
   * @default 3
   */
  readonly availabilityZones?: number;
  /**
   * How private subnets reach the internet.
   * @default "one-per-az"
   */
  readonly natGateways?: NatGateways;
}

/** A VPC that exists already. */
export interface ExistingNetworkProps {
  readonly vpcId: string;
  /** Subnets of the control plane and the nodes, in two availability zones at least; private ones are recommended. */
  readonly subnetIds: readonly string[];
}

const NETWORK = "network";
const DEFAULT_ZONES = 3;
const MOST_ZONES = 6;

/** The network of a cluster. */
export class Network extends Description<NetworkProps | ExistingNetworkProps> {
  static isNetwork(value: unknown): value is Network {
    return Description.isDescription(value, NETWORK);
  }

  /**
   * A VPC with a private and a public subnet in each availability zone, tagged for load balancers.
   * @throws TandemError when the range is malformed or too small, or fewer than two zones are asked for
   */
  static create(props: Tandem<NetworkProps>): Network {
    forEachSide<NetworkProps>(props, requireCreatable);
    return new Network(props as Tandem<NetworkProps | ExistingNetworkProps>);
  }

  /**
   * A VPC that exists already.
   * @throws TandemError when fewer than two subnets are named
   */
  static existing(props: Tandem<ExistingNetworkProps>): Network {
    forEachSide<ExistingNetworkProps>(props, requireExisting);
    return new Network(props as Tandem<NetworkProps | ExistingNetworkProps>);
  }

  private constructor(described: Tandem<NetworkProps | ExistingNetworkProps>) {
    super(described, NETWORK);
  }

  /** What one cluster gets. @internal */
  get props(): NetworkProps | ExistingNetworkProps {
    return this.described as NetworkProps | ExistingNetworkProps;
  }

  /** @internal */
  override withDescribed(described: NetworkProps | ExistingNetworkProps): Network {
    return new Network(described);
  }
}

/** True for a VPC that exists already. */
export function isExisting(props: NetworkProps | ExistingNetworkProps): props is ExistingNetworkProps {
  return "vpcId" in props;
}

/** Number of zones, the default included. */
export function zonesOf(props: NetworkProps): number {
  return props.availabilityZones ?? DEFAULT_ZONES;
}

function requireCreatable(props: NetworkProps): void {
  const zones = zonesOf(props);
  if (!Number.isInteger(zones) || zones < 2 || zones > MOST_ZONES) {
    throw new TandemError(
      `expected 2 to ${MOST_ZONES} availability zones, got ${JSON.stringify(zones)}: EKS places the control plane in two at least`,
    );
  }
  if (props.natGateways !== undefined && !["single", "one-per-az", "none"].includes(props.natGateways)) {
    throw new TandemError(
      `expected natGateways "single", "one-per-az" or "none", got ${JSON.stringify(props.natGateways)}`,
    );
  }
  planSubnets(props.cidr, zones);
}

function requireExisting(props: ExistingNetworkProps): void {
  if (typeof props.vpcId !== "string" || props.vpcId === "") {
    throw new TandemError('Network.existing needs the id of the VPC, such as vpcId: "vpc-0a1b2c3d"');
  }
  if (!Array.isArray(props.subnetIds) || new Set(props.subnetIds).size < 2) {
    throw new TandemError(
      "Network.existing needs two subnets at least, in two availability zones: EKS places the control plane in both",
    );
  }
}

function forEachSide<T>(props: Tandem<T>, check: (side: T) => void): void {
  const environments = holdsDiffers(props) ? (["staging", "production"] as const) : (["staging"] as const);
  for (const environment of environments) {
    try {
      check(sideOf<T>(props, environment));
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      throw new TandemError(error.message, { location: userLine() }, { cause: error });
    }
  }
}
