import * as fs from "node:fs";
import * as path from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { type ExistingNetworkProps, Network } from "eks-tandem";
import { ADMIN, ADMIN_POLICY, adopt, COREDNS, LOGS, ROLE, TAKEN_OVER } from "./adopted-cluster";
import { ACCOUNT, networkByHand, REGION } from "./network-by-hand";
import { withRealAws } from "./with-real-aws";
import { byType } from "./workspace";

const PRINCIPAL = { Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" };

/** A cluster as somebody made it with Terraform of their own. @returns folder of the stack */
function madeByHand(outdir: string, { subnetIds }: ExistingNetworkProps): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "by-hand");
  new AwsProvider(stack, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });
  const role = new IamRole(stack, "role", {
    name: path.basename(ROLE),
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [PRINCIPAL] }),
  });
  const logs = new CloudwatchLogGroup(stack, "logs", { name: LOGS });
  const cluster = new EksCluster(stack, "cluster", {
    name: "shop",
    version: "1.35",
    roleArn: role.arn,
    accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" },
    enabledClusterLogTypes: ["audit"],
    vpcConfig: { subnetIds: [...subnetIds], endpointPublicAccess: true },
    dependsOn: [logs],
  });
  new EksAddon(stack, "coredns", {
    clusterName: cluster.name,
    addonName: COREDNS.name,
    addonVersion: COREDNS.version,
  });
  const { principalArn } = new EksAccessEntry(stack, "admin", { clusterName: cluster.name, principalArn: ADMIN });
  new EksAccessPolicyAssociation(stack, "admin-policy", {
    ...{ clusterName: cluster.name, principalArn, policyArn: ADMIN_POLICY },
    accessScope: { type: "cluster" },
  });
  app.synth();
  return path.join(outdir, "stacks/by-hand");
}

withRealAws((aws) => {
  describe("a cluster that exists", () => {
    let outdir: string;
    let network: Network;

    beforeAll(async () => {
      outdir = fs.mkdtempSync(path.join(aws().root, "adoption-"));
      const existing = await networkByHand(aws());
      const byHand = madeByHand(path.join(outdir, "by-hand"), existing);
      await (await aws().take(path.join(outdir, "state-by-hand"), byHand)).apply();
      network = Network.existing(existing);
    });

    const adopted = (name: string, props: Parameters<typeof adopt>[1]) =>
      aws().take(path.join(outdir, `state-${name}`), adopt(path.join(outdir, name), { network, ...props }));

    it("is not replaced because of a role of its own: Terraform refuses the plan", async () => {
      const workspace = await adopted("replaced", {});
      await expect(workspace.plan()).rejects.toThrow("Instance cannot be destroyed");
    });

    it("is taken over with its parts and changed in place; then nothing is to do", async () => {
      const workspace = await adopted("taken-over", { roles: { controlPlane: ROLE } });
      expect(byType(await workspace.plan())).toEqual(TAKEN_OVER);
      await workspace.apply();
      expect(await workspace.plan()).toEqual({});
    });
  });
});
