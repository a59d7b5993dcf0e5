import { App } from "cdktf";
import { ClusterPair, differs, Network } from "eks-tandem";

/** A template that nobody rendered, and a key that stands twice: what cannot be read is not passed over. */
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

pair.addManifests("web", { files: ["examples/unreadable-manifest-refused/web.yaml"] });

app.synth();
