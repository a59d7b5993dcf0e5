import type { Body, StackJson } from "../terraform/synthesised";
import { blockWith, textOf } from "./guide-blocks";
import { type Outcome, run } from "./run-block";

const GUIDE = "docs/deploying.md";
const POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

function outcomeOf(text: string): Outcome {
  return run(blockWith(GUIDE, text));
}

/** What `pick` finds in each stack, by the stack's name. */
function perStack<T>({ stacks }: Outcome, pick: (stack: StackJson) => T): Record<string, T> {
  return Object.fromEntries([...stacks].map(([name, stack]) => [name, pick(stack)]));
}

/** The only resource of a type. */
function only({ resource }: StackJson, type: string): Body {
  const [found, ...others] = Object.values(resource?.[type] ?? {});
  if (found && others.length === 0) return found;
  throw new Error(`expected one ${type}, found ${found ? others.length + 1 : 0}`);
}

describe("docs/deploying.md", () => {
  const S3 = { encrypt: true, region: "eu-central-1", use_lockfile: true };

  it.each<[string, string, object]>([
    [
      "an object of each stack in S3",
      "keyPrefix",
      {
        "stage-shop": { s3: { ...S3, bucket: "example-terraform", key: "eks/stage-shop.tfstate" } },
        "prod-shop": { s3: { ...S3, bucket: "example-terraform", key: "eks/prod-shop.tfstate" } },
      },
    ],
    [
      "a bucket of each environment",
      "bucket: differs",
      {
        "stage-shop": { s3: { ...S3, bucket: "example-staging", key: "stage-shop.tfstate" } },
        "prod-shop": { s3: { ...S3, bucket: "example-live", key: "prod-shop.tfstate" } },
      },
    ],
    [
      "files of each stack",
      "Backend.local",
      {
        "stage-shop": { local: { path: `${process.cwd()}/state/stage-shop.tfstate` } },
        "prod-shop": { local: { path: `${process.cwd()}/state/prod-shop.tfstate` } },
      },
    ],
  ])("keeps the state in %s", (_what, text, backends) => {
    expect(perStack(outcomeOf(text), ({ terraform }) => terraform?.backend)).toEqual(backends);
  });

  it("keeps the state in a workspace of each stack in HCP Terraform", () => {
    expect(perStack(outcomeOf("Backend.hcp"), ({ terraform }) => terraform?.cloud)).toEqual({
      "stage-shop": { organization: "example", workspaces: { name: "eks-stage-shop" } },
      "prod-shop": { organization: "example", workspaces: { name: "eks-prod-shop" } },
    });
  });

  it("says which version of the provider Terraform gets", () => {
    const [, version] = /Terraform gets `"version": "([\d.]+)"`/.exec(textOf(GUIDE)) ?? [];
    const providers = perStack(outcomeOf("keyPrefix"), ({ terraform }) => terraform?.required_providers);
    expect(providers).toEqual({
      "stage-shop": { aws: { source: "aws", version } },
      "prod-shop": { aws: { source: "aws", version } },
    });
  });

  it("takes the role of each account, and touches no other account", () => {
    const providers = perStack(outcomeOf("assumeRole"), ({ provider }) => provider?.aws);
    expect(providers).toEqual({
      "stage-shop": [
        expect.objectContaining({
          allowed_account_ids: ["111111111111"],
          assume_role: [{ role_arn: "arn:aws:iam::111111111111:role/deployer" }],
        }),
      ],
      "prod-shop": [
        expect.objectContaining({
          allowed_account_ids: ["222222222222"],
          assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/deployer" }],
        }),
      ],
    });
  });

  it("names the outputs of a cluster's stack", () => {
    const [, list = ""] = /The outputs of a cluster's stack are ([\s\S]*?), which/.exec(textOf(GUIDE)) ?? [];
    const named = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort();
    const outputs = perStack(outcomeOf("keyPrefix"), ({ output = {} }) => Object.keys(output).sort());
    expect(outputs).toEqual({ "stage-shop": named, "prod-shop": named });
  });

  it.each([
    ["shop-dev", "111111111111", ["subnet-0a1b2c3d", "subnet-1a2b3c4d"]],
    ["shop-live", "222222222222", ["subnet-4d3c2b1a", "subnet-5d4c3b2a"]],
  ])("takes over %s as it is, with all that is named", (name, account, subnets) => {
    const stack = outcomeOf("importExisting").stacks.get(name) ?? {};
    const deployer = `arn:aws:iam::${account}:role/deployer`;
    const addresses = Object.entries(stack.resource ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((id) => `${type}.${id}`),
    );
    const imports = (stack.import ?? []).map(({ to, id }) => {
      expect(addresses).toContain(to);
      return [to.split(".")[0], id];
    });
    expect(imports).toEqual([
      ["aws_cloudwatch_log_group", `/aws/eks/${name}/cluster`],
      ["aws_eks_cluster", name],
      ["aws_eks_access_entry", `${name}:${deployer}`],
      ["aws_eks_access_policy_association", `${name}#${deployer}#${POLICY}`],
      ["aws_eks_addon", `${name}:coredns`],
    ]);
    expect(Object.keys(stack.resource?.aws_eks_access_entry ?? {})).toHaveLength(1);
    expect(only(stack, "aws_eks_cluster")).toMatchObject({
      name,
      role_arn: `arn:aws:iam::${account}:role/${name}-cluster`,
      vpc_config: { subnet_ids: subnets },
      access_config: { authentication_mode: "API_AND_CONFIG_MAP" },
    });
  });

  it("takes both guards away", () => {
    const guards = perStack(outcomeOf("deletionProtection"), (stack) => only(stack, "aws_eks_cluster"));
    const gone = { deletion_protection: false, lifecycle: { prevent_destroy: false } };
    expect(guards).toMatchObject({ "stage-shop": gone, "prod-shop": gone });
  });
});
