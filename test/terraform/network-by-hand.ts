import * as fs from "node:fs";
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { ExistingNetworkProps } from "eks-tandem";
import type { RealAws } from "./with-real-aws";

export const ACCOUNT = "111111111111";
export const REGION = "us-east-1";

/** Makes a VPC with two subnets, as somebody did with Terraform of their own. */
export async function networkByHand(aws: RealAws): Promise<ExistingNetworkProps> {
  const outdir = fs.mkdtempSync(path.join(aws.root, "network-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "network");
  new AwsProvider(stack, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });
  const { id: vpcId } = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  const subnetIds = ["a", "b"].map((zone, index) => {
    const cidrBlock = `10.0.${index}.0/24`;
    return new Subnet(stack, zone, { vpcId, cidrBlock, availabilityZone: `${REGION}${zone}` }).id;
  });
  new TerraformOutput(stack, "network", { value: { vpcId, subnetIds } }).overrideLogicalId("network");
  app.synth();
  const workspace = await aws.take(path.join(outdir, "state"), path.join(outdir, "stacks/network"));
  await workspace.apply();
  return (await workspace.outputs()).network as ExistingNetworkProps;
}
