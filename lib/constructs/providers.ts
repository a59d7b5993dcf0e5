import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { AwsProvider, type AwsProviderAssumeRole } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Fn, TerraformStack } from "cdktf";
import type { AssumedRole, AwsEnvironment } from "../domain/aws";

/** The AWS provider of a stack: the user's own where there is one, else one bound to the account and region. */
export function ensureAwsProvider(
  stack: TerraformStack,
  aws: AwsEnvironment,
  tags: Readonly<Record<string, string>>,
): void {
  const exists = stack.allProviders().some((provider) => provider.terraformResourceType === "aws");
  if (exists) return;
  new AwsProvider(stack, "aws", {
    region: aws.region,
    allowedAccountIds: [aws.accountId],
    ...(aws.assumeRole && { assumeRole: [assumedRoleOf(aws.assumeRole)] }),
    defaultTags: [{ tags: { ...tags } }],
  });
}

/**
 * The Helm provider of a cluster's releases. It finds the cluster by name, not through the other stack's state, and asks the AWS
 * CLI for a token at each run, so that no credential is stored.
 */
export function ensureHelmProvider(stack: TerraformStack, clusterName: string, aws: AwsEnvironment): void {
  const exists = stack.allProviders().some((provider) => provider.terraformResourceType === "helm");
  if (exists) return;
  const cluster = new DataAwsEksCluster(stack, "cluster", { name: clusterName });
  new HelmProvider(stack, "helm", {
    kubernetes: {
      host: cluster.endpoint,
      clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
      exec: {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        args: ["eks", "get-token", "--cluster-name", clusterName, "--region", aws.region, ...roleArguments(aws)],
      },
    },
  });
}

/** What makes the AWS CLI take the role that Terraform takes. */
export function roleArguments({ assumeRole }: AwsEnvironment): readonly string[] {
  return assumeRole ? ["--role-arn", assumeRole.arn] : [];
}

function assumedRoleOf({ arn, sessionName }: AssumedRole): AwsProviderAssumeRole {
  return { roleArn: arn, ...(sessionName !== undefined && { sessionName }) };
}

/** The stack beside a cluster's own that holds its Helm releases; made at the first call. */
export function releasesStackOf(stack: TerraformStack): TerraformStack {
  const id = `${stack.node.id}-releases`;
  const existing = stack.node.root.node.tryFindChild(id);
  if (existing && TerraformStack.isStack(existing)) return existing;
  const releases = new TerraformStack(stack.node.root, id);
  releases.addDependency(stack);
  return releases;
}
