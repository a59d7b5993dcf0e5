import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../domain/aws";
import { requireTags } from "../domain/aws-tags";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Environment, Rollback } from "../domain/model";
import { Addon, type AddonOptions } from "./addon";
import { Access, admitToPrivateEndpoint } from "./cluster-access";
import { clusterFacts } from "./cluster-facts";
import { createNetwork } from "./cluster-network";
import { addClusterOutputs } from "./cluster-outputs";
import { createKarpenterNodeRole, createNodeRole } from "./cluster-roles";
import { type ControlPlane, createControlPlane } from "./control-plane";
import { CreationOrder } from "./creation-order";
import { describes } from "./description";
import { requireClusterProps } from "./eks-cluster-checks";
import type { EksClusterProps, IpFamily, RollbackOptions } from "./eks-cluster-props";
import { FargateProfile, type FargateProfileOptions } from "./fargate-profile";
import { attachGate } from "./gate";
import { HelmRelease } from "./helm-release";
import type { HelmReleaseOptions } from "./helm-release-options";
import { type ExistingParts, importExisting } from "./import-existing";
import { Karpenter, type KarpenterOptions } from "./karpenter";
import { KubernetesManifests, type ManifestsOptions, type ManifestsSource } from "./kubernetes-manifests";
import { misuse, placed } from "./misuse";
import { NodeGroup } from "./node-group";
import type { NodeGroupOptions } from "./node-group-props";
import { EXISTING_PARTS, ROLLBACK, requireKnownOptions } from "./option-names";
import { ensureAwsProvider, ensureHelmProvider, releasesStackOf } from "./providers";
import type { Role } from "./service-role";
import { requireKubernetesVersion } from "./stated";
import { userLine } from "./user-line";
import type { Vpc } from "./vpc";
import { WindowsNodes } from "./windows-nodes";

const EKS_CLUSTER = Symbol.for("eks-tandem/EksCluster");

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
  /** Kubernetes minor version of the node groups that name none. */
  readonly nodeVersion: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Absent in a network that exists already. @internal */
  readonly vpc: Vpc | undefined;
  private readonly controlPlane: ControlPlane;
  private readonly access: Access;
  private imported = false;
  private roleOfNodes: Role | undefined;
  private ofWindowsNodes: WindowsNodes | undefined;
  private readonly followers: TerraformStack[] = [];
  private readonly order = new CreationOrder();
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
    requireClusterProps(scope, id, this.clusterName, props);
    requireKubernetesVersion(scope, id, "versions.controlPlane", props.versions?.controlPlane);
    this.nodeVersion = requireKubernetesVersion(scope, id, "versions.nodes", props.versions?.nodes);
    this.tags = clusterTags(this.clusterName, props);
    placed(scope, id, () => requireTags(this.tags));
    this.prepareStack(this.stack);
    const { vpc, ...network } = createNetwork(this, this.clusterName, props);
    this.vpc = vpc;
    this.subnetIds = network.subnetIds;
    this.controlPlane = createControlPlane(this, { ...props, name: this.clusterName, ...network });
    this.resource = this.controlPlane.resource;
    this.access = new Access(this, "access", {
      clusterName: this.resource.name,
      region: props.aws.region,
      access: props.access ?? {},
    });
    admitToPrivateEndpoint(this, this.resource, props.endpoint?.privateAccessCidrs ?? []);
    addClusterOutputs(this, this.resource, this.clusterName, props.aws);
    this.describe();
    attachGate(this.stack);
  }

  /** The role of the managed node groups, made when first asked for. */
  get nodeRole(): Role {
    this.roleOfNodes ??= createNodeRole(this, this.clusterName, this.props);
    return this.roleOfNodes;
  }

  /** What Windows node groups need, made when first asked for. @internal */
  get windowsNodes(): WindowsNodes {
    this.ofWindowsNodes ??= new WindowsNodes(this, "windows-node-access", {
      cluster: this.resource,
      clusterName: this.clusterName,
      controlPlaneRole: this.controlPlane.role,
      props: this.props,
    });
    return this.ofWindowsNodes;
  }

  /** The family of the pods' addresses. @internal */
  get ipFamily(): IpFamily {
    return this.props.kubernetesNetwork?.ipFamily ?? "ipv4";
  }

  /** Makes the role of Karpenter's nodes below `scope`. @internal */
  createKarpenterNodeRole(scope: Construct): Role {
    return createKarpenterNodeRole(scope, this.clusterName, this.props);
  }

  /** The stack of the Helm releases and manifests, made when first asked for. */
  get releasesStack(): TerraformStack {
    if (!this.releases) {
      this.releases = releasesStackOf(this.stack);
      this.prepareStack(this.releases);
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
    placed(this, undefined, () => requireKnownOptions(options, ROLLBACK, "rollback."));
    const to = placed(this, undefined, () => KubernetesVersion.parse(options.to, "rollback.to").toString());
    if (typeof options.because !== "string" || options.because.trim() === "")
      throw misuse(this, undefined, "rollback needs a reason; write because");
    if (this.declaredRollback) throw misuse(this, undefined, "a rollback is declared already; leave one of them");
    const location = userLine();
    const { because } = options;
    this.declaredRollback = { to, because, ...(location && { location }) };
    return this;
  }

  /**
   * Takes over a cluster that exists: its name, and what else is named, get import blocks, so that the next apply changes them and
   * creates nothing in their place. Add-ons are added before. Once applied, this call can go. `docs/deploying.md` says which props have
   * to be as they are in AWS for nothing to be replaced.
   * @throws TandemError when a part is named that is not described, or the cluster is imported already
   */
  importExisting(parts: ExistingParts = {}): this {
    if (this.imported)
      throw misuse(this, undefined, "the cluster is imported already; name all that exists in one call");
    placed(this, undefined, () => requireKnownOptions(parts, EXISTING_PARTS));
    this.imported = true;
    const addons = new Map(this.order.addons.map((addon) => [addon.node.id, addon.resource]));
    importExisting({ cluster: this, controlPlane: this.controlPlane, access: this.access, addons }, parts);
    return this;
  }

  /** Takes part in the order of creation. @internal */
  register(part: Addon | NodeGroup | FargateProfile): void {
    this.order.add(part);
  }

  private prepareStack(stack: TerraformStack): void {
    ensureAwsProvider(stack, this.props.aws, this.tags);
    this.props.backend?.addTo(stack);
  }

  private describe(): void {
    const { props } = this;
    const location = userLine();
    describes(this, () => ({
      kind: "cluster",
      cluster: clusterFacts(this, { props, location, rollback: this.declaredRollback }),
    }));
  }
}

function clusterTags(clusterName: string, props: EksClusterProps): Record<string, string> {
  return { cluster: clusterName, ...(props.environment && { environment: props.environment }), ...props.tags };
}
