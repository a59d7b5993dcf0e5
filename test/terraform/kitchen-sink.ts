import * as path from "node:path";
import { Chart } from "cdk8s";
import { type App, TerraformVariable } from "cdktf";
import {
  AmiType,
  Backend,
  ClusterPair,
  type ClusterPairProps,
  type EksCluster,
  HelmChart,
  Network,
  type NetworkProps,
} from "eks-tandem";

const ADMIN = "arn:aws:iam::111111111111:role/admin";
const KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CHART = path.resolve(__dirname, "../fixtures/web-chart");

const NETWORK: NetworkProps = {
  cidr: "10.0.0.0/16",
  availabilityZones: ["us-east-1a", "us-east-1b"],
  subnets: { private: ["10.0.0.0/20", "10.0.16.0/20"], public: ["10.0.32.0/24", "10.0.33.0/24"] },
  natGateways: "one-per-az",
  endpoints: ["s3", "ecr.api"],
  flowLogs: { traffic: "ALL", retentionDays: 30 },
};

/** Pairs that use every option there is, so that every argument that the library writes is written once. */
export function kitchenSink(app: App): void {
  const everything = aPair(app, "sink", {
    network: Network.create(NETWORK),
    kubernetesNetwork: { ipFamily: "ipv6" },
    autoMode: { nodePools: ["general-purpose", "system"] },
    backend: Backend.s3({ bucket: "example", region: "us-east-1", keyPrefix: "eks", kmsKeyArn: KEY }),
  });
  addNodes(everything);
  addAddons(everything);
  addReleases(everything);
  everything.staging.importExisting({ addons: ["coredns"], logGroup: true, admins: [ADMIN] });
  const drain = aPair(app, "drain", {
    network: Network.existing({ vpcId: "vpc-0a1b2c3d", subnetIds: ["subnet-0a1b2c3d", "subnet-1a1b2c3d"] }),
    kubernetesNetwork: { ipFamily: "ipv4", serviceCidr: "172.20.0.0/16" },
    autoMode: false,
    secretsKeyArn: KEY,
    roles: { controlPlane: "arn:aws:iam::111111111111:role/eks", nodes: "arn:aws:iam::111111111111:role/nodes" },
    backend: Backend.hcp({ organization: "example", workspacePrefix: "eks-", project: "platform" }),
  });
  addWindowsNodes(drain);
}

function aPair(
  app: App,
  name: string,
  props: Pick<ClusterPairProps, "network"> & Partial<ClusterPairProps>,
): ClusterPair {
  const arn = "arn:aws:iam::111111111111:role/deployer";
  return new ClusterPair(app, name, {
    aws: { region: "us-east-1", accountId: "111111111111", assumeRole: { arn, sessionName: "ci" } },
    versions: { controlPlane: "1.36", nodes: "1.36" },
    supportType: "STANDARD",
    endpoint: {
      publicAccessCidrs: ["198.51.100.0/24"],
      privateAccessCidrs: ["10.9.0.0/16"],
      securityGroupIds: ["sg-0a1b2c3d"],
    },
    access: { admins: [ADMIN], authenticationMode: "API" },
    logging: { types: ["audit"], retentionDays: 30, kmsKeyArn: KEY },
    deletionProtection: true,
    preventDestroy: true,
    controlPlaneTier: "tier-xl",
    zonalShift: true,
    sessionManager: true,
    clients: { kubectl: "1.36" },
    tags: { team: "platform" },
    ...props,
  });
}

