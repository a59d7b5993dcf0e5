import { App } from "cdk8s";
import { Storefront } from "./storefront";

/** The storefront's manifests alone, for `cdk8s synth`: what a reviewer reads, without Terraform. */
const app = new App();
new Storefront(app, "storefront", { host: "shop.example.com", replicas: { min: 3, max: 20 } });
app.synth();
