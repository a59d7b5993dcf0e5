import { App } from "cdktf";
import { ClusterPair, differs, HelmChart, Network } from "eks-tandem";

/** A number in quotes is text, and the chart takes numbers. */
const app = new App();

const pair = new ClusterPair(app, "aws1", {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: { controlPlane: "1.36", nodes: "1.36" },
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});

pair.addHelmRelease("web", {
  chart: HelmChart.local("examples/chart-values-refused/charts/web"),
  namespace: "web",
  values: { replicas: "3" },
});

app.synth();
