import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as VpcResource } from "@cdktf/provider-aws/lib/vpc";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { planSubnets } from "../domain/cidr";
import { type NatGateways, type NetworkProps, zonesOf } from "./network";

const EVERYWHERE = "0.0.0.0/0";
/** The AWS Load Balancer Controller finds subnets by these. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/ */
const LOAD_BALANCER_TAG = { public: "kubernetes.io/role/elb", private: "kubernetes.io/role/internal-elb" } as const;

/** The VPC that `Network.create` describes: per zone a private and a public subnet, and a way out. */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
  private readonly privateSubnets: readonly Subnet[];
  private readonly zoneNames: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly clusterName: string,
    props: NetworkProps,
  ) {
    super(scope, id);
    const zones = zonesOf(props);
    const plan = planSubnets(props.cidr, zones);
    const vpc = new VpcResource(this, "Resource", {
      cidrBlock: props.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: clusterName },
    });
    this.vpcId = vpc.id;
    // Local Zones need opting in and cannot hold an EKS control plane.
    const available = new DataAwsAvailabilityZones(this, "zones", {
      state: "available",
      filter: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
    this.zoneNames = Fn.slice(available.names, 0, zones) as unknown as string;
    const publicSubnets = plan.public.map((cidr, index) => this.addSubnet("public", index, cidr));
    const privateSubnets = plan.private.map((cidr, index) => this.addSubnet("private", index, cidr));
    this.privateSubnets = privateSubnets;
    this.publicSubnetIds = publicSubnets.map((subnet) => subnet.id);
    this.privateSubnetIds = privateSubnets.map((subnet) => subnet.id);
    const gateway = new InternetGateway(this, "internet-gateway", { vpcId: this.vpcId, tags: { Name: clusterName } });
    this.routePublic(publicSubnets, gateway);
    this.routePrivate(privateSubnets, this.addNatGateways(props.natGateways ?? "one-per-az", publicSubnets, gateway));
  }

  /** Adds a tag to the subnets of the nodes. */
  tagPrivateSubnets(key: string, value: string): void {
    for (const subnet of this.privateSubnets) subnet.tags = { ...subnet.tagsInput, [key]: value };
  }

  private addSubnet(role: "public" | "private", index: number, cidrBlock: string): Subnet {
    return new Subnet(this, `${role}-${index + 1}`, {
      vpcId: this.vpcId,
      cidrBlock,
      availabilityZone: Fn.element(this.zoneNames, index) as string,
      tags: { Name: `${this.clusterName}-${role}-${index + 1}`, [LOAD_BALANCER_TAG[role]]: "1" },
    });
  }

  private addNatGateways(wanted: NatGateways, subnets: readonly Subnet[], gateway: InternetGateway): NatGateway[] {
    const count = { none: 0, single: 1, "one-per-az": subnets.length }[wanted];
    return subnets.slice(0, count).map((subnet, index) => {
      const tags = { Name: `${this.clusterName}-${index + 1}` };
      const address = new Eip(this, `nat-address-${index + 1}`, { domain: "vpc", tags });
      return new NatGateway(this, `nat-gateway-${index + 1}`, {
        allocationId: address.id,
        subnetId: subnet.id,
        tags,
        dependsOn: [gateway],
      });
    });
  }

  private routePublic(subnets: readonly Subnet[], gateway: InternetGateway): void {
    const table = new RouteTable(this, "public-routes", {
      vpcId: this.vpcId,
      tags: { Name: `${this.clusterName}-public` },
    });
    new Route(this, "public-route", {
      routeTableId: table.id,
      destinationCidrBlock: EVERYWHERE,
      gatewayId: gateway.id,
    });
    subnets.forEach((subnet, index) => {
      new RouteTableAssociation(this, `public-association-${index + 1}`, {
        routeTableId: table.id,
        subnetId: subnet.id,
      });
    });
  }

  private routePrivate(subnets: readonly Subnet[], gateways: readonly NatGateway[]): void {
    subnets.forEach((subnet, index) => {
      const number = index + 1;
      const table = new RouteTable(this, `private-routes-${number}`, {
        vpcId: this.vpcId,
        tags: { Name: `${this.clusterName}-private-${number}` },
      });
      new RouteTableAssociation(this, `private-association-${number}`, { routeTableId: table.id, subnetId: subnet.id });
      const nat = gateways[index] ?? gateways[0];
      if (!nat) return;
      new Route(this, `private-route-${number}`, {
        routeTableId: table.id,
        destinationCidrBlock: EVERYWHERE,
        natGatewayId: nat.id,
      });
    });
  }
}
