import { App } from "cdktf";
import { AmiType, ClusterPair, differs, Network } from "eks-tandem";

/** Staging is upgraded, control plane and nodes in one deployment. */
const app = new App();

const pair = new ClusterPair(app, "aws1", {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: differs({
    staging: { controlPlane: "1.36", nodes: "1.36" },
    production: { controlPlane: "1.35", nodes: "1.35" },
    because: "1.36 is soaking in staging",
  }),
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});

pair.addNodeGroup("general", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.large"],
  size: { min: 2, max: 4 },
});

app.synth();
