import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { endpointServiceName, isGatewayEndpoint } from "../domain/vpc-endpoint";

const HTTPS = 443;

export interface EndpointsProps {
  readonly clusterName: string;
  readonly region: string;
  readonly services: readonly string[];
  readonly vpcId: string;
  /** The VPC's IPv4 range: who may reach the endpoints. */
  readonly cidr: string;
  readonly subnetIds: readonly string[];
  readonly routeTableIds: readonly string[];
}

/** The VPC's endpoints: a route for S3 and DynamoDB, network interfaces in the private subnets for all other services. */
export function addEndpoints(scope: Construct, props: EndpointsProps): ITerraformDependable[] {
  const interfaces = props.services.filter((service) => !isGatewayEndpoint(service));
  const admission = interfaces.length > 0 ? admitVpc(scope, props) : undefined;
  return props.services.map((service) => {
    const serviceName = endpointServiceName(props.region, service);
    return new VpcEndpoint(scope, `endpoint-${serviceName.replace(/^.*amazonaws\.[^.]+\./, "").replace(/\./g, "-")}`, {
      vpcId: props.vpcId,
      serviceName,
      tags: { Name: `${props.clusterName}-${service}` },
      ...(isGatewayEndpoint(service)
        ? { vpcEndpointType: "Gateway", routeTableIds: [...props.routeTableIds] }
        : {
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
            subnetIds: [...props.subnetIds],
            ...(admission && { securityGroupIds: [admission.group.id], dependsOn: [admission.rule] }),
          }),
    });
  });
}

function admitVpc(scope: Construct, { clusterName, vpcId, cidr }: EndpointsProps) {
  const group = new SecurityGroup(scope, "endpoints", {
    name: `endpoints-${clusterName}`,
    description: "Endpoints of AWS services, for everything in the VPC",
    vpcId,
    tags: { Name: `${clusterName}-endpoints` },
  });
  const rule = new VpcSecurityGroupIngressRule(scope, "endpoints-from-vpc", {
    securityGroupId: group.id,
    cidrIpv4: cidr,
    ipProtocol: "tcp",
    fromPort: HTTPS,
    toPort: HTTPS,
  });
  return { group, rule };
}
