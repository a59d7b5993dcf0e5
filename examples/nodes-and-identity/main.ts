import { App } from "cdktf";
import { AmiType, ClusterPair, differs, HelmChart, Network } from "eks-tandem";

const app = new App();

const search = new ClusterPair(app, "search", {
  aws: differs({
    staging: { region: "eu-west-1", accountId: "111111111111" },
    production: { region: "eu-west-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: { controlPlane: "1.36", nodes: "1.36" },
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.20.0.0/16" }),
  sessionManager: true,
});

// What must not go away: on demand, one node at a time.
search.addNodeGroup("system", {
  amiType: AmiType.BOTTLEROCKET_ARM_64,
  instanceTypes: ["m7g.large"],
  size: { min: 2, max: 4 },
  maxUnavailable: 1,
  labels: { "example.com/pool": "system" },
  taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
});
// What may: spot, of many types, so that there is always one to have.
search.addNodeGroup("workers", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.xlarge", "m8g.xlarge", "c7g.2xlarge", "r7g.xlarge"],
  capacityType: "SPOT",
  size: differs({ staging: { min: 1, max: 4 }, production: { min: 3, max: 40 }, because: "cost" }),
});
search.addNodeGroup("ranking", {
  amiType: AmiType.AL2023_x86_64_NVIDIA,
  instanceTypes: ["g6.xlarge"],
  diskSize: 200,
  size: { min: 0, max: 2 },
  taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
});
// An image of our own, built from AL2023 with the kubelet of 1.36.
search.addNodeGroup("hardened", {
  amiId: differs({
    staging: "ami-0a1b2c3d4e5f60001",
    production: "ami-0a1b2c3d4e5f60002",
    because: "the image is copied to each account",
  }),
  amiType: AmiType.AL2023_x86_64_STANDARD,
  version: "1.36",
  instanceTypes: ["m7i.large"],
  size: { min: 1, max: 3 },
});
search.addFargateProfile("nightly", { selectors: [{ namespace: "reports", labels: { runs: "nightly" } }] });

search.addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3" });
search.addAddon("kube-proxy", { version: "v1.36.0-eksbuild.25" });
search.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
search.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
search.addAddon("aws-ebs-csi-driver", { version: "v1.63.1-eksbuild.1", podIdentity: {} });

const karpenter = search.addKarpenter();
search.addHelmRelease("karpenter", {
  chart: HelmChart.oci("oci://public.ecr.aws/karpenter/karpenter", "1.14.0"),
  appVersion: "1.14.0",
  namespace: "kube-system",
  values: differs({
    staging: karpenter.staging.values,
    production: karpenter.production.values,
    because: "each controller serves its own cluster",
  }),
});

search.addHelmRelease("external-dns", {
  chart: HelmChart.repository("https://kubernetes-sigs.github.io/external-dns/", "external-dns", "1.21.1"),
  namespace: "external-dns",
  podIdentity: {
    serviceAccount: "external-dns",
    policy: {
      Statement: [
        {
          Effect: "Allow",
          Action: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
          Resource: "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
        },
        { Effect: "Allow", Action: ["route53:ListHostedZones", "route53:ListTagsForResources"], Resource: "*" },
      ],
    },
  },
});

app.synth();
