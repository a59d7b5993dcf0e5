import { Chart } from "cdk8s";
import { Acknowledgements, Backend, type ClusterPair, HelmChart, Network } from "eks-tandem";
import { AS_OF, aPair, GROUP, removeApps } from "./build-app";

/** Options as they come from a spread or a variable, where TypeScript lets a misspelt one pass. */
const with_ = (extra: object): object => extra;

const RELEASE = { chart: HelmChart.repository("https://charts.example.com", "web", "1.0.0"), namespace: "web" };
const CIDR = { cidr: "10.0.0.0/16" };
const POLICY = { policies: ["AmazonS3ReadOnlyAccess"] };

const PAIR_OPTIONS =
  "aws, backend, versions, supportType, network, endpoint, access, logging, kubernetesNetwork, secretsKeyArn, roles, autoMode, " +
  "controlPlaneTier, preventDestroy, deletionProtection, zonalShift, sessionManager, clients, tags, names, promotion";
const GROUP_OPTIONS =
  "amiType, instanceTypes, size, version, releaseVersion, amiId, userData, capacityType, diskSize, maxUnavailable, " +
  "maxUnavailablePercentage, nodeRepair, labels, taints, subnetIds";
const RELEASE_OPTIONS =
  "owner, why, reviewBy, chart, namespace, appVersion, values, valuesFiles, sensitiveValues, podIdentity, createNamespace, atomic, " +
  "wait, timeoutSeconds, maxHistory, deployFrom, takeOwnership, upgradeInstall";

