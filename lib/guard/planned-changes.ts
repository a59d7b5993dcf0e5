import type { Planned, PlannedAction, PlannedChange, PlannedDrift, PlannedFacts, PlannedKind } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { factsOf } from "./planned-facts";
import type { ResourceChange, TerraformPlan, Values } from "./read-plan";
import { textAt, textsAt } from "./resource-values";

const KINDS: Readonly<Record<string, PlannedKind>> = {
  aws_eks_cluster: "cluster",
  aws_eks_node_group: "node group",
  aws_eks_addon: "add-on",
  helm_release: "release",
  aws_kms_key: "KMS key",
  aws_vpc: "VPC",
  aws_subnet: "subnet",
};

/** What a resource is to a cluster; undefined for a type that is none of its parts. */
export function kindOf(type: string): PlannedKind | undefined {
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

/** What a plan does to clusters and to what they stand on. */
export function plannedIn(plan: TerraformPlan, releasesOf: string | undefined): Planned {
  const owners = new Owners(plan, releasesOf);
  return {
    name: plan.name,
    changes: plan.changes.flatMap((change) => changeOf(change, owners)),
    drift: plan.drift.flatMap((change) => driftOf(change, owners)),
    isComplete: plan.isComplete,
  };
}

/** How a resource is called, as far as the plan knows; else its Terraform address. */
export function nameOf(kind: PlannedKind, address: string, values: Values | undefined): string {
  if (kind === "node group") {
    return textAt(values, "node_group_name") ?? textAt(values, "node_group_name_prefix")?.replace(/-$/, "") ?? address;
  }
  if (kind === "add-on") return textAt(values, "addon_name") ?? address;
  return kind === "cluster" || kind === "release" ? (textAt(values, "name") ?? address) : address;
}

/** Which cluster a resource is of. */
class Owners {
  private readonly managed: readonly Values[];
  private readonly read: readonly Values[];

  constructor(
    { changes, data }: TerraformPlan,
    private readonly releasesOf: string | undefined,
  ) {
    const isCluster = ({ type }: { readonly type: string }) => kindOf(type) === "cluster";
    this.managed = changes.filter(isCluster).map(({ before, after }) => before ?? after ?? {});
    this.read = data.filter(isCluster).map(({ values }) => values);
  }

  of(kind: PlannedKind, values: Values | undefined): string | undefined {
    if (kind === "cluster") return textAt(values, "name");
    if (kind === "release") return this.releasesOf;
    const named = textAt(values, "cluster_name");
    if (named !== undefined) return named;
    const cluster = [...this.managed, ...this.read].find((each) => stands(each, kind, values));
    return textAt(cluster, "name");
  }

  /** Whether a key or a network that belongs to no cluster of the plan may belong to another. The data source tells no key. */
  mayBeOfAnother(kind: PlannedKind, values: Values | undefined): boolean {
    const telling = kind === "KMS key" ? this.managed : [...this.managed, ...this.read];
    return telling.length === 0 && NAMES_KUBERNETES.test(JSON.stringify([values?.description, values?.tags]));
  }
}

const NAMES_KUBERNETES = /kubernetes|\beks\b/i;

/** Whether a cluster stands on a key, a VPC or a subnet. */
function stands(cluster: Values, kind: PlannedKind, values: Values | undefined): boolean {
  if (kind === "KMS key")
    return isOneOf(textAt(values, "arn"), [textAt(cluster, "encryption_config", 0, "provider", 0, "key_arn")]);
  if (kind === "VPC") return isOneOf(textAt(values, "id"), [textAt(cluster, "vpc_config", 0, "vpc_id")]);
  return kind === "subnet" && isOneOf(textAt(values, "id"), textsAt(cluster, "vpc_config", 0, "subnet_ids"));
}

function isOneOf(id: string | undefined, ids: readonly (string | undefined)[]): boolean {
  return id !== undefined && ids.includes(id);
}

function changeOf(change: ResourceChange, owners: Owners): PlannedChange[] {
  const { address, type, before, after, reason } = change;
  const kind = kindOf(type);
  const action = kind && actionOf(change);
  if (!action) return [];
  const cluster = owners.of(kind, before ?? after);
  if (isGround(kind) && cluster === undefined && !owners.mayBeOfAnother(kind, before ?? after)) return [];
  return [
    {
      kind,
      name: nameOf(kind, address, before ?? after),
      path: address,
      ...(cluster !== undefined && { cluster }),
      action,
      forcedBy: change.replacePaths.map(argumentAt),
      ...(reason !== undefined && { reason }),
      ...(before && { before: factsOf(kind, before, {}) }),
      ...(after && { after: factsOf(kind, after, change.unknown) }),
    },
  ];
}

/** What clusters stand on, and other things too. */
function isGround(kind: PlannedKind): boolean {
  return kind === "KMS key" || kind === "VPC" || kind === "subnet";
}

/**
 * Undefined for what leaves the resource as it is, or only out of the state.
 * @throws TandemError for an action of a later Terraform, which nobody could judge
 */
function actionOf({ address, actions }: ResourceChange): PlannedAction | undefined {
  const action = actions.join("-");
  const known = ACTIONS.find((each) => each === action);
  if (known || LEAVE_IT.includes(action)) return known;
  throw new TandemError(
    `${address}: the plan does ${JSON.stringify(actions)}, which is not known here: update eks-tandem`,
  );
}

/** In Terraform a resource is forgotten where its removed block says so, and goes on. */
const LEAVE_IT: readonly string[] = ["no-op", "forget", "create-forget", "forget-create"];

const ACTIONS: readonly PlannedAction[] = ["create", "update", "delete", "delete-create", "create-delete"];

/** `["vpc_config", 0, "subnet_ids"]` as `vpc_config[0].subnet_ids`. */
function argumentAt(path: unknown): string {
  return (Array.isArray(path) ? path : [path])
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "");
}

const VERSION_ARGUMENTS: Readonly<Partial<Record<PlannedKind, Readonly<Partial<Record<keyof PlannedFacts, string>>>>>> =
  {
    cluster: { version: "version" },
    "node group": { version: "version", releaseVersion: "release_version" },
    "add-on": { version: "addon_version" },
  };

function driftOf({ address, type, before, after }: ResourceChange, owners: Owners): PlannedDrift[] {
  const kind = kindOf(type);
  const versions = kind && VERSION_ARGUMENTS[kind];
  if (!kind || !versions) return [];
  const cluster = owners.of(kind, before ?? after);
  const drift = {
    kind,
    name: nameOf(kind, address, before ?? after),
    path: address,
    ...(cluster !== undefined && { cluster }),
  };
  if (!after) return [drift];
  return Object.values(versions).flatMap((argument) => {
    const [from = null, to] = [textAt(before, argument), textAt(after, argument)];
    return to === undefined || from === to ? [] : [{ ...drift, version: { argument, from, to } }];
  });
}
