import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { dependable, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { type AwsEnvironment, partitionOf, requireAwsEnvironment } from "../domain/aws";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Environment, Rollback, SupportType } from "../domain/model";
import { Addon, type AddonOptions } from "./addon";
import { Access } from "./cluster-access";
import { createControlPlane } from "./control-plane";
import { describes } from "./description";
import { holdsDiffers } from "./differs";
import type { EksClusterProps, RollbackOptions } from "./eks-cluster-props";
import { FargateProfile, type FargateProfileOptions } from "./fargate-profile";
import { attachGate } from "./gate";
import { HelmRelease } from "./helm-release";
import type { HelmReleaseOptions } from "./helm-release-options";
import { Karpenter, type KarpenterOptions } from "./karpenter";
import { KubernetesManifests, type ManifestsOptions, type ManifestsSource } from "./kubernetes-manifests";
import { misuse, placed } from "./misuse";
import { isExisting, Network } from "./network";
import { NodeGroup } from "./node-group";
import type { NodeGroupOptions } from "./node-group-props";
import { ensureAwsProvider, ensureHelmProvider, releasesStackOf } from "./providers";
import { ServiceRole } from "./service-role";
import { isTerraformValue, requireKubernetesVersion, statedArgument } from "./stated";
import { userLine } from "./user-line";
import { Vpc } from "./vpc";

const EKS_CLUSTER = Symbol.for("eks-tandem/EksCluster");
/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const CLUSTER_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;
const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"];
const SESSION_POLICY = "AmazonSSMManagedInstanceCore";

/** An EKS cluster: network, control plane, add-ons and node groups in one stack; Helm releases and manifests in a second one. */
export class EksCluster extends Construct {
  static isEksCluster(value: unknown): value is EksCluster {
    return typeof value === "object" && value !== null && EKS_CLUSTER in value;
  }

  /** The cluster's name in AWS. */
  readonly clusterName: string;
  /** Absent for a cluster without a twin. */
  readonly environment: Environment | undefined;
  /** The account and the region that it is in. */
  readonly aws: AwsEnvironment;
  /** The stack of the control plane, the add-ons and the node groups. */
  readonly stack: TerraformStack;
  /** Subnets of the control plane and the nodes. */
  readonly subnetIds: readonly string[];
  /** The `aws_eks_cluster`. */
  readonly resource: EksClusterResource;
  /** The role of the nodes. */
  readonly nodeRole: ServiceRole;
  /** Kubernetes minor version of the node groups that name none. */
  readonly nodeVersion: string;
  readonly tags: Readonly<Record<string, string>>;
  /** AWS managed policies of a node's role, by name. @internal */
  readonly nodePolicies: readonly string[];
  /** Absent in a network that exists already. @internal */
  readonly vpc: Vpc | undefined;
  private readonly followers: TerraformStack[] = [];
  private readonly addons: Addon[] = [];
  private readonly compute: (NodeGroup | FargateProfile)[] = [];
  private releases: TerraformStack | undefined;
  private declaredRollback: Rollback | undefined;

