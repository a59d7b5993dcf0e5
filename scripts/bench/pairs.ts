import { ApiObject, Chart } from "cdk8s";
import { App } from "cdktf";
import type { Construct } from "constructs";
import { AmiType, ClusterPair, differs, HelmChart, Network } from "eks-tandem";
import { timed } from "./measure";

const MANIFESTS = 40;
const RELEASES = 10;

class Workloads extends Chart {
  constructor(scope: Construct, id: string, count: number) {
    super(scope, id);
    for (let index = 0; index < count; index++) {
      const labels = { app: `web-${index}` };
      new ApiObject(this, `web-${index}`, {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { labels },
        spec: {
          replicas: 2,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: "web", image: "web:1.4.2", ports: [{ containerPort: 8080 }] }] },
          },
        },
      });
    }
  }
}

/** A pair with two node groups, four add-ons, ten Helm releases and forty manifests. */
export function addPair(app: App, name: string): void {
  const pair = new ClusterPair(app, name, {
    aws: differs({
      staging: { region: "us-east-1", accountId: "111111111111" },
      production: { region: "us-east-1", accountId: "222222222222" },
      because: "one account per environment",
    }),
    versions: { controlPlane: "1.36", nodes: "1.36" },
    supportType: "STANDARD",
    network: Network.create({ cidr: "10.0.0.0/16" }),
  });
  const size = differs<{ min: number; max: number }>({
    staging: { min: 1, max: 2 },
    production: { min: 3, max: 9 },
    because: "cost",
  });
  pair.addNodeGroup("general", { amiType: AmiType.AL2023_ARM_64_STANDARD, instanceTypes: ["m7g.large"], size });
  pair.addNodeGroup("spot", {
    amiType: AmiType.AL2023_x86_64_STANDARD,
    instanceTypes: ["m7i.large"],
    capacityType: "SPOT",
    size,
  });
  pair.addAddon("vpc-cni", { version: "v1.22.4-eksbuild.3" });
  pair.addAddon("kube-proxy", { version: "v1.36.0-eksbuild.25" });
  pair.addAddon("coredns", { version: "v1.14.3-eksbuild.16" });
  pair.addAddon("eks-pod-identity-agent", { version: "v1.3.10-eksbuild.3" });
  pair.addAddon("aws-ebs-csi-driver", { version: "v1.63.1-eksbuild.1", podIdentity: {} });
  for (let index = 0; index < RELEASES; index++) {
    pair.addHelmRelease(`release-${index}`, {
      chart: HelmChart.repository("https://charts.example.com", `chart-${index}`, `1.${index}.0`),
      namespace: "apps",
      values: { replicas: differs({ staging: 1, production: 2, because: "cost" }), image: { tag: `1.${index}.0` } },
    });
  }
  pair.addManifests("workloads", (scope) => new Workloads(scope, "workloads", MANIFESTS));
}

/** Milliseconds from `new App` to the end of synth of one pair. */
export function synthesisePair(outdir: string): number {
  return timed(() => {
    const app = new App({ outdir });
    addPair(app, "shop");
    app.synth();
  });
}
