import { App } from "cdktf";
import { ClusterPair, differs, Network } from "eks-tandem";

/** Staging serves this API already, production does not yet. */
const app = new App();

const pair = new ClusterPair(app, "aws1", {
  aws: differs({
    staging: { region: "us-east-1", accountId: "111111111111" },
    production: { region: "us-east-1", accountId: "222222222222" },
    because: "one account per environment",
  }),
  versions: differs({
    staging: { controlPlane: "1.37", nodes: "1.37" },
    production: { controlPlane: "1.36", nodes: "1.36" },
    because: "1.37 is soaking in staging",
  }),
  supportType: "STANDARD",
  network: Network.create({ cidr: "10.0.0.0/16" }),
});

pair.addManifests("devices", { files: ["examples/not-served-yet-refused/devices.yaml"] });

app.synth();
