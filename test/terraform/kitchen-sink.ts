import * as path from "node:path";
import { Chart } from "cdk8s";
import { type App, TerraformVariable } from "cdktf";
import { AmiType, ClusterPair, type EksCluster, HelmChart, Network } from "eks-tandem";

const CHART = path.resolve(__dirname, "../fixtures/web-chart");

/** Two pairs that use every option there is, so that every argument that the library writes is written once. */
export function kitchenSink(app: App): void {
  const everything = aPair(app, "sink", Network.create({ cidr: "10.0.0.0/16", natGateways: "one-per-az" }));
  addNodes(everything);
  addAddons(everything);
  addReleases(everything);
  aPair(app, "drain", Network.existing({ vpcId: "vpc-0a1b2c3d", subnetIds: ["subnet-0a1b2c3d", "subnet-1a1b2c3d"] }));
}

function aPair(app: App, name: string, network: Network): ClusterPair {
  return new ClusterPair(app, name, {
    aws: { region: "us-east-1", accountId: "111111111111" },
    versions: { controlPlane: "1.36", nodes: "1.36" },
    supportType: "STANDARD",
    network,
    endpoint: { publicAccessCidrs: ["198.51.100.0/24"] },
    access: { admins: ["arn:aws:iam::111111111111:role/admin"] },
    logging: { types: ["audit"], retentionDays: 30 },
    deletionProtection: true,
    zonalShift: true,
    clients: { kubectl: "1.36" },
    tags: { team: "platform" },
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
  pair.addNodeGroup("bottlerocket", { amiType: AmiType.BOTTLEROCKET_x86_64, instanceTypes: ["m7i.large"], size });
}

function addAddons(pair: ClusterPair): void {
  pair.addAddon("vpc-cni", {
    version: "v1.22.4-eksbuild.3",
    configuration: { env: { ENABLE_PREFIX_DELEGATION: "true" } },
  });
  pair.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
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
  pair.addManifests("settings", (scope) => new Chart(scope, "settings"), { namespace: "web" });
}

function addRelease(cluster: EksCluster): void {
  const password = new TerraformVariable(cluster.releasesStack, "password", { type: "string", sensitive: true });
  cluster.addHelmRelease("web", {
    chart: HelmChart.local(CHART),
    namespace: "web",
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