function addNodes(pair: ClusterPair): void {
  const size = { min: 1, max: 3, desired: 2 };
  pair.addNodeGroup("general", {
    amiType: AmiType.AL2023_ARM_64_STANDARD,
    instanceTypes: ["m7g.large"],
    size,
    version: "1.36",
    capacityType: "SPOT",
    diskSize: 100,
    maxUnavailablePercentage: 50,
    nodeRepair: false,
    labels: { pool: "general" },
    taints: [
      { key: "dedicated", value: "general", effect: "NO_SCHEDULE" },
      { key: "draining", effect: "PREFER_NO_SCHEDULE" },
    ],
    subnetIds: ["subnet-0a1b2c3d"],
  });
  pair.addNodeGroup("bottlerocket", {
    amiType: AmiType.BOTTLEROCKET_x86_64,
    instanceTypes: ["m7i.large"],
    size,
    maxUnavailable: 1,
  });
  const own = { amiId: "ami-0a1b2c3d4e5f67890", version: "1.36", instanceTypes: ["m7i.large"], size };
  pair.addNodeGroup("own-al2023", { ...own, amiType: AmiType.AL2023_x86_64_STANDARD });
  pair.addNodeGroup("own-bottlerocket", { ...own, amiType: AmiType.BOTTLEROCKET_x86_64, labels: { pool: "own" } });
  pair.addFargateProfile("batch", {
    selectors: [{ namespace: "batch", labels: { runs: "nightly" } }],
    subnetIds: ["subnet-0a1b2c3d"],
  });
  pair.addKarpenter({ namespace: "karpenter", serviceAccount: "controller" });
}

function addWindowsNodes(pair: ClusterPair): void {
  pair.addNodeGroup("own-windows", {
    amiId: "ami-0a1b2c3d4e5f67890",
    version: "1.36",
    instanceTypes: ["m7i.large"],
    size: { min: 1, max: 3 },
    amiType: AmiType.WINDOWS_CORE_2025_x86_64,
    userData: "<powershell>Start-Node</powershell>",
  });
}

const STATEMENT = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::web/*" } as const;
const POD_IDENTITY = {
  serviceAccount: "web",
  namespace: "web",
  policies: ["AmazonS3ReadOnlyAccess", "arn:aws:iam::111111111111:policy/web"],
  policy: { Statement: [STATEMENT] },
};

function addAddons(pair: ClusterPair): void {
  pair.addAddon("vpc-cni", {
    version: "v1.22.4-eksbuild.3",
    configuration: { env: { ENABLE_PREFIX_DELEGATION: "true" } },
  });
  pair.addAddon("coredns", {
    version: "v1.14.3-eksbuild.16",
    resolveConflictsOnCreate: "NONE",
    resolveConflictsOnUpdate: "PRESERVE",
    preserve: true,
  });
  pair.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
  pair.addAddon("aws-efs-csi-driver", { version: "v3.4.2-eksbuild.1", podIdentity: {} });
}

function addReleases(pair: ClusterPair): void {
  for (const cluster of [pair.staging, pair.production]) addRelease(cluster);
  pair.addHelmRelease("metrics-server", {
    chart: HelmChart.repository("https://kubernetes-sigs.github.io/metrics-server", "metrics-server", "3.13.1"),
    namespace: "kube-system",
  });
  pair.addHelmRelease("cert-manager", {
    chart: HelmChart.oci("oci://quay.io/jetstack/charts/cert-manager", "v1.21.0"),
    namespace: "cert-manager",
  });
  pair.addManifests("settings", (scope) => new Chart(scope, "settings"), {
    namespace: "web",
    podIdentity: POD_IDENTITY,
  });
}

function addRelease(cluster: EksCluster): void {
  const password = new TerraformVariable(cluster.releasesStack, "password", { type: "string", sensitive: true });
  cluster.addHelmRelease("web", {
    chart: HelmChart.local(CHART),
    namespace: "web",
    podIdentity: { ...POD_IDENTITY, serviceAccount: "web-jobs" },
    values: { replicas: 2 },
    sensitiveValues: { password: password.stringValue },
    createNamespace: true,
    atomic: true,
    wait: true,
    timeoutSeconds: 600,
    maxHistory: 5,
    takeOwnership: true,
    upgradeInstall: true,
  });
}
