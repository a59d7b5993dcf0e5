import { Token } from "cdktf";
import type { Construct } from "constructs";
import { requirePublicCidr } from "../domain/access-cidr";
import { requireZoneOf } from "../domain/availability-zone";
import { requireAwsEnvironment, requirePrincipal, requireRoleOf } from "../domain/aws";
import { Cidr } from "../domain/cidr";
import { requireLogRetention } from "../domain/log-retention";
import { requireServiceCidr } from "../domain/service-cidr";
import { TandemError } from "../domain/tandem-error";
import { requireEndpointsOf } from "../domain/vpc-endpoint";
import { Backend } from "./backend";
import { holdsDiffers } from "./differs";
import type { EksClusterProps } from "./eks-cluster-props";
import { placed } from "./misuse";
import { isExisting, Network } from "./network";
import { CLUSTER, requireKnownOptions } from "./option-names";
import { isTerraformValue, requireKubernetesVersion } from "./stated";

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const CLUSTER_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:key\/[\w-]+$/;

/** @throws TandemError when a prop is missing or AWS would refuse it; the message names it */
export function requireClusterProps(scope: Construct, id: string, name: string, props: EksClusterProps): void {
  placed(scope, id, () => {
    requireKnownOptions(props, CLUSTER);
    requireName(name);
    requirePlain(props);
    requireAwsEnvironment(props.aws);
    requireSupportType(props);
    requireNetwork(props);
    requireKubernetesNetwork(props);
    requireEndpoint(props);
    requireAccess(props);
    requireEncryption(props);
    requireLogRetention("logging.retentionDays", props.logging?.retentionDays);
    requireAutoMode(props);
  });
  if (props.clients?.kubectl !== undefined)
    requireKubernetesVersion(scope, id, "clients.kubectl", props.clients.kubectl);
}

function requireName(name: string): void {
  if (CLUSTER_NAME.test(name) && !Token.isUnresolved(name)) return;
  throw new TandemError(
    `a cluster's name has 1 to 100 letters, digits, hyphens and underscores and starts with a letter or digit, got ${JSON.stringify(name)}`,
  );
}

function requirePlain(props: EksClusterProps): void {
  const differing = Object.entries(props).find(([, value]) => holdsDiffers(value));
  if (!differing) return;
  throw new TandemError(
    `${differing[0]} holds a differs(), but this cluster has no twin; write the plain value, or describe both with ClusterPair`,
  );
}

function requireSupportType({ supportType }: EksClusterProps): void {
  if (supportType === "STANDARD" || supportType === "EXTENDED") return;
  throw new TandemError(
    `supportType: expected "STANDARD" (EKS upgrades the cluster itself when standard support ends) or "EXTENDED" (extended support is billed), got ${JSON.stringify(supportType)}`,
  );
}

function requireNetwork({ network, aws, backend }: EksClusterProps): void {
  if (!Network.isNetwork(network)) {
    throw new TandemError(
      'network is missing; write Network.create({ cidr: "10.0.0.0/16" }) or Network.existing({ vpcId, subnetIds })',
    );
  }
  if (backend !== undefined && !Backend.isBackend(backend)) {
    throw new TandemError("backend: expected what Backend.s3({ bucket, region }), .hcp or .local gives");
  }
  if (isExisting(network.props)) return;
  const { availabilityZones, endpoints = [] } = network.props;
  if (typeof availabilityZones === "object") for (const zone of availabilityZones) requireZoneOf(aws.region, zone);
  requireEndpointsOf(aws.region, endpoints);
}

function requireKubernetesNetwork({ kubernetesNetwork = {}, network }: EksClusterProps): void {
  const { ipFamily, serviceCidr } = kubernetesNetwork;
  if (ipFamily !== undefined && ipFamily !== "ipv4" && ipFamily !== "ipv6") {
    throw new TandemError(`kubernetesNetwork.ipFamily: expected "ipv4" or "ipv6", got ${JSON.stringify(ipFamily)}`);
  }
  if (serviceCidr === undefined) return;
  if (ipFamily === "ipv6") {
    throw new TandemError(
      "kubernetesNetwork.serviceCidr: with ipFamily ipv6 EKS chooses the services' range; leave it out",
    );
  }
  requireServiceCidr(serviceCidr, isExisting(network.props) ? undefined : network.props.cidr);
}

function requireEndpoint({ endpoint = {}, kubernetesNetwork }: EksClusterProps): void {
  for (const cidr of endpoint.publicAccessCidrs ?? []) {
    if (!isTerraformValue(cidr)) requirePublicCidr(cidr, kubernetesNetwork?.ipFamily);
  }
  for (const cidr of endpoint.privateAccessCidrs ?? []) if (!isTerraformValue(cidr)) Cidr.parse(cidr);
}

function requireAccess({ access = {}, roles = {}, aws }: EksClusterProps): void {
  for (const arn of access.admins ?? []) if (!isTerraformValue(arn)) requirePrincipal("access.admins", arn);
  const mode = access.authenticationMode;
  if (mode !== undefined && mode !== "API" && mode !== "API_AND_CONFIG_MAP") {
    throw new TandemError(
      `access.authenticationMode: expected "API" or "API_AND_CONFIG_MAP", got ${JSON.stringify(mode)}: access entries need the API`,
    );
  }
  for (const [part, arn] of Object.entries(roles)) {
    if (arn !== undefined && !isTerraformValue(arn)) requireRoleOf(aws.accountId, `roles.${part}`, arn);
  }
}

function requireEncryption({ secretsKeyArn, logging, aws }: EksClusterProps): void {
  for (const [prop, arn] of [
    ["secretsKeyArn", secretsKeyArn],
    ["logging.kmsKeyArn", logging?.kmsKeyArn],
  ] as const) {
    if (arn === undefined || isTerraformValue(arn)) continue;
    if (KEY_ARN.exec(arn)?.[1] === aws.region) continue;
    throw new TandemError(
      `${prop}: expected the ARN of a KMS key of ${aws.region}, such as "arn:aws:kms:${aws.region}:${aws.accountId}:key/…", got ${JSON.stringify(arn)}`,
    );
  }
}

function requireAutoMode({ autoMode }: EksClusterProps): void {
  if (!autoMode) return;
  const unknown = (autoMode.nodePools ?? []).find((pool) => pool !== "general-purpose" && pool !== "system");
  if (unknown === undefined) return;
  throw new TandemError(
    `autoMode.nodePools: EKS has the built-in node pools "general-purpose" and "system", got ${JSON.stringify(unknown)}`,
  );
}
