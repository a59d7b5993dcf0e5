import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../domain/aws";
import { shellWord } from "../domain/shell-word";
import { roleArguments } from "./providers";

/** What `terraform output` prints of a cluster, under names that begin with the construct's own, such as `cluster_endpoint`. */
export function addClusterOutputs(
  scope: Construct,
  cluster: EksClusterResource,
  clusterName: string,
  aws: AwsEnvironment,
): void {
  const outputs = new Construct(scope, "outputs");
  const prefix = scope.node.path.slice(TerraformStack.of(scope).node.path.length + 1).replace(/[^0-9A-Za-z_]+/g, "_");
  const add = (name: string, value: string, description: string) => {
    new TerraformOutput(outputs, name, { value, description }).overrideLogicalId(`${prefix}_${name}`);
  };
  const words = [
    "aws",
    "eks",
    "update-kubeconfig",
    "--name",
    clusterName,
    "--region",
    aws.region,
    "--alias",
    clusterName,
  ];
  add("name", cluster.name, "Name of the cluster");
  add("endpoint", cluster.endpoint, "URL of the Kubernetes API");
  add(
    "certificate_authority",
    cluster.certificateAuthority.get(0).data,
    "Certificate of the Kubernetes API, in base64",
  );
  add(
    "kubeconfig_command",
    [...words, ...roleArguments(aws)].map(shellWord).join(" "),
    "Command that adds the cluster to the kubeconfig",
  );
}
