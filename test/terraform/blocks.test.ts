import { TerraformStack } from "cdktf";
import { anApp, removeApps, terraformOf } from "../constructs/build-app";
import { checkBlock } from "./check-block";
import { kitchenSink } from "./kitchen-sink";
import { providerSchema, type TypeSchema } from "./provider-schema";
import { acceptedExamples, type Body, type StackJson, stacksOf } from "./synthesised";

const SCHEMA = providerSchema();

interface Placed {
  readonly address: string;
  readonly kind: TypeSchema["kind"];
  readonly type: string;
  readonly body: Body;
}

/** Every block of a stack that a provider reads. */
function blocksOf({ resource = {}, data = {}, provider = {} }: StackJson): readonly Placed[] {
  const named = (kind: "resource" | "data", types: Readonly<Record<string, Readonly<Record<string, Body>>>>) =>
    Object.entries(types).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, body]) => ({ address: `${kind}.${type}.${name}`, kind, type, body })),
    );
  const providers = Object.entries(provider).flatMap(([type, bodies]) =>
    bodies.map((body) => ({ address: `provider.${type}`, kind: "provider" as const, type, body })),
  );
  return [...named("resource", resource), ...named("data", data), ...providers];
}

/** What the provider would refuse, each with its address. */
function refusals(stack: StackJson): readonly string[] {
  return blocksOf(stack).flatMap(({ address, kind, type, body }) => {
    const schema = SCHEMA.get(`${kind}.${type}`);
    if (!schema) {
      return [
        `${address}: the table has no ${kind} ${type}; name it in scripts/refresh-provider-arguments.ts and run that`,
      ];
    }
    return checkBlock(schema, body).map((problem) => `${address}: ${problem}`);
  });
}

afterEach(removeApps);

describe("every block that is synthesised is one that the provider accepts", () => {
  it.each(acceptedExamples())("in the example %s", (example) => {
    const stacks = [...stacksOf(example).values()];
    expect(stacks.flatMap(blocksOf).length).toBeGreaterThan(0);
    expect(stacks.flatMap(refusals)).toEqual([]);
  });

  it("in two pairs with every option there is", () => {
    const app = anApp();
    kitchenSink(app);
    const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
    expect(stacks.map((stack) => stack.node.id)).toHaveLength(6);
    expect(stacks.flatMap((stack) => refusals(terraformOf(stack) as unknown as StackJson))).toEqual([]);
  });
});

const CLUSTER = { name: "shop", role_arn: "arn", vpc_config: { subnet_ids: ["a", "b"] } };
const GROUP = {
  cluster_name: "shop",
  node_role_arn: "arn",
  subnet_ids: ["a"],
  scaling_config: { min_size: 1, max_size: 2, desired_size: 1 },
};
const NAT = { route_table_id: "rtb", nat_gateway_id: "nat" };

