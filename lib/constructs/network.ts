import { DEFAULT_LOG_RETENTION_DAYS, requireLogRetention } from "../domain/log-retention";
import { planSubnets, requireSubnets, type SubnetPlan } from "../domain/subnet-plan";
import { TandemError } from "../domain/tandem-error";
import { missingEndpoints, PRIVATE_CLUSTER_ENDPOINTS, requireEndpoints } from "../domain/vpc-endpoint";
import { Description, type Tandem } from "./differs";
import { forEachSide } from "./each-side";
import { EXISTING_NETWORK, NETWORK as NETWORK_OPTIONS, requireKnownOptions } from "./option-names";

/** How private subnets reach the internet: one NAT gateway for the VPC, one in each zone, or none at all. */
export type NatGateways = "single" | "one-per-az" | "none";

/** What goes through the VPC's network interfaces, recorded in CloudWatch Logs. */
export interface FlowLogs {
  /** @default "ALL" */
  readonly traffic?: "ALL" | "ACCEPT" | "REJECT";
  /**
   * Days that CloudWatch keeps the logs.
   * @default 90
   */
  readonly retentionDays?: number;
}

/** Ranges of the subnets, in CIDR notation and in the order of the zones. */
export interface SubnetCidrs {
  /** Of the control plane, the nodes and the pods; one per zone. */
  readonly private: readonly string[];
  /**
   * Of internet-facing load balancers and NAT gateways; one per zone.
   * @default - no public subnets, so that there is no NAT gateway either
   */
  readonly public?: readonly string[];
}

/** A VPC that is created with the cluster. */
export interface NetworkProps {
  /** The VPC's IPv4 range, /16 to /28, such as `10.0.0.0/16`. */
  readonly cidr: string;
  /**
   * Number of availability zones, 2 to 6, or their names, such as `["eu-central-1a", "eu-central-1b"]`. EKS needs two. With a number
   * they are the first of those that the account has.
   * @default 3
   */
  readonly availabilityZones?: number | readonly string[];
  /**
   * Ranges of the subnets.
   * @default - a large private and a small public one per zone, cut from `cidr`
   */
  readonly subnets?: SubnetCidrs;
  /**
   * How private subnets reach the internet. With `none`, `endpoints` has to hold what nodes need.
   * @default "one-per-az"
   */
  readonly natGateways?: NatGateways;
  /**
   * AWS services that are reached within the VPC, such as `["s3", "ecr.api"]`; `Network.PRIVATE_CLUSTER_ENDPOINTS` are those that a
   * cluster without a way to the internet needs.
   * @default - none
   */
  readonly endpoints?: readonly string[];
  /** @default - none */
  readonly flowLogs?: FlowLogs;
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

  /** The AWS services that the nodes and pods of a cluster without a way to the internet need. */
  static readonly PRIVATE_CLUSTER_ENDPOINTS: readonly string[] = PRIVATE_CLUSTER_ENDPOINTS;

  /**
   * A VPC with a private and a public subnet in each availability zone, tagged for load balancers.
   * @throws TandemError when a range is malformed, too small or overlaps another, when there are fewer than two zones, or when nodes
   * could reach neither the internet nor the AWS services that they need
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
export function zonesOf({ availabilityZones = DEFAULT_ZONES }: NetworkProps): number {
  return typeof availabilityZones === "number" ? availabilityZones : availabilityZones.length;
}

/** How private subnets reach the internet, the default included. */
export function natGatewaysOf({ natGateways, subnets }: NetworkProps): NatGateways {
  return natGateways ?? (subnets && !subnets.public?.length ? "none" : "one-per-az");
}

/** Ranges of all subnets. */
export function subnetsOf(props: NetworkProps): SubnetPlan {
  if (props.subnets) return { private: props.subnets.private, public: props.subnets.public ?? [] };
  return planSubnets(props.cidr, zonesOf(props));
}

/** Days that the flow logs are kept, the default included. */
export function flowLogRetentionOf({ retentionDays }: FlowLogs): number {
  return retentionDays ?? DEFAULT_LOG_RETENTION_DAYS;
}

function requireCreatable(props: NetworkProps): void {
  requireKnownOptions(props, NETWORK_OPTIONS);
  requireZones(props);
  const plan = subnetsOf(props);
  requireSubnets(props.cidr, zonesOf(props), plan);
  requireWayOut(props, plan);
  requireEndpoints(props.endpoints ?? []);
  requireLogRetention("flowLogs.retentionDays", props.flowLogs?.retentionDays);
}

function requireZones({ availabilityZones = DEFAULT_ZONES }: NetworkProps): void {
  const named = Array.isArray(availabilityZones);
  if (named && new Set(availabilityZones).size !== availabilityZones.length) {
    throw new TandemError(`availabilityZones names a zone twice: ${availabilityZones.join(", ")}`);
  }
  const zones = named ? availabilityZones.length : Number(availabilityZones);
  if (Number.isInteger(zones) && zones >= 2 && zones <= MOST_ZONES) return;
  throw new TandemError(
    `expected 2 to ${MOST_ZONES} availability zones, got ${JSON.stringify(availabilityZones)}: EKS places the control plane in two at least`,
  );
}

function requireWayOut(props: NetworkProps, plan: SubnetPlan): void {
  const natGateways = natGatewaysOf(props);
  if (!["single", "one-per-az", "none"].includes(natGateways)) {
    throw new TandemError(`expected natGateways "single", "one-per-az" or "none", got ${JSON.stringify(natGateways)}`);
  }
  if (natGateways !== "none" && plan.public.length === 0) {
    throw new TandemError(
      `natGateways ${JSON.stringify(natGateways)} needs public subnets, and subnets.public names none; add them, or write natGateways: "none"`,
    );
  }
  const missing = natGateways === "none" ? missingEndpoints(props.endpoints ?? []) : [];
  if (missing.length === 0) return;
  throw new TandemError(
    `without a NAT gateway nodes can neither join nor pull images: endpoints lacks ${missing.join(", ")}; write ` +
      "endpoints: Network.PRIVATE_CLUSTER_ENDPOINTS, or use Network.existing for a VPC with another way out",
  );
}

function requireExisting(props: ExistingNetworkProps): void {
  requireKnownOptions(props, EXISTING_NETWORK);
  if (typeof props.vpcId !== "string" || props.vpcId === "") {
    throw new TandemError('Network.existing needs the id of the VPC, such as vpcId: "vpc-0a1b2c3d"');
  }
  if (!Array.isArray(props.subnetIds) || new Set(props.subnetIds).size < 2) {
    throw new TandemError(
      "Network.existing needs two subnets at least, in two availability zones: EKS places the control plane in both",
    );
  }
}
