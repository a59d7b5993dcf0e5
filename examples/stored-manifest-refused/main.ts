import { App } from "cdktf";
import { ClusterPair, differs, HelmChart, Network } from "eks-tandem";

/** At 1.37 the chart renders well. What Helm stored at 1.36 is what the next upgrade stumbles over. */
const app = new App();

const pair = new ClusterPair(app, "aws1", {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: differs({
    staging: { controlPlane: "1.37", nodes: "1.36" },
    production: { controlPlane: "1.36", nodes: "1.36" },
    because: "staging goes first",
  }),
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});

pair.addHelmRelease("volume-classes", {
  chart: HelmChart.local("examples/stored-manifest-refused/charts/volume-classes"),
  namespace: "kube-system",
});

app.synth();