const REFUSED: readonly (readonly [string, string, Body, readonly string[]])[] = [
  ["an argument that there is not", "aws_eks_cluster", { ...CLUSTER, versoin: "1.36" }, ["versoin is not an argument"]],
  [
    "an argument of another block",
    "aws_eks_cluster",
    { ...CLUSTER, vpc_config: { subnet_ids: ["a"], name: "x" } },
    ["vpc_config.name is not an argument"],
  ],
  [
    "a missing argument",
    "aws_eks_cluster",
    { name: "shop", vpc_config: { subnet_ids: ["a"] } },
    ["role_arn is required"],
  ],
  ["null in the place of a required argument", "aws_eks_cluster", { ...CLUSTER, name: null }, ["name is required"]],
  ["a missing block", "aws_eks_cluster", { name: "shop", role_arn: "arn" }, ["vpc_config is required"]],
  ["an empty list of a required block", "aws_eks_cluster", { ...CLUSTER, vpc_config: [] }, ["vpc_config is required"]],
  [
    "a missing argument of a block",
    "aws_eks_cluster",
    { ...CLUSTER, vpc_config: {} },
    ["vpc_config.subnet_ids is required"],
  ],
  ["an attribute that can only be read", "aws_eks_cluster", { ...CLUSTER, arn: "arn" }, ["arn can only be read"]],
  ["a block that can only be read", "aws_eks_cluster", { ...CLUSTER, identity: {} }, ["identity can only be read"]],
  [
    "text for a number",
    "aws_cloudwatch_log_group",
    { retention_in_days: "90" },
    ["retention_in_days has to be a number"],
  ],
  ["a number for text", "aws_eks_cluster", { ...CLUSTER, version: 1.36 }, ["version has to be a string"]],
  [
    "text for a bool",
    "aws_eks_cluster",
    { ...CLUSTER, deletion_protection: "true" },
    ["deletion_protection has to be a bool"],
  ],
  [
    "text for a set",
    "aws_eks_cluster",
    { ...CLUSTER, vpc_config: { subnet_ids: "a" } },
    ["vpc_config.subnet_ids has to be a set"],
  ],
  [
    "a number in a set of texts",
    "aws_eks_cluster",
    { ...CLUSTER, vpc_config: { subnet_ids: [1] } },
    ["vpc_config.subnet_ids has to be a string"],
  ],
  ["a list for a map", "aws_eks_cluster", { ...CLUSTER, tags: ["a"] }, ["tags has to be a map"]],
  ["text for a block", "aws_eks_cluster", { ...CLUSTER, vpc_config: "a" }, ["vpc_config has to be a block"]],
  [
    "a value that is not allowed",
    "aws_eks_cluster",
    { ...CLUSTER, upgrade_policy: { support_type: "standard" } },
    ['upgrade_policy.support_type may be STANDARD, EXTENDED, not "standard"'],
  ],
  [
    "a value of a set that is not allowed",
    "aws_eks_cluster",
    { ...CLUSTER, enabled_cluster_log_types: ["api", "all"] },
    ['enabled_cluster_log_types may be api, audit, authenticator, controllerManager, scheduler, not "all"'],
  ],
  [
    "a number that is not allowed",
    "aws_flow_log",
    { vpc_id: "vpc", max_aggregation_interval: 61 },
    ["max_aggregation_interval may be 60, 600, not 61"],
  ],
  [
    "a number out of its range",
    "aws_kms_key",
    { deletion_window_in_days: 31 },
    ["deletion_window_in_days has to be 7 to 30, not 31"],
  ],
  [
    "a number below the least",
    "aws_eks_node_group",
    { ...GROUP, scaling_config: { min_size: 0, max_size: 0, desired_size: 0 } },
    ["scaling_config.max_size has to be 1 at least, not 0"],
  ],
  [
    "a text that is too long",
    "aws_iam_role",
    { assume_role_policy: "{}", name: "r".repeat(65) },
    ["name has to be 1 to 64 characters long, not 65"],
  ],
  [
    "a text of the wrong characters",
    "aws_iam_role",
    { assume_role_policy: "{}", name: "a role" },
    ["name has to match ^[\\w+=,.@-]*$"],
  ],
  [
    "two blocks where one may stand",
    "aws_eks_cluster",
    { ...CLUSTER, vpc_config: [{ subnet_ids: ["a"] }, { subnet_ids: ["b"] }] },
    ["vpc_config may be given 1 times, not 2"],
  ],
  [
    "more taints than a group may have",
    "aws_eks_node_group",
    { ...GROUP, taint: Array(51).fill({ key: "a", effect: "NO_EXECUTE" }) },
    ["taint may be given 50 times, not 51"],
  ],
  [
    "two that conflict",
    "aws_eks_node_group",
    { ...GROUP, node_group_name: "a", node_group_name_prefix: "a-" },
    ["node_group_name and node_group_name_prefix conflict"],
  ],
  [
    "two that conflict in a block",
    "aws_eks_node_group",
    { ...GROUP, launch_template: [{ id: "lt", name: "a", version: "1" }] },
    ["launch_template.id and launch_template.name conflict"],
  ],
  [
    "both of which one is allowed",
    "aws_eks_node_group",
    { ...GROUP, update_config: { max_unavailable: 1, max_unavailable_percentage: 33 } },
    ["exactly one of update_config.max_unavailable, update_config.max_unavailable_percentage is required, 2 are given"],
  ],
  [
    "neither of which one is needed",
    "aws_route",
    NAT,
    [
      "exactly one of destination_cidr_block, destination_ipv6_cidr_block, destination_prefix_list_id is required, 0 are given",
    ],
  ],
  [
    "neither of which one at least is needed",
    "aws_cloudwatch_event_rule",
    { name: "a" },
    ["one of event_pattern, schedule_expression is required"],
  ],
  [
    "an argument without its companion",
    "aws_kms_key",
    { rotation_period_in_days: 90 },
    ["rotation_period_in_days requires enable_key_rotation"],
  ],
  [
    "an AMI type that the provider's SDK does not know",
    "aws_eks_node_group",
    { ...GROUP, ami_type: "WINDOWS_CORE_2025_x86_64" },
    [expect.stringMatching(/^ami_type may be .*, not "WINDOWS_CORE_2025_x86_64"$/)],
  ],
];

const ACCEPTED: readonly (readonly [string, string, Body])[] = [
  ["no more than what is required", "aws_eks_cluster", CLUSTER],
  [
    "Terraform expressions of any type",
    "aws_eks_cluster",
    { ...CLUSTER, deletion_protection: "${var.protect}", vpc_config: "${local.vpc}" },
  ],
  [
    "what Terraform itself reads",
    "aws_eks_cluster",
    { ...CLUSTER, lifecycle: { prevent_destroy: true }, depends_on: [], count: 1 },
  ],
  ["a block that is left out, whose rules ask for one of two", "aws_eks_node_group", GROUP],
  ["null for an optional argument", "aws_eks_cluster", { ...CLUSTER, version: null }],
];

describe("the check of a block", () => {
  const schemaOf = (type: string) => SCHEMA.get(`resource.${type}`) as TypeSchema;

  it.each(REFUSED)("refuses %s", (_, type, body, problems) => {
    expect(checkBlock(schemaOf(type), body)).toEqual(problems);
  });

  it.each(ACCEPTED)("accepts %s", (_, type, body) => {
    expect(checkBlock(schemaOf(type), body)).toEqual([]);
  });

  it("says where a stack has a type that the table has not", () => {
    expect(refusals({ resource: { aws_instance: { web: {} } } })).toEqual([
      "resource.aws_instance.web: the table has no resource aws_instance; name it in scripts/refresh-provider-arguments.ts and run that",
    ]);
  });
});
