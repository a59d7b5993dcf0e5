import { kubernetesApisHorizon } from "../domain/api-lifecycle";
import { eksVersionsHorizon } from "../domain/eks-calendar";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type {
  Addon,
  ChartContents,
  Cluster,
  KubernetesObject,
  Manifests,
  Model,
  NodeGroup,
  Pair,
  Release,
  RenderedObject,
  Rendering,
} from "../domain/model";

/**
 * Builders of models, for tests of rules without constructs: each gives a whole, valid thing of which a test states only what it is
 * about. Paths follow from where a thing stands, as in a real app.
 */

/** A model that holds nothing, judged on the day that EKS's calendar was read. */
export function aModel(stated: Partial<Model> = {}): Model {
  return {
    schemaVersion: 1,
    asOf: eksVersionsHorizon().retrieved,
    pairs: [],
    clusters: [],
    acknowledgements: [],
    ...stated,
  };
}

/** A model of one cluster without a twin. */
export function aModelOf(stated: Partial<Cluster> = {}): Model {
  return aModel({ clusters: [aCluster(stated)] });
}

/** What the twins of a model share, and what only one of them has. */
export interface StatedTwins {
  readonly both?: Partial<Cluster>;
  readonly staging?: Partial<Cluster>;
  readonly production?: Partial<Cluster>;
  readonly differences?: Pair["differences"];
}

/** A model of the pair `aws1`: the clusters `stage-aws1` and `prod-aws1`, alike but for what is stated. */
export function aModelOfTwins({ both, staging, production, differences = [] }: StatedTwins = {}): Model {
  const { name: pair } = aPair();
  return aModel({
    pairs: [aPair({ differences })],
    clusters: [
      aCluster({
        name: "prod-aws1",
        pair,
        environment: "production",
        accountId: "222222222222",
        ...both,
        ...production,
      }),
      aCluster({ name: "stage-aws1", pair, environment: "staging", ...both, ...staging }),
    ],
  });
}

/** The pair `aws1`, without a difference. */
export function aPair(stated: Partial<Pair> = {}): Pair {
  return { name: "aws1", path: "aws1", staging: "stage-aws1", production: "prod-aws1", differences: [], ...stated };
}

/** The cluster `stage-aws1` with one node group of its own version. What is in it is put below its path. */
export function aCluster(stated: Partial<Cluster> = {}): Cluster {
  const { name = "stage-aws1", version = settledVersion() } = stated;
  const cluster: Cluster = {
    name,
    path: `${name}/cluster`,
    region: "us-east-1",
    accountId: "111111111111",
    version,
    supportType: "STANDARD",
    clients: {},
    nodeGroups: [aNodeGroup({ version })],
    addons: [],
    releases: [],
    manifests: [],
    ...stated,
  };
  return {
    ...cluster,
    nodeGroups: cluster.nodeGroups.map((group) => placed(group, cluster.path)),
    addons: cluster.addons.map((addon) => placed(addon, cluster.path)),
    releases: cluster.releases.map((release) => placed(release, `${name}-releases`)),
    manifests: cluster.manifests.map((manifests) => placedObjects(placed(manifests, `${name}-releases`))),
  };
}

/** The node group `general`: two to four arm64 nodes. */
export function aNodeGroup(stated: Partial<NodeGroup> = {}): NodeGroup {
  return {
    name: "general",
    path: "general",
    version: settledVersion(),
    amiType: "AL2023_ARM_64_STANDARD",
    instanceTypes: ["m7g.large"],
    capacityType: "ON_DEMAND",
    size: { min: 2, max: 4 },
    ...stated,
  };
}

/** The add-on `coredns`. */
export function anAddon(stated: Partial<Addon> = {}): Addon {
  return { name: "coredns", path: "coredns", version: "v1.13.2-eksbuild.4", ...stated };
}

/**
 * The Helm release `metrics-server`, locked and rendered as one Deployment for the version of a cluster that states none. The chart ships
 * the app version that the release states.
 */
export function aRelease(stated: Partial<Release> = {}): Release {
  const { appVersion } = { appVersion: "0.8.1", ...stated };
  const { appVersion: _shipped, ...contents } = chartContents();
  return {
    name: "metrics-server",
    path: "metrics-server",
    namespace: "kube-system",
    chart: {
      source: "repository",
      url: "https://kubernetes-sigs.github.io/metrics-server",
      name: "metrics-server",
      version: "3.13.1",
    },
    appVersion: "0.8.1",
    valuesHash: "sha256:0",
    lock: { state: "locked", digest: "sha256:0", archive: ".tandem/charts/metrics-server-3.13.1.tgz" },
    contents: { ...contents, ...(appVersion !== undefined && { appVersion }) },
    renderings: [aRendering()],
    ...stated,
  };
}

/** What the chart of metrics-server says: nothing to find in it. */
export function chartContents(stated: Partial<ChartContents> = {}): ChartContents {
  return {
    version: "3.13.1",
    appVersion: "0.8.1",
    crds: [],
    imageTags: [],
    invalidValues: [],
    unknownValues: [],
    standIns: [],
    ...stated,
  };
}

/** What Helm renders for the cluster's version: one Deployment. */
export function aRendering(stated: Partial<Rendering> = {}): Rendering {
  const objects = stated.objects ?? [aRenderedObject()];
  return { at: "current", kubernetes: settledVersion(), documents: objects.length, objects, unreadable: [], ...stated };
}

/** The Deployment `kube-system/metrics-server` of a chart; an object of another kind has no namespace unless it is stated. */
export function aRenderedObject(stated: Partial<RenderedObject> = {}): RenderedObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    name: "metrics-server",
    ...(stated.kind === undefined && { namespace: "kube-system" }),
    template: "metrics-server/templates/deployment.yaml",
    ...stated,
  };
}

/** The manifests `storefront` with one Deployment. Paths of objects are put below theirs. */
export function someManifests(stated: Partial<Manifests> = {}): Manifests {
  const objects = stated.objects ?? [anObject()];
  const unreadable = stated.unreadable ?? [];
  return {
    name: "storefront",
    path: "storefront",
    namespace: "default",
    documents: objects.length + unreadable.length,
    objects,
    unreadable,
    ...stated,
  };
}

/** The Deployment `web/storefront`. */
export function anObject(stated: Partial<KubernetesObject> = {}): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    name: "storefront",
    hash: "sha256:0",
    ...(stated.kind === undefined && { namespace: "web" }),
    ...stated,
  };
}

/** A Kubernetes version that every table knows: the one before the newest but one, so that a test which states none stays clean. */
function settledVersion(): string {
  const { covers } = kubernetesApisHorizon();
  return KubernetesVersion.parse(covers?.to).previous(2).toString();
}

function placed<T extends { readonly name: string; readonly path: string }>(part: T, parent: string): T {
  return { ...part, path: `${parent}/${part.name}` };
}

function placedObjects(manifests: Manifests): Manifests {
  const place = (object: KubernetesObject): KubernetesObject =>
    object.path === undefined ? object : { ...object, path: `${manifests.path}/${object.path}` };
  return { ...manifests, objects: manifests.objects.map(place) };
}