  /** @throws TandemError when a prop is missing or malformed; the message names it */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EksClusterProps,
  ) {
    super(scope, id);
    Object.defineProperty(this, EKS_CLUSTER, { value: true });
    this.stack = TerraformStack.of(this);
    this.clusterName = props.name ?? this.stack.node.id;
    this.environment = props.environment;
    this.aws = props.aws;
    requireProps(scope, id, this.clusterName, props);
    requireKubernetesVersion(scope, id, "versions.controlPlane", props.versions?.controlPlane);
    this.nodeVersion = requireKubernetesVersion(scope, id, "versions.nodes", props.versions?.nodes);
    this.tags = clusterTags(this.clusterName, props);
    ensureAwsProvider(this.stack, props.aws, this.tags);
    const network = props.network.props;
    this.vpc = isExisting(network) ? undefined : new Vpc(this, "network", this.clusterName, network);
    this.subnetIds = isExisting(network) ? network.subnetIds : (this.vpc?.privateSubnetIds ?? []);
    this.resource = createControlPlane(this, { ...props, name: this.clusterName, subnetIds: this.subnetIds });
    this.nodePolicies = [...NODE_POLICIES, ...(props.sessionManager ? [SESSION_POLICY] : [])];
    this.nodeRole = new ServiceRole(this, "node-role", {
      name: `${this.clusterName}-node`,
      service: "ec2.amazonaws.com",
      policies: this.nodePolicies,
      partition: partitionOf(props.aws.region),
    });
    new Access(this, "access", {
      clusterName: this.resource.name,
      region: props.aws.region,
      access: props.access ?? {},
    });
    this.describe();
    attachGate(this.stack);
  }

  /** The stack of the Helm releases and manifests, made when first asked for. */
  get releasesStack(): TerraformStack {
    if (!this.releases) {
      this.releases = releasesStackOf(this.stack);
      ensureAwsProvider(this.releases, this.props.aws, this.tags);
      ensureHelmProvider(this.releases, this.clusterName, this.props.aws);
      attachGate(this.releases);
      for (const follower of this.followers) follower.addDependency(this.releases);
    }
    return this.releases;
  }

  /** Lets `cluster` be deployed only after this one and its releases. @internal */
  followedBy(cluster: EksCluster): void {
    cluster.stack.addDependency(this.stack);
    this.followers.push(cluster.stack);
    if (this.releases) cluster.stack.addDependency(this.releases);
  }

  /** Paths of the stacks that hold all of the cluster. @internal */
  get coveredPaths(): readonly string[] {
    return [this.stack, ...(this.releases ? [this.releases] : [])].map((stack) => stack.node.path);
  }

  /** Adds a managed node group. */
  addNodeGroup(id: string, options: NodeGroupOptions): NodeGroup {
    return new NodeGroup(this, id, { ...options, cluster: this });
  }

  /** Adds a Fargate profile. */
  addFargateProfile(id: string, options: FargateProfileOptions): FargateProfile {
    return new FargateProfile(this, id, { ...options, cluster: this });
  }

  /** Adds what Karpenter needs in AWS; its chart is a Helm release, given `values` of what this returns. */
  addKarpenter(options: KarpenterOptions = {}): Karpenter {
    return new Karpenter(this, "karpenter", { ...options, cluster: this });
  }

  /** Adds an EKS add-on; `id` is its name, such as `coredns`. */
  addAddon(id: string, options: AddonOptions): Addon {
    return new Addon(this, id, { ...options, cluster: this });
  }

  /** Adds a Helm release; `id` is its name. */
  addHelmRelease(id: string, options: HelmReleaseOptions): HelmRelease {
    return new HelmRelease(this.releasesStack, id, { ...options, cluster: this });
  }

  /** Adds Kubernetes manifests, from cdk8s or from YAML files. */
  addManifests(id: string, source: ManifestsSource, options: ManifestsOptions = {}): KubernetesManifests {
    return new KubernetesManifests(this.releasesStack, id, { ...options, source, cluster: this });
  }

  /**
   * Declares that the control plane goes back to the minor version it had before: EKS takes it back within seven days of the upgrade, when
   * the nodes are there already. Without this a version that is lower than the recorded one is refused (`downgrade`).
   * https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
   * @throws TandemError when `to` is no Kubernetes minor version, `because` is empty, or a rollback is declared already
   */
  rollback(options: RollbackOptions): this {
    const to = placed(this, undefined, () => KubernetesVersion.parse(options.to, "rollback.to").toString());
    if (typeof options.because !== "string" || options.because.trim() === "")
      throw misuse(this, undefined, "rollback needs a reason; write because");
    if (this.declaredRollback) throw misuse(this, undefined, "a rollback is declared already; leave one of them");
    const location = userLine();
    const { because } = options;
    this.declaredRollback = { to, because, ...(location && { location }) };
    return this;
  }

  /** Keeps the order in which Terraform creates: add-ons that nodes need, nodes and Fargate, the other add-ons. @internal */
  register(part: Addon | NodeGroup | FargateProfile): void {
    if ("beforeNodes" in part) this.addons.push(part);
    else this.compute.push(part);
    const beforeNodes = this.addons.filter((addon) => addon.beforeNodes).map((addon) => dependable(addon.resource));
    const nodes = this.compute.map(({ resource }) => dependable(resource));
    for (const { resource, dependencies } of this.compute) resource.dependsOn = [...dependencies, ...beforeNodes];
    for (const addon of this.addons) {
      const before = [...addon.dependencies, ...(addon.beforeNodes ? [] : nodes)];
      if (before.length > 0) addon.resource.dependsOn = before;
    }
  }

  private describe(): void {
    const { props, resource } = this;
    const location = userLine();
    describes(this, () => ({
      kind: "cluster",
      cluster: {
        name: this.clusterName,
        path: this.node.path,
        ...(location && { location }),
        ...(props.pair !== undefined && { pair: props.pair }),
        ...(props.environment && { environment: props.environment }),
        region: props.aws.region,
        accountId: props.aws.accountId,
        version: statedArgument(resource, "version") ?? null,
        supportType: props.supportType,
        ...(this.declaredRollback && { rollback: this.declaredRollback }),
        clients: kubectlOf(props),
        ...(resource.computeConfigInput?.enabled === true && { autoMode: true }),
      },
    }));
  }
}

function kubectlOf({ clients }: EksClusterProps): { kubectl?: string | null } {
  if (clients?.kubectl === undefined) return {};
  return { kubectl: isTerraformValue(clients.kubectl) ? null : clients.kubectl };
}

function clusterTags(clusterName: string, props: EksClusterProps): Record<string, string> {
  return { cluster: clusterName, ...(props.environment && { environment: props.environment }), ...props.tags };
}

function requireProps(scope: Construct, id: string, name: string, props: EksClusterProps): void {
  if (!CLUSTER_NAME.test(name) || Token.isUnresolved(name)) {
    throw misuse(
      scope,
      id,
      `a cluster's name has 1 to 100 letters, digits, hyphens and underscores and starts with a letter or digit, got ${JSON.stringify(name)}`,
    );
  }
  const environmentals = Object.entries(props).filter(([, value]) => holdsDiffers(value));
  if (environmentals[0]) {
    throw misuse(
      scope,
      id,
      `${environmentals[0][0]} holds a differs(), but this cluster has no twin; write the plain value, or describe both with ClusterPair`,
    );
  }
  placed(scope, id, () => requireAwsEnvironment(props.aws));
  requireSupportType(scope, id, props.supportType);
  if (!Network.isNetwork(props.network)) {
    throw misuse(
      scope,
      id,
      'network is missing; write Network.create({ cidr: "10.0.0.0/16" }) or Network.existing({ vpcId, subnetIds })',
    );
  }
  if (props.clients?.kubectl !== undefined)
    requireKubernetesVersion(scope, id, "clients.kubectl", props.clients.kubectl);
}

function requireSupportType(scope: Construct, id: string, supportType: SupportType | undefined): void {
  if (supportType === "STANDARD" || supportType === "EXTENDED") return;
  throw misuse(
    scope,
    id,
    `supportType: expected "STANDARD" (EKS upgrades the cluster itself when standard support ends) or "EXTENDED" (extended support is billed), got ${JSON.stringify(supportType)}`,
  );
}
