import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import { EksCluster, type EksClusterProps, Network } from "eks-tandem";

export const ROLE = "arn:aws:iam::111111111111:role/made-by-hand";
export const ADMIN = "arn:aws:iam::111111111111:role/admin";
export const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
export const LOGS = "/aws/eks/shop/cluster";
export const COREDNS = { name: "coredns", version: "v1.13.2-eksbuild.4" };

/** Describes the cluster `shop` that exists, with all of it that can be imported. @returns folder of the stack */
export function adopt(outdir: string, props: Partial<EksClusterProps> = {}): string {
  const app = new App({ outdir });
  const cluster = new EksCluster(new TerraformStack(app, "shop"), "cluster", {
    aws: { region: "us-east-1", accountId: "111111111111" },
    versions: { controlPlane: "1.35", nodes: "1.35" },
    supportType: "STANDARD",
    network: Network.existing({ vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] }),
    access: { deployer: false, admins: [ADMIN], authenticationMode: "API_AND_CONFIG_MAP" },
    ...props,
  });
  cluster.addAddon(COREDNS.name, { version: COREDNS.version });
  cluster.importExisting({ addons: [COREDNS.name], logGroup: true, admins: [ADMIN] });
  app.synth();
  return path.join(outdir, "stacks/shop");
}

/** What is planned for the cluster with the role that it has: what is left to create is the key and its name. */
export const TAKEN_OVER = {
  aws_cloudwatch_log_group: `import ${LOGS} update`,
  aws_eks_access_entry: `import shop:${ADMIN} update`,
  aws_eks_access_policy_association: expect.stringMatching(/^import shop#/),
  aws_eks_addon: "import shop:coredns update",
  aws_eks_cluster: "import shop update",
  aws_kms_alias: "create",
  aws_kms_key: "create",
};