describe("an option that there is not", () => {
  beforeAll(() => {
    process.env.TANDEM_AS_OF = AS_OF;
  });
  afterAll(() => {
    delete process.env.TANDEM_AS_OF;
  });
  afterEach(removeApps);

  const cases: readonly [string, (pair: () => ClusterPair) => unknown, string][] = [
    [
      "of a pair",
      () => aPair(undefined, with_({ deletionProtecton: true })),
      `aws1: there is no option deletionProtecton; did you mean deletionProtection? the options are ${PAIR_OPTIONS}`,
    ],
    [
      "that only a cluster has, of a pair",
      () => aPair(undefined, with_({ name: "shop" })),
      `aws1: there is no option name; did you mean names? the options are ${PAIR_OPTIONS}`,
    ],
    [
      "within an option of a pair",
      () => aPair(undefined, with_({ endpoint: { publicAccessCidr: ["198.51.100.0/24"] } })),
      "stage-aws1/cluster: there is no option endpoint.publicAccessCidr; did you mean publicAccessCidrs? " +
        "the options are publicAccessCidrs, privateAccessCidrs, securityGroupIds",
    ],
    [
      "of the names of a pair",
      () => aPair(undefined, with_({ names: { stage: "a", production: "b" } })),
      "aws1: there is no option names.stage; the options are staging, production",
    ],
    [
      "of the promotion",
      () => aPair(undefined, with_({ promotion: { soakDay: 3 } })),
      "aws1: there is no option promotion.soakDay; did you mean soakDays? the options are soakDays",
    ],
    [
      "of the account",
      () => aPair(undefined, with_({ aws: { region: "us-east-1", accountId: "111111111111", profile: "ci" } })),
      "stage-aws1/cluster: there is no option aws.profile; the options are region, accountId, assumeRole",
    ],
    [
      "of a node group",
      (pair) => pair().addNodeGroup("general", { ...GROUP, ...with_({ lables: { pool: "general" } }) }),
      `stage-aws1/cluster/general: there is no option lables; did you mean labels? the options are ${GROUP_OPTIONS}`,
    ],
    [
      "of an item in a list",
      (pair) =>
        pair().addNodeGroup("general", {
          ...GROUP,
          taints: [{ key: "dedicated", effect: "NO_SCHEDULE", ...with_({ operator: "Exists" }) }],
        }),
      "stage-aws1/cluster/general: there is no option taints[0].operator; the options are key, value, effect",
    ],
    [
      "of a Fargate profile",
      (pair) =>
        pair().addFargateProfile("batch", { selectors: [{ namespace: "batch" }], ...with_({ subnets: ["subnet-1"] }) }),
      "stage-aws1/cluster/batch: there is no option subnets; did you mean subnetIds? the options are selectors, subnetIds",
    ],
    [
      "of Karpenter",
      (pair) => pair().addKarpenter(with_({ tagSubnet: false })),
      "stage-aws1/cluster/karpenter: there is no option tagSubnet; did you mean tagSubnets? " +
        "the options are namespace, tagSubnets, serviceAccount",
    ],
    [
      "of an add-on",
      (pair) => pair().addAddon("coredns", { version: "v1.14.3-eksbuild.16", ...with_({ config: {} }) }),
      "stage-aws1/cluster/coredns: there is no option config; the options are owner, why, reviewBy, version, configuration, " +
        "podIdentity, resolveConflictsOnCreate, resolveConflictsOnUpdate, preserve",
    ],
    [
      "of a release",
      (pair) => pair().addHelmRelease("web", { ...RELEASE, ...with_({ value: { replicas: 2 } }) }),
      `stage-aws1-releases/web: there is no option value; did you mean values? the options are ${RELEASE_OPTIONS}`,
    ],
    [
      "of a pod identity",
      (pair) =>
        pair().addHelmRelease("web", {
          ...RELEASE,
          podIdentity: { serviceAccount: "web", ...POLICY, ...with_({ serviceAcount: "web" }) },
        }),
      "stage-aws1-releases/web: there is no option podIdentity.serviceAcount; did you mean serviceAccount? " +
        "the options are serviceAccount, namespace, policies, policy",
    ],
    [
      "of manifests",
      (pair) => pair().addManifests("web", (scope) => new Chart(scope, "web"), with_({ namespaces: "web" })),
      "stage-aws1-releases/web: there is no option namespaces; did you mean namespace? " +
        "the options are owner, why, reviewBy, namespace, podIdentity",
    ],
    [
      "of a network",
      () => Network.create({ ...CIDR, ...with_({ natGateway: "single" }) }),
      "there is no option natGateway; did you mean natGateways? " +
        "the options are cidr, availabilityZones, subnets, natGateways, endpoints, flowLogs",
    ],
    [
      "of a network that exists",
      () => Network.existing({ vpcId: "vpc-1", subnetIds: ["a", "b"], ...with_(CIDR) }),
      "there is no option cidr; the options are vpcId, subnetIds",
    ],
    [
      "of a backend",
      () => Backend.s3({ bucket: "example", region: "us-east-1", ...with_({ key: "eks" }) }),
      "there is no option key; the options are bucket, region, keyPrefix, useLockfile, kmsKeyArn, assumeRole",
    ],
    [
      "of an acknowledgement",
      (pair) =>
        Acknowledgements.of(pair()).add({ rule: "removed-api", reason: "gone soon", ...with_({ util: "2027-01-31" }) }),
      "aws1: there is no option util; did you mean until? the options are rule, reason, until",
    ],
    [
      "of a rollback",
      (pair) => pair().staging.rollback({ to: "1.35", because: "webhooks fail", ...with_({ until: "2027-01-31" }) }),
      "stage-aws1/cluster: there is no option rollback.until; the options are to, because",
    ],
    [
      "of what exists",
      (pair) => pair().staging.importExisting(with_({ nodeGroups: ["general"] })),
      "stage-aws1/cluster: there is no option nodeGroups; the options are addons, logGroup, admins",
    ],
  ];

  it.each(cases)("%s is refused, with those that there are", (_of, misuse, message) => {
    let said = "";
    try {
      misuse(() => aPair());
    } catch (error) {
      said = (error as Error).message;
    }
    const [what, where] = said.split("\n");
    expect(what).toBe(message);
    expect(where).toMatch(/^ {2}at test\/constructs\/(build-app|option-names\.test)\.ts:\d+:\d+$/);
  });
});
