import { App } from "cdktf";
import { AmiType, ClusterPair, differs, HelmChart, Network } from "eks-tandem";

/** A pair with a year of history in tandem.history.json; RUNBOOK.md beside it is the way to the next versions. */
const app = new App();

const orders = new ClusterPair(app, "orders", {
  aws: differs({
    staging: { region: "eu-west-1", accountId: "111111111111" },
    production: { region: "eu-west-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: { controlPlane: "1.35", nodes: "1.35" },
  supportType: "STANDARD",
  promotion: { soakDays: 10 },
  network: Network.create({ cidr: "10.20.0.0/16" }),
  clients: { kubectl: "1.35" },
});

orders.addNodeGroup("system", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.large"],
  size: { min: 2, max: 3 },
  taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
});
orders.addNodeGroup("workers", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.xlarge", "m8g.xlarge"],
  size: differs({ staging: { min: 2, max: 4 }, production: { min: 4, max: 24 }, because: "cost" }),
});

orders.addAddon("vpc-cni", { version: "v1.21.1-eksbuild.8" });
orders.addAddon("kube-proxy", { version: "v1.35.3-eksbuild.13" });
orders.addAddon("coredns", { version: "v1.13.2-eksbuild.11" });

orders.addHelmRelease("metrics-server", {
  chart: HelmChart.repository("https://kubernetes-sigs.github.io/metrics-server", "metrics-server", "3.13.1"),
  appVersion: "0.8.1",
  namespace: "kube-system",
  owner: "platform",
  why: "kubectl top, and the HorizontalPodAutoscalers of the shops",
});
orders.addHelmRelease("cluster-autoscaler", {
  chart: HelmChart.repository("https://kubernetes.github.io/autoscaler", "cluster-autoscaler", "9.54.1"),
  appVersion: "1.35.0",
  namespace: "kube-system",
  owner: "platform",
  why: "adds and removes nodes of the group workers",
  reviewBy: "2027-03-01",
  values: {
    autoDiscovery: {
      clusterName: differs({ staging: "stage-orders", production: "prod-orders", because: "each scales its own" }),
    },
  },
});

orders.addManifests(
  "orders",
  { files: ["manifests/orders.yaml"] },
  { namespace: "orders", owner: "orders", why: "the shops' orders" },
);

app.synth();
