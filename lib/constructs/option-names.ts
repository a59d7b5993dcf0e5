import type { AwsEnvironment } from "../domain/aws";
import { didYouMean } from "../domain/did-you-mean";
import { TandemError } from "../domain/tandem-error";
import type { AcknowledgementProps } from "./acknowledgements";
import type { AddonProps } from "./addon";
import type { HcpBackendProps, LocalBackendProps, S3BackendProps } from "./backend";
import type { ClusterNames, PromotionOptions } from "./cluster-pair";
import type { EksClusterProps, RollbackOptions } from "./eks-cluster-props";
import type { FargateProfileProps } from "./fargate-profile";
import type { HelmReleaseProps } from "./helm-release";
import type { ExistingParts } from "./import-existing";
import type { KarpenterProps } from "./karpenter";
import type { KubernetesManifestsProps } from "./kubernetes-manifests";
import type { ExistingNetworkProps, NetworkProps } from "./network";
import type { NodeGroupProps } from "./node-group";

type Item<T> = T extends readonly (infer I)[] ? I : T;

/** The names of the options `T`, and of those of an object or a list of objects within it. None can be forgotten: it would not compile. */
export type OptionNames<T> = {
  readonly [K in keyof Required<T>]: true | OptionNames<Extract<Item<NonNullable<T[K]>>, object>>;
};

/**
 * Refuses options that there are not: TypeScript lets a misspelt one pass where it comes in by a spread or a variable, and it would
 * silently do nothing.
 * @param path what the options are within, with a dot, such as `size.`; empty for the outermost
 * @throws TandemError that names the option, what it may have been meant to be, and all that there are
 */
export function requireKnownOptions<T>(options: T, names: OptionNames<T>, path = ""): void {
  if (typeof options !== "object" || options === null) return;
  const known = names as Readonly<Record<string, true | OptionNames<unknown>>>;
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) throw unknownOption(path, name, Object.keys(known));
    const within = known[name];
    if (typeof within !== "object") continue;
    const items: [string, unknown][] = Array.isArray(value)
      ? value.map((item, index) => [`${path}${name}[${index}].`, item])
      : [[`${path}${name}.`, value]];
    for (const [where, item] of items) requireKnownOptions(item, within, where);
  }
}

/** What the library itself hands over to the constructs. */
const OWN = ["cluster", "source", "environment", "pair"];

function unknownOption(path: string, name: string, names: readonly string[]): TandemError {
  const options = names.filter((each) => !OWN.includes(each));
  const near = didYouMean(name, options);
  return new TandemError(`there is no option ${path}${name}${near || ";"} the options are ${options.join(", ")}`);
}

const AWS: OptionNames<AwsEnvironment> = {
  region: true,
  accountId: true,
  assumeRole: { arn: true, sessionName: true },
};

export const CLUSTER: OptionNames<EksClusterProps> = {
  name: true,
  environment: true,
  pair: true,
  aws: AWS,
  backend: true,
  versions: { controlPlane: true, nodes: true },
  supportType: true,
  network: true,
  endpoint: { publicAccessCidrs: true, privateAccessCidrs: true, securityGroupIds: true },
  access: { admins: true, deployer: true, authenticationMode: true },
  logging: { types: true, retentionDays: true, kmsKeyArn: true },
  kubernetesNetwork: { ipFamily: true, serviceCidr: true },
  secretsKeyArn: true,
  roles: { controlPlane: true, nodes: true, windowsNodes: true },
  autoMode: { nodePools: true },
  controlPlaneTier: true,
  preventDestroy: true,
  deletionProtection: true,
  zonalShift: true,
  sessionManager: true,
  clients: { kubectl: true },
  tags: true,
};

/** Of a pair, at the first level: what lies deeper may be a differs(), and is looked at when each cluster gets its own. */
export const PAIR: OptionNames<Readonly<Record<string, unknown>>> = Object.fromEntries(
  [...Object.keys(CLUSTER).filter((name) => name !== "name" && !OWN.includes(name)), "names", "promotion"].map(
    (name) => [name, true as const],
  ),
);
export const NAMES: OptionNames<ClusterNames> = { staging: true, production: true };
export const PROMOTION: OptionNames<PromotionOptions> = { soakDays: true };
export const ROLLBACK: OptionNames<RollbackOptions> = { to: true, because: true };
export const EXISTING_PARTS: OptionNames<ExistingParts> = { addons: true, logGroup: true, admins: true };
export const ACKNOWLEDGEMENT: OptionNames<AcknowledgementProps> = { rule: true, reason: true, until: true };

export const NODE_GROUP: OptionNames<NodeGroupProps> = {
  cluster: true,
  amiType: true,
  instanceTypes: true,
  size: { min: true, max: true, desired: true },
  version: true,
  releaseVersion: true,
  amiId: true,
  userData: true,
  capacityType: true,
  diskSize: true,
  maxUnavailable: true,
  maxUnavailablePercentage: true,
  nodeRepair: true,
  labels: true,
  taints: { key: true, value: true, effect: true },
  subnetIds: true,
};

export const FARGATE_PROFILE: OptionNames<FargateProfileProps> = {
  cluster: true,
  selectors: { namespace: true, labels: true },
  subnetIds: true,
};

export const KARPENTER: OptionNames<KarpenterProps> = {
  cluster: true,
  namespace: true,
  tagSubnets: true,
  serviceAccount: true,
};

const OWNERSHIP = { owner: true, why: true, reviewBy: true } as const;
const POD_IDENTITY = { serviceAccount: true, namespace: true, policies: true, policy: true } as const;

export const ADDON: OptionNames<AddonProps> = {
  ...OWNERSHIP,
  cluster: true,
  version: true,
  configuration: true,
  podIdentity: { serviceAccount: true, policies: true, policy: true },
  resolveConflictsOnCreate: true,
  resolveConflictsOnUpdate: true,
  preserve: true,
};

export const MANIFESTS: OptionNames<KubernetesManifestsProps> = {
  ...OWNERSHIP,
  cluster: true,
  source: true,
  namespace: true,
  podIdentity: POD_IDENTITY,
};

export const RELEASE: OptionNames<HelmReleaseProps> = {
  ...OWNERSHIP,
  cluster: true,
  chart: true,
  namespace: true,
  appVersion: true,
  values: true,
  valuesFiles: true,
  sensitiveValues: true,
  podIdentity: POD_IDENTITY,
  createNamespace: true,
  atomic: true,
  wait: true,
  timeoutSeconds: true,
  maxHistory: true,
  deployFrom: true,
  takeOwnership: true,
  upgradeInstall: true,
};

export const NETWORK: OptionNames<NetworkProps> = {
  cidr: true,
  availabilityZones: true,
  subnets: { private: true, public: true },
  natGateways: true,
  endpoints: true,
  flowLogs: { traffic: true, retentionDays: true },
};

export const EXISTING_NETWORK: OptionNames<ExistingNetworkProps> = { vpcId: true, subnetIds: true };

export const S3_BACKEND: OptionNames<S3BackendProps> = {
  bucket: true,
  region: true,
  keyPrefix: true,
  useLockfile: true,
  kmsKeyArn: true,
  assumeRole: AWS.assumeRole,
};

export const HCP_BACKEND: OptionNames<HcpBackendProps> = {
  organization: true,
  workspacePrefix: true,
  project: true,
  hostname: true,
};

export const LOCAL_BACKEND: OptionNames<LocalBackendProps> = { folder: true };
