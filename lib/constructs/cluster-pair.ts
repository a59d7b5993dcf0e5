import { type App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Difference, Environment } from "../domain/model";
import { requirePairName } from "../domain/pair-name";
import { Acknowledgements } from "./acknowledgements";
import type { Addon, AddonOptions } from "./addon";
import { describes } from "./description";
import { holdsDiffers, sideOf, type Tandem, type TandemProps } from "./differs";
import { EksCluster } from "./eks-cluster";
import type { EksClusterOptions } from "./eks-cluster-props";
import type { FargateProfile, FargateProfileOptions } from "./fargate-profile";
import { attachGate } from "./gate";
import type { HelmRelease } from "./helm-release";
import type { HelmReleaseOptions } from "./helm-release-options";
import type { Karpenter, KarpenterOptions } from "./karpenter";
import type { KubernetesManifests, ManifestsOptions, ManifestsSource } from "./kubernetes-manifests";
import { misuse, placed } from "./misuse";
import type { NodeGroup } from "./node-group";
import type { NodeGroupOptions } from "./node-group-props";
import { NAMES as NAME_OPTIONS, PAIR, PROMOTION, requireKnownOptions } from "./option-names";
import { userLine } from "./user-line";

/** How the clusters of a pair, and with them their stacks, are named; `{pair}` stands for the pair's name. */
export interface ClusterNames {
  readonly staging: string;
  readonly production: string;
}

/** What describes both clusters of a pair; every part may stand in a `differs`. */
export interface ClusterPairProps extends TandemProps<EksClusterOptions> {
  /** @default { staging: "stage-{pair}", production: "prod-{pair}" } */
  readonly names?: ClusterNames;
  /** @default - production may run what staging has run for 7 days */
  readonly promotion?: PromotionOptions;
}

/** What staging has to prove before production follows. */
export interface PromotionOptions {
  /**
   * Days that staging has to run something before production may.
   * @default 7
   */
  readonly soakDays?: number;
}

/** Both clusters' own of what was added to a pair. */
export interface Twins<T> {
  readonly staging: T;
  readonly production: T;
}

interface DescribedManifests {
  readonly source: ManifestsSource;
  readonly options: ManifestsOptions;
}

const ENVIRONMENTS: readonly Environment[] = ["staging", "production"];
const NAMES: ClusterNames = { staging: "stage-{pair}", production: "prod-{pair}" };
const CLUSTER_ID = "cluster";
const SOAK_DAYS = 7;

/**
 * A staging and a production cluster, described once. Both get the same; where they do not, `differs` says so and why.
 * Each cluster is two stacks, `stage-<pair>` and `stage-<pair>-releases`, and production's are deployed after staging's.
 */
export class ClusterPair extends Construct {
  readonly staging: EksCluster;
  readonly production: EksCluster;
  private readonly differences: Difference[] = [];

  /** @throws TandemError when a prop is missing or malformed; the message names it and the cluster */
  constructor(scope: Construct, id: string, props: ClusterPairProps) {
    placed(scope, undefined, () => requirePairName(id));
    super(scope, id);
    placed(this, undefined, () => requirePairOptions(props));
    const { names = NAMES, promotion, ...clusterProps } = props;
    this.requireNames(names);
    const soakDays = this.soakDaysOf(promotion);
    this.staging = this.createCluster("staging", names, clusterProps);
    this.production = this.createCluster("production", names, clusterProps);
    this.staging.followedBy(this.production);
    this.describe(id, soakDays);
  }

  /** Adds a managed node group to both clusters. */
  addNodeGroup(id: string, options: Tandem<NodeGroupOptions>): Twins<NodeGroup> {
    const { staging, production } = this.sides<NodeGroupOptions>(`nodeGroups.${id}`, options);
    return {
      staging: this.staging.addNodeGroup(id, staging),
      production: this.production.addNodeGroup(id, production),
    };
  }

  /** Adds a Fargate profile to both clusters. */
  addFargateProfile(id: string, options: Tandem<FargateProfileOptions>): Twins<FargateProfile> {
    const { staging, production } = this.sides<FargateProfileOptions>(`fargateProfiles.${id}`, options);
    return {
      staging: this.staging.addFargateProfile(id, staging),
      production: this.production.addFargateProfile(id, production),
    };
  }

  /** Adds what Karpenter needs in AWS to both clusters; its chart is a Helm release, given `values` of what this returns. */
  addKarpenter(options: Tandem<KarpenterOptions> = {}): Twins<Karpenter> {
    const { staging, production } = this.sides<KarpenterOptions>("karpenter", options);
    return { staging: this.staging.addKarpenter(staging), production: this.production.addKarpenter(production) };
  }

