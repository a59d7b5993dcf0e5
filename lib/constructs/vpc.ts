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
    const publicSubnets = plan.public.map((cidr, index) => this.addSubnet("public", index, cidr));
    const privateSubnets = plan.private.map((cidr, index) => this.addSubnet("private", index, cidr));
    this.publicSubnetIds = publicSubnets.map((subnet) => subnet.id);
    this.privateSubnetIds = privateSubnets.map((subnet) => subnet.id);
    const publicRoutes = publicSubnets.length > 0 ? this.routePublic(publicSubnets) : undefined;
    const { tables, routes } = this.routePrivate(
      privateSubnets,
      this.addNatGateways(publicSubnets, publicRoutes?.gateway),
    );
    const endpoints = addEndpoints(this, {
      clusterName,
      region: aws.region,
      services: network.endpoints ?? [],
      vpcId: this.vpcId,
      cidr: network.cidr,
      subnetIds: this.privateSubnetIds,
      routeTableIds: [...tables, ...(publicRoutes ? [publicRoutes.table] : [])].map((table) => table.id),
    });
    this.waysOut = [...(publicRoutes?.routes ?? []), ...routes, ...endpoints];
    if (network.flowLogs)
      addFlowLogs(this, { clusterName, region: aws.region, vpcId: this.vpcId, flowLogs: network.flowLogs });
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

  private addNatGateways(subnets: readonly Subnet[], gateway: InternetGateway | undefined): NatGateway[] {
    const count = { none: 0, single: 1, "one-per-az": subnets.length }[natGatewaysOf(this.props.network)];
    return subnets.slice(0, count).map((subnet, index) => {
      const tags = { Name: `${this.props.clusterName}-${index + 1}` };
      const address = new Eip(this, `nat-address-${index + 1}`, { domain: "vpc", tags });
      return new NatGateway(this, `nat-gateway-${index + 1}`, {
        allocationId: address.id,
        subnetId: subnet.id,
        tags,
        ...(gateway && { dependsOn: [gateway] }),
      });
    });
  }

  private routePublic(subnets: readonly Subnet[]): PublicRoutes {
    const tags = { Name: this.props.clusterName };
    const gateway = new InternetGateway(this, "internet-gateway", { vpcId: this.vpcId, tags });
    const table = new RouteTable(this, "public-routes", { vpcId: this.vpcId, tags: { Name: `${tags.Name}-public` } });
    const way = { routeTableId: table.id, gatewayId: gateway.id };
    const routes = [new Route(this, "public-route", { ...way, destinationCidrBlock: EVERYWHERE })];
    if (this.ipv6)
      routes.push(new Route(this, "public-route-ipv6", { ...way, destinationIpv6CidrBlock: EVERYWHERE_IPV6 }));
    subnets.forEach((subnet, index) => {
      new RouteTableAssociation(this, `public-association-${index + 1}`, {
        routeTableId: table.id,
        subnetId: subnet.id,
      });
    });
    return { gateway, table, routes };
  }

  private routePrivate(subnets: readonly Subnet[], gateways: readonly NatGateway[]): PrivateRoutes {
    const egressOnly =
      this.ipv6 && gateways.length > 0
        ? new EgressOnlyInternetGateway(this, "egress-only-gateway", {
            vpcId: this.vpcId,
            tags: { Name: this.props.clusterName },
          })
        : undefined;
    const routes: ITerraformDependable[] = [];
    const tables = subnets.map((subnet, index) => {
      const number = index + 1;
      const table = new RouteTable(this, `private-routes-${number}`, {
        vpcId: this.vpcId,
        tags: { Name: `${this.props.clusterName}-private-${number}` },
      });
      routes.push(
        new RouteTableAssociation(this, `private-association-${number}`, {
          routeTableId: table.id,
          subnetId: subnet.id,
        }),
      );
      const nat = gateways[index] ?? gateways[0];
      const way = { routeTableId: table.id };
      if (nat) {
        const to = { destinationCidrBlock: EVERYWHERE, natGatewayId: nat.id };
        routes.push(new Route(this, `private-route-${number}`, { ...way, ...to }));
      }
      if (egressOnly) {
        const to = { destinationIpv6CidrBlock: EVERYWHERE_IPV6, egressOnlyGatewayId: egressOnly.id };
        routes.push(new Route(this, `private-route-ipv6-${number}`, { ...way, ...to }));
      }
      return table;
    });
    return { tables, routes };
  }
}

interface PublicRoutes {
  readonly gateway: InternetGateway;
  readonly table: RouteTable;
  readonly routes: readonly ITerraformDependable[];
}

interface PrivateRoutes {
  readonly tables: readonly RouteTable[];
  readonly routes: readonly ITerraformDependable[];
}
