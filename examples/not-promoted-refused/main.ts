import { App } from "cdktf";
import { AmiType, ClusterPair, differs, Network } from "eks-tandem";

/** One commit upgrades both clusters, and nobody has seen 1.36 run. */
const app = new App();

const pair = new ClusterPair(app, "aws1", {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: { controlPlane: "1.36", nodes: "1.35" },
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});

pair.addNodeGroup("general", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.large"],
  size: { min: 2, max: 4 },
});

app.synth();