  /** Adds an EKS add-on to both clusters; `id` is its name, such as `coredns`. */
  addAddon(id: string, options: Tandem<AddonOptions>): Twins<Addon> {
    const { staging, production } = this.sides<AddonOptions>(`addons.${id}`, options);
    return { staging: this.staging.addAddon(id, staging), production: this.production.addAddon(id, production) };
  }

  /** Adds a Helm release to both clusters; `id` is its name. */
  addHelmRelease(id: string, options: Tandem<HelmReleaseOptions>): Twins<HelmRelease> {
    const { staging, production } = this.sides<HelmReleaseOptions>(`releases.${id}`, options);
    return {
      staging: this.staging.addHelmRelease(id, staging),
      production: this.production.addHelmRelease(id, production),
    };
  }

  /** Adds Kubernetes manifests to both clusters: a function that makes cdk8s charts, called once for each cluster, or YAML files. */
  addManifests(
    id: string,
    source: Tandem<ManifestsSource>,
    options: Tandem<ManifestsOptions> = {},
  ): Twins<KubernetesManifests> {
    const described: Tandem<DescribedManifests> = { source, options } as Tandem<DescribedManifests>;
    const { staging, production } = this.sides<DescribedManifests>(`manifests.${id}`, described);
    return {
      staging: this.staging.addManifests(id, staging.source, staging.options),
      production: this.production.addManifests(id, production.source, production.options),
    };
  }

  /** What each cluster gets. The calls above stand alone, without a callback: cdktf keeps the stack of calls for each token that they make. */
  private sides<T>(path: string, options: Tandem<T>): { readonly staging: T; readonly production: T } {
    const record = (difference: Difference) => this.differences.push(difference);
    return {
      staging: sideOf<T>(options, "staging", path, record),
      production: sideOf<T>(options, "production", path),
    };
  }

  private createCluster(
    environment: Environment,
    names: ClusterNames,
    props: TandemProps<EksClusterOptions>,
  ): EksCluster {
    const record =
      environment === "staging" ? (difference: Difference) => this.differences.push(difference) : undefined;
    const plain = sideOf<EksClusterOptions>(props as Tandem<EksClusterOptions>, environment, "", record);
    const stack = new TerraformStack(this.node.root as App, nameOf(names, environment, this.node.id));
    return new EksCluster(stack, CLUSTER_ID, { ...plain, environment, pair: this.node.id });
  }

  private requireNames(names: ClusterNames): void {
    if (holdsDiffers(names))
      throw misuse(this, undefined, "names is not a differs(); it names both clusters by itself");
    const [staging, production] = ENVIRONMENTS.map((environment) => nameOf(names, environment, this.node.id));
    if (staging === production)
      throw misuse(this, undefined, `names gives both clusters the name "${staging}"; give each its own`);
    for (const name of [staging, production]) {
      if (name && this.node.root.node.tryFindChild(name)) {
        throw misuse(
          this,
          undefined,
          `there is a stack named "${name}" already; give the pair another name, or set \`names\``,
        );
      }
    }
  }

  private soakDaysOf(promotion: PromotionOptions = {}): number {
    const { soakDays = SOAK_DAYS } = promotion;
    if (holdsDiffers(promotion)) throw misuse(this, undefined, "promotion is not a differs(); it is about the pair");
    if (Number.isInteger(soakDays) && soakDays >= 0) return soakDays;
    throw misuse(
      this,
      undefined,
      `promotion.soakDays: expected a whole number of days, got ${JSON.stringify(soakDays)}`,
    );
  }

  private describe(name: string, soakDays: number): void {
    const location = userLine();
    Acknowledgements.covers(this, () => ENVIRONMENTS.flatMap((environment) => this[environment].coveredPaths));
    describes(this, () => ({
      kind: "pair",
      pair: {
        name,
        path: this.node.path,
        ...(location && { location }),
        staging: this.staging.clusterName,
        production: this.production.clusterName,
        differences: this.differences,
        promotion: { soakDays },
      },
    }));
    attachGate(this.staging.stack);
  }
}

function requirePairOptions(props: ClusterPairProps): void {
  requireKnownOptions<object>(props, PAIR);
  if (!holdsDiffers(props.names)) requireKnownOptions(props.names, NAME_OPTIONS, "names.");
  if (!holdsDiffers(props.promotion)) requireKnownOptions(props.promotion, PROMOTION, "promotion.");
}

function nameOf(names: ClusterNames, environment: Environment, pair: string): string {
  return String(names[environment]).replace("{pair}", pair);
}
