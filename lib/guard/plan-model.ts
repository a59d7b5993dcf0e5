import type { Cluster, Model } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { parseTarget } from "../domain/target-version";
import { type Deployed, deployedIn } from "./deployed";
import { kindOf, nameOf, plannedIn } from "./planned-changes";
import { addonOf, clusterOf, nodeGroupOf } from "./planned-parts";
import type { ResourceChange, TerraformPlan, Values } from "./read-plan";
import { textAt } from "./resource-values";

export interface PlanModelOptions {
  /** The day to judge on, `YYYY-MM-DD`. */
  readonly asOf: string;
  /**
   * The Kubernetes version of clusters that the plan does not show.
   * @default - none: a plan that needs it is refused
   */
  readonly target?: string | undefined;
}

/** Stands for the name of a cluster that the plan does not show, as in a plan of releases alone. */
const UNNAMED = "(not in the plan)";

/**
 * The model of a plan: its clusters as they are once it has been applied, those that it finds by a data source included, and what it
 * changes.
 * @throws TandemError when it holds what is judged by a cluster's version, and neither it nor `target` says that
 */
export function planModel(plan: TerraformPlan, { asOf, target }: PlanModelOptions): Model {
  if (target !== undefined) parseTarget(target);
  const clusters = new PlanClusters(plan, target).all();
  return {
    schemaVersion: 1,
    asOf,
    pairs: [],
    clusters,
    acknowledgements: [],
    planned: plannedIn(plan, clusters.length === 1 ? clusters[0]?.name : undefined),
  };
}

class PlanClusters {
  private readonly byName = new Map<string, Cluster>();
  private readonly deployed: Deployed;

  constructor(
    private readonly plan: TerraformPlan,
    private readonly target: string | undefined,
  ) {
    for (const { address, type, values } of plan.data) {
      if (kindOf(type) === "cluster")
        this.take(this.withTarget(clusterOf(nameOf("cluster", address, values), address, values)));
    }
    for (const { address, after } of this.ofType("aws_eks_cluster")) {
      this.take(clusterOf(nameOf("cluster", address, after), address, after));
    }
    this.deployed = deployedIn(plan.after, plan.name);
  }

  /** Every cluster with what is in it. */
  all(): Cluster[] {
    for (const { address, after } of this.ofType("aws_eks_node_group")) {
      const cluster = this.clusterFor(address, after);
      this.take({ ...cluster, nodeGroups: [...cluster.nodeGroups, nodeGroupOf(address, after)] });
    }
    for (const { address, after } of this.ofType("aws_eks_addon")) {
      const cluster = this.clusterFor(address, after);
      this.take({ ...cluster, addons: [...cluster.addons, addonOf(address, after)] });
    }
    return this.withDeployed();
  }

  /** Nothing in a plan says to which of several clusters a release goes: it is judged for each. */
  private withDeployed(): Cluster[] {
    const { releases, manifests } = this.deployed;
    const [first] = [...releases, ...manifests];
    if (this.byName.size === 0 && first) this.take(this.unseen(UNNAMED, first.path));
    return [...this.byName.values()].map((cluster) => ({
      ...cluster,
      releases: releases.map((release) => release.in(cluster)),
      manifests,
    }));
  }

  /** A data source may be read at the apply only. */
  private withTarget(cluster: Cluster): Cluster {
    return { ...cluster, version: cluster.version ?? this.target ?? null };
  }

  private take(cluster: Cluster): void {
    this.byName.set(cluster.name, cluster);
  }

  private ofType(type: string): (ResourceChange & { readonly after: Values })[] {
    return this.plan.changes.filter(
      (change): change is ResourceChange & { readonly after: Values } =>
        change.type === type && change.after !== undefined,
    );
  }

  private clusterFor(address: string, values: Values): Cluster {
    const [only, ...others] = this.byName.values();
    const name = textAt(values, "cluster_name");
    // That of a new cluster may be known after the apply only.
    if (name === undefined && only && others.length === 0) return only;
    return this.byName.get(name ?? UNNAMED) ?? this.unseen(name ?? UNNAMED, address);
  }

  private unseen(name: string, address: string): Cluster {
    if (this.target !== undefined) return this.withTarget(clusterOf(name, address, {}));
    const cluster = name === UNNAMED ? "its cluster" : `its cluster ${name}`;
    throw new TandemError(
      `${this.plan.name} does not show which Kubernetes version ${cluster} runs, by which ${address} is judged: ` +
        "say it with --target 1.35, or let the configuration read it with the data source aws_eks_cluster",
    );
  }
}
