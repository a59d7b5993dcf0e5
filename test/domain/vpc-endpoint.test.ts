import {
  endpointServiceName,
  isGatewayEndpoint,
  missingEndpoints,
  PRIVATE_CLUSTER_ENDPOINTS,
  requireEndpoints,
  requireEndpointsOf,
} from "../../lib/domain/vpc-endpoint";

describe("an endpoint's service", () => {
  it.each([
    ["ecr.api", "com.amazonaws.eu-central-1.ecr.api", false],
    ["s3", "com.amazonaws.eu-central-1.s3", true],
    ["com.amazonaws.eu-central-1.s3", "com.amazonaws.eu-central-1.s3", true],
    ["com.amazonaws.eu-central-1.sts", "com.amazonaws.eu-central-1.sts", false],
  ])("%s is %s, a route: %p", (service, name, gateway) => {
    expect(endpointServiceName("eu-central-1", service)).toBe(name);
    expect(isGatewayEndpoint(service)).toBe(gateway);
  });

  it("is missing where nodes without a way to the internet could not do without it", () => {
    expect(missingEndpoints(PRIVATE_CLUSTER_ENDPOINTS)).toEqual([]);
    expect(missingEndpoints(["s3", "com.amazonaws.eu-central-1.ecr.api"])).toEqual(["ec2", "ecr.dkr", "sts"]);
  });

  it.each<[unknown[], string]>([
    [["ECR"], 'endpoints: expected the name of an AWS service such as "ecr.api", got "ECR"'],
    [[3], 'endpoints: expected the name of an AWS service such as "ecr.api", got 3'],
    [["s3", "s3"], "endpoints: s3 stands twice; name it once"],
  ])("is refused in %j", (services, message) => {
    expect(() => requireEndpoints(services as string[])).toThrow(new Error(message));
  });

  it.each([
    [
      "eu-central-1",
      "com.amazonaws.us-east-1.s3",
      "endpoints: com.amazonaws.us-east-1.s3 is not of eu-central-1, where the cluster is",
    ],
    [
      "cn-north-1",
      "sts",
      "endpoints: AWS in China names its services in two ways; write sts out as `aws ec2 describe-vpc-endpoint-services --region cn-north-1` prints it",
    ],
  ])("is refused in %s: %s", (region, service, message) => {
    expect(() => requireEndpointsOf(region, [service])).toThrow(new Error(message));
  });

  it("is taken in China where it is written out", () => {
    expect(() => requireEndpointsOf("cn-north-1", ["cn.com.amazonaws.cn-north-1.sts"])).not.toThrow();
  });
});
