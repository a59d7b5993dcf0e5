import { TandemError } from "./tandem-error";

/** Services whose endpoint is a route and costs nothing; all others are network interfaces. */
const GATEWAYS: readonly string[] = ["s3", "dynamodb"];

/**
 * What nodes and pods need where private subnets have no way to the internet.
 * https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
export const PRIVATE_CLUSTER_ENDPOINTS = [
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "logs",
  "s3",
  "sts",
] as const;

/** Without these no node becomes ready: it could neither join nor pull an image. */
const NEEDED_BY_NODES: readonly string[] = ["ec2", "ecr.api", "ecr.dkr", "s3", "sts"];

/** True for a service whose endpoint is a route. */
export function isGatewayEndpoint(service: string): boolean {
  return GATEWAYS.includes(shortName(service));
}

/** The name of an endpoint service, such as `com.amazonaws.eu-central-1.ecr.api`; one that is written out stays as it is. */
export function endpointServiceName(region: string, service: string): string {
  return isWrittenOut(service) ? service : `com.amazonaws.${region}.${service}`;
}

/**
 * Checks a list of services.
 * @throws TandemError when one is no service's name, or stands twice
 */
export function requireEndpoints(services: readonly string[]): void {
  services.forEach((service, index) => {
    if (typeof service !== "string" || !/^[a-z0-9][a-z0-9.-]*$/.test(service)) {
      throw new TandemError(
        `endpoints: expected the name of an AWS service such as "ecr.api", got ${JSON.stringify(service)}`,
      );
    }
    if (services.indexOf(service) !== index) throw new TandemError(`endpoints: ${service} stands twice; name it once`);
  });
}

/**
 * Checks services against the region.
 * @throws TandemError when one that is written out is of another region, or a short name has several long ones there
 */
export function requireEndpointsOf(region: string, services: readonly string[]): void {
  for (const service of services) {
    if (isWrittenOut(service) && !service.split(".").includes(region)) {
      throw new TandemError(`endpoints: ${service} is not of ${region}, where the cluster is`);
    }
    if (!isWrittenOut(service) && region.startsWith("cn-")) {
      throw new TandemError(
        `endpoints: AWS in China names its services in two ways; write ${service} out as ` +
          `\`aws ec2 describe-vpc-endpoint-services --region ${region}\` prints it`,
      );
    }
  }
}

/** Services that nodes without a way to the internet need and that `services` lacks. */
export function missingEndpoints(services: readonly string[]): readonly string[] {
  const present = services.map(shortName);
  return NEEDED_BY_NODES.filter((service) => !present.includes(service));
}

function isWrittenOut(service: string): boolean {
  return service.includes("amazonaws");
}

function shortName(service: string): string {
  return isWrittenOut(service) ? service.replace(/^.*amazonaws\.[^.]+\./, "") : service;
}
