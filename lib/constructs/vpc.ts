import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as VpcResource } from "@cdktf/provider-aws/lib/vpc";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../domain/aws";
import { availableZones } from "./available-zones";
import type { IpFamily } from "./eks-cluster-props";
import { addFlowLogs } from "./flow-logs";
import { type NetworkProps, natGatewaysOf, subnetsOf } from "./network";
import { addEndpoints } from "./vpc-endpoints";

const EVERYWHERE = "0.0.0.0/0";
const EVERYWHERE_IPV6 = "::/0";
/** A VPC gets a /56 of Amazon's, a subnet takes a /64. */
const IPV6_SUBNET_BITS = 8;
/** The AWS Load Balancer Controller finds subnets by these. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/ */
const LOAD_BALANCER_TAG = { public: "kubernetes.io/role/elb", private: "kubernetes.io/role/internal-elb" } as const;

export interface VpcProps {
  readonly clusterName: string;
  readonly aws: AwsEnvironment;
  readonly ipFamily: IpFamily;
  readonly network: NetworkProps;
}

/** The VPC that `Network.create` describes: per zone a private and a public subnet, and a way out. */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
  private readonly privateSubnets: readonly Subnet[];
  /** What has to stand before nodes can reach anything. */
  readonly waysOut: readonly ITerraformDependable[];
  private readonly vpc: VpcResource;
  private readonly zoneNames: readonly string[];
  private readonly ipv6: boolean;
  private subnets = 0;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcProps,
  ) {
    super(scope, id);
    const { network, clusterName, aws } = props;
    this.ipv6 = props.ipFamily === "ipv6";
    const zones = availableZones(this, aws, network);
    this.zoneNames = zones.names;
    this.vpc = new VpcResource(this, "Resource", {
      cidrBlock: network.cidr,
      ...(this.ipv6 && { assignGeneratedIpv6CidrBlock: true }),
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: clusterName },
      lifecycle: { precondition: [zones.precondition] },
    });
    this.vpcId = this.vpc.id;
    const plan = subnetsOf(network);
    // Each id is asked for once: cdktf makes a token of it every time.
    this.publicSubnetIds = plan.public.map((cidr, index) => this.addSubnet("public", index, cidr).id);
    this.privateSubnets = plan.private.map((cidr, index) => this.addSubnet("private", index, cidr));
    this.privateSubnetIds = this.privateSubnets.map((subnet) => subnet.id);
    const publicRoutes = plan.public.length > 0 ? this.routePublic() : undefined;
    const { tableIds, routes } = this.routePrivate(this.addNatGateways(publicRoutes?.gateway));
    const endpoints = addEndpoints(this, {
      clusterName,
      region: aws.region,
      services: network.endpoints ?? [],
      vpcId: this.vpcId,
      cidr: network.cidr,
      subnetIds: this.privateSubnetIds,
      routeTableIds: [...tableIds, ...(publicRoutes ? [publicRoutes.tableId] : [])],
    });
    this.waysOut = [...(publicRoutes?.routes ?? []), ...routes, ...endpoints];
    if (network.flowLogs)
      addFlowLogs(this, { clusterName, region: aws.region, vpcId: this.vpcId, flowLogs: network.flowLogs });
  }

  /** Adds a tag to the subnets of the nodes. */
  tagPrivateSubnets(key: string, value: string): void {
    for (const subnet of this.privateSubnets) subnet.tags = { ...subnet.tagsInput, [key]: value };
  }

  private addSubnet(role: "public" | "private", index: number, cidrBlock: string): Subnet {
    const number = this.subnets++;
    return new Subnet(this, `${role}-${index + 1}`, {
      vpcId: this.vpcId,
      cidrBlock,
      ...(this.ipv6 && {
        ipv6CidrBlock: Fn.cidrsubnet(this.vpc.ipv6CidrBlock, IPV6_SUBNET_BITS, number),
        assignIpv6AddressOnCreation: true,
      }),
      availabilityZone: String(this.zoneNames[index]),
      tags: { Name: `${this.props.clusterName}-${role}-${index + 1}`, [LOAD_BALANCER_TAG[role]]: "1" },
    });
  }

  /** @returns their ids */
  private addNatGateways(gateway: InternetGateway | undefined): string[] {
    const subnetIds = this.publicSubnetIds;
    const count = { none: 0, single: 1, "one-per-az": subnetIds.length }[natGatewaysOf(this.props.network)];
    return subnetIds.slice(0, count).map((subnetId, index) => {
      const tags = { Name: `${this.props.clusterName}-${index + 1}` };
      const address = new Eip(this, `nat-address-${index + 1}`, { domain: "vpc", tags });
      return new NatGateway(this, `nat-gateway-${index + 1}`, {
        allocationId: address.id,
        subnetId,
        tags,
        ...(gateway && { dependsOn: [gateway] }),
      }).id;
    });
  }

  private routePublic(): PublicRoutes {
    const tags = { Name: this.props.clusterName };
    const gateway = new InternetGateway(this, "internet-gateway", { vpcId: this.vpcId, tags });
    const table = new RouteTable(this, "public-routes", { vpcId: this.vpcId, tags: { Name: `${tags.Name}-public` } });
    const tableId = table.id;
    const way = { routeTableId: tableId, gatewayId: gateway.id };
    const routes = [new Route(this, "public-route", { ...way, destinationCidrBlock: EVERYWHERE })];
    if (this.ipv6)
      routes.push(new Route(this, "public-route-ipv6", { ...way, destinationIpv6CidrBlock: EVERYWHERE_IPV6 }));
    this.publicSubnetIds.forEach((subnetId, index) => {
      new RouteTableAssociation(this, `public-association-${index + 1}`, { routeTableId: tableId, subnetId });
    });
    return { gateway, tableId, routes };
  }

  private routePrivate(natGatewayIds: readonly string[]): PrivateRoutes {
    const egressOnly =
      this.ipv6 && natGatewayIds.length > 0
        ? new EgressOnlyInternetGateway(this, "egress-only-gateway", {
            vpcId: this.vpcId,
            tags: { Name: this.props.clusterName },
          })
        : undefined;
    const egressOnlyGatewayId = egressOnly?.id;
    const routes: ITerraformDependable[] = [];
    const tableIds = this.privateSubnetIds.map((subnetId, index) => {
      const number = index + 1;
      const table = new RouteTable(this, `private-routes-${number}`, {
        vpcId: this.vpcId,
        tags: { Name: `${this.props.clusterName}-private-${number}` },
      });
      const routeTableId = table.id;
      const way = { routeTableId };
      routes.push(new RouteTableAssociation(this, `private-association-${number}`, { ...way, subnetId }));
      const natGatewayId = natGatewayIds[index] ?? natGatewayIds[0];
      if (natGatewayId) {
        const to = { destinationCidrBlock: EVERYWHERE, natGatewayId };
        routes.push(new Route(this, `private-route-${number}`, { ...way, ...to }));
      }
      if (egressOnlyGatewayId) {
        const to = { destinationIpv6CidrBlock: EVERYWHERE_IPV6, egressOnlyGatewayId };
        routes.push(new Route(this, `private-route-ipv6-${number}`, { ...way, ...to }));
      }
      return routeTableId;
    });
    return { tableIds, routes };
  }
}

interface PublicRoutes {
  readonly gateway: InternetGateway;
  readonly tableId: string;
  readonly routes: readonly ITerraformDependable[];
}

interface PrivateRoutes {
  readonly tableIds: readonly string[];
  readonly routes: readonly ITerraformDependable[];
}
