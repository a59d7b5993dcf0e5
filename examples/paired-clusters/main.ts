import { App } from "cdktf";
import { AmiType, Backend, ClusterPair, differs, HelmChart, Network } from "eks-tandem";
import { Storefront } from "./storefront";

const app = new App();

const shop = new ClusterPair(app, "shop", {
  aws: differs({
    staging: { region: "eu-central-1", accountId: "111111111111" },
    production: { region: "eu-central-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  backend: Backend.s3({ bucket: "example-terraform", region: "eu-central-1", keyPrefix: "eks" }),
  versions: differs({
    staging: { controlPlane: "1.36", nodes: "1.36" },
    production: { controlPlane: "1.35", nodes: "1.35" },
    because: "1.36 is soaking in staging",
  }),
  supportType: "STANDARD",
  network: Network.create({
    cidr: "10.0.0.0/16",
    natGateways: differs({ staging: "single", production: "one-per-az", because: "cost" }),
    endpoints: ["s3"],
  }),
  endpoint: { publicAccessCidrs: ["198.51.100.0/24"] },
  clients: { kubectl: "1.36" },
  tags: { team: "platform" },
});

shop.addNodeGroup("general", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.large", "m8g.large"],
  size: differs({ staging: { min: 2, max: 4 }, production: { min: 3, max: 30 }, because: "cost" }),
});
shop.addNodeGroup("inference", {
  amiType: AmiType.AL2023_x86_64_NVIDIA,
  instanceTypes: ["g6.xlarge"],
  capacityType: "SPOT",
  size: differs({ staging: { min: 0, max: 1 }, production: { min: 1, max: 6 }, because: "cost" }),
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
});

shop.addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3" });
shop.addAddon("kube-proxy", {
  version: differs({
    staging: "v1.36.0-eksbuild.25",
    production: "v1.35.3-eksbuild.21",
    because: "kube-proxy follows the control plane",
  }),
});
shop.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
shop.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
shop.addAddon("aws-ebs-csi-driver", { version: "v1.63.1-eksbuild.1" });

shop.addHelmRelease("metrics-server", {
  chart: HelmChart.repository("https://kubernetes-sigs.github.io/metrics-server", "metrics-server", "3.13.1"),
  appVersion: "0.8.1",
  namespace: "kube-system",
  values: { replicas: differs({ staging: 1, production: 2, because: "cost" }) },
});
shop.addHelmRelease("aws-load-balancer-controller", {
  chart: HelmChart.repository("https://aws.github.io/eks-charts", "aws-load-balancer-controller", "3.5.0"),
  appVersion: "v3.5.0",
  namespace: "kube-system",
  values: {
    clusterName: differs({
      staging: "stage-shop",
      production: "prod-shop",
      because: "each controller serves its own cluster",
    }),
  },
});
shop.addHelmRelease("cert-manager", {
  chart: HelmChart.oci("oci://quay.io/jetstack/charts/cert-manager", "v1.21.0"),
  appVersion: "v1.21.0",
  namespace: "cert-manager",
  values: { crds: { enabled: true } },
});

shop.addManifests(
  "storefront",
  (scope, { environment }) => {
    const production = environment === "production";
    return new Storefront(scope, "storefront", {
      host: production ? "shop.example.com" : "shop.staging.example.com",
      replicas: production ? { min: 3, max: 20 } : { min: 2, max: 3 },
    });
  },
  { namespace: "storefront" },
);

app.synth();
