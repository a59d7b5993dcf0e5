import { App, TerraformStack } from "cdktf";
import { AmiType, EksCluster, Network } from "eks-tandem";

/** The cluster was left at 1.34 for a while, and is to catch up in one go. */
const app = new App();

const lab = new EksCluster(new TerraformStack(app, "lab"), "cluster", {
  aws: { region: "us-east-1", accountId: "111111111111" },
  versions: { controlPlane: "1.36", nodes: "1.34" },
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});

lab.addNodeGroup("general", {
  amiType: AmiType.AL2023_ARM_64_STANDARD,
  instanceTypes: ["m7g.large"],
  size: { min: 2, max: 4 },
});

app.synth();
