import { ApiObject, Chart } from "cdk8s";
import { App } from "cdktf";
import { ClusterPair, differs, Network } from "eks-tandem";

/** The autoscaler still speaks an API that Kubernetes took away long ago. */
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

pair.addManifests("autoscaling", (scope) => {
  const chart = new Chart(scope, "autoscaling");
  new ApiObject(chart, "web", {
    apiVersion: "autoscaling/v2beta2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      minReplicas: 2,
      maxReplicas: 8,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    },
  });
});

app.synth();
