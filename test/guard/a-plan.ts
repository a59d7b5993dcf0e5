/** A plan in the form that `terraform show -json` gives it, of which a test states only what it is about. */

export interface StatedChange {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: object;
  readonly after?: object;
  readonly unknown?: object;
  readonly sensitive?: object;
  readonly replacePaths?: readonly (readonly (string | number)[])[];
  readonly reason?: string;
}

const PROVIDERS: Readonly<Record<string, string>> = {
  aws: "registry.terraform.io/hashicorp/aws",
  helm: "registry.terraform.io/hashicorp/helm",
  kubernetes: "registry.terraform.io/hashicorp/kubernetes",
  kubectl: "registry.terraform.io/alekc/kubectl",
  terraform: "terraform.io/builtin/terraform",
};

function identity(address: string): { address: string; type: string; name: string; provider_name: string } {
  const [type = "", name = ""] = address.replace(/^(module\.[^.]+\.|data\.)*/, "").split(".");
  return { address, type, name, provider_name: PROVIDERS[type.split("_")[0] ?? ""] ?? "" };
}

/** An entry of `resource_changes` or `resource_drift`. */
export function change({
  address,
  actions,
  before,
  after,
  unknown,
  sensitive,
  replacePaths,
  reason,
}: StatedChange): object {
  return {
    ...identity(address),
    mode: "managed",
    change: {
      actions,
      before: before ?? null,
      after: after ?? null,
      after_unknown: unknown ?? {},
      before_sensitive: sensitive ?? (before ? {} : false),
      after_sensitive: sensitive ?? (after ? {} : false),
      ...(replacePaths && { replace_paths: replacePaths }),
    },
    ...(reason !== undefined && { action_reason: reason }),
  };
}

/** A resource of a state or of planned values. */
export function resource(address: string, values: object): object {
  const mode = address.includes("data.") ? "data" : "managed";
  return { ...identity(address), mode, schema_version: 0, values, sensitive_values: {} };
}

export interface StatedPlan {
  readonly changes?: readonly StatedChange[];
  readonly drift?: readonly StatedChange[];
  /** Data sources that were read. */
  readonly data?: readonly object[];
  /** Any other keys. */
  readonly more?: object;
}

/** The JSON text of a plan. */
export function aPlan({ changes = [], drift = [], data = [], more = {} }: StatedPlan = {}): string {
  const after = changes.filter((each) => each.after).map((each) => resource(each.address, each.after ?? {}));
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: after } },
    ...(drift.length > 0 && { resource_drift: drift.map(change) }),
    resource_changes: changes.map(change),
    prior_state: { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: { resources: data } } },
    configuration: { root_module: {} },
    timestamp: "2026-11-25T12:44:43Z",
    applyable: true,
    complete: true,
    errored: false,
    ...more,
  });
}

/** Arguments of an `aws_eks_cluster`. */
export function clusterValues(stated: object = {}): object {
  return {
    name: "prod",
    arn: "arn:aws:eks:eu-central-1:222222222222:cluster/prod",
    version: "1.35",
    role_arn: "arn:aws:iam::222222222222:role/prod",
    deletion_protection: true,
    force_update_version: null,
    upgrade_policy: [{ support_type: "STANDARD" }],
    encryption_config: [
      { provider: [{ key_arn: "arn:aws:kms:eu-central-1:222222222222:key/1" }], resources: ["secrets"] },
    ],
    vpc_config: [vpcConfig()],
    ...stated,
  };
}

export function vpcConfig(stated: object = {}): object {
  return {
    endpoint_private_access: true,
    endpoint_public_access: false,
    public_access_cidrs: [],
    subnet_ids: ["subnet-1", "subnet-2"],
    vpc_id: "vpc-1",
    ...stated,
  };
}

/** Arguments of an `aws_eks_node_group`. */
export function nodeGroupValues(stated: object = {}): object {
  return {
    cluster_name: "prod",
    node_group_name: "general",
    version: "1.35",
    release_version: "1.35.2-20260214",
    ami_type: "AL2023_ARM_64_STANDARD",
    instance_types: ["m7g.large"],
    capacity_type: "ON_DEMAND",
    scaling_config: [{ min_size: 2, max_size: 4, desired_size: 2 }],
    launch_template: [{ id: "lt-1", name: "general", version: "3" }],
    force_update_version: null,
    ...stated,
  };
}

/** Arguments of an `aws_eks_addon`. */
export function addonValues(stated: object = {}): object {
  return { cluster_name: "prod", addon_name: "coredns", addon_version: "v1.13.2-eksbuild.4", ...stated };
}

/** A resource that the plan leaves as it is. */
export function unchanged(address: string, values: object): StatedChange {
  return { address, actions: ["no-op"], before: values, after: values };
}

/** A resource of which the plan changes arguments in place. */
export function updated(address: string, before: object, after: object, unknown: object = {}): StatedChange {
  return { address, actions: ["update"], before, after, unknown };
}

export function deleted(address: string, before: object, reason?: string): StatedChange {
  return { address, actions: ["delete"], before, ...(reason !== undefined && { reason }) };
}

export function replaced(
  address: string,
  values: object,
  forcedBy: readonly (string | number)[],
  isCreatedFirst = false,
): StatedChange {
  const actions = isCreatedFirst ? ["create", "delete"] : ["delete", "create"];
  return {
    address,
    actions,
    before: values,
    after: values,
    replacePaths: [forcedBy],
    reason: "replace_because_cannot_update",
  };
}

export const CLUSTER = "aws_eks_cluster.prod";
export const NODES = "aws_eks_node_group.general";
