import { Release } from "@cdktf/provider-helm/lib/release";
import type { App as Cdk8sApp } from "cdk8s";
import { Construct } from "constructs";
import type { Environment, Manifests } from "../domain/model";
import { describes } from "./description";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { deploymentArguments, requireNamespace, requireReleaseName } from "./helm-release-options";
import { LocalChart } from "./local-chart";
import { type ManifestText, manifestsOfCdk8s, manifestsOfFiles } from "./manifest-text";
import { misuse, placed } from "./misuse";
import { MANIFESTS, requireKnownOptions } from "./option-names";
import { type OwnershipOptions, ownershipOf } from "./ownership";
import { PodIdentity, type PodIdentityOptions, requirePodIdentity } from "./pod-identity";
import { userLine } from "./user-line";

/** What the function of `addManifests` learns about the cluster that it makes charts for. */
export interface ManifestsCluster {
  /** The cluster's name in AWS. */
  readonly clusterName: string;
  /** Absent for a cluster without a twin. */
  readonly environment: Environment | undefined;
}

/** Makes cdk8s charts below `scope`, a cdk8s app of their own. */
export type ManifestsFunction = (scope: Cdk8sApp, cluster: ManifestsCluster) => unknown;

/** YAML files, deployed letter for letter. */
export interface ManifestFiles {
  /** Paths from the folder that holds cdktf.json. */
  readonly files: readonly string[];
}

export type ManifestsSource = ManifestsFunction | ManifestFiles;

/** How manifests are deployed. */
export interface ManifestsOptions extends OwnershipOptions {
  /**
   * Namespace of the objects that name none; it is created if it is missing.
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * Credentials of AWS for the manifests' pods, by EKS Pod Identity: wants the add-on eks-pod-identity-agent.
   * @default - none
   */
  readonly podIdentity?: PodIdentityOptions;
}

export interface KubernetesManifestsProps extends ManifestsOptions {
  readonly cluster: EksCluster;
  readonly source: ManifestsSource;
}

const NAMESPACE = "default";

/**
 * Kubernetes manifests, deployed as one Helm release of a local chart, so that they get Helm's pruning, history and rollback.
 * Their text reaches Kubernetes letter for letter.
 */
export class KubernetesManifests extends Construct {
  /** The `helm_release`. */
  readonly resource: Release;

  /** @throws TandemError when the source is neither a function nor files, or the name is taken or no release name */
  constructor(scope: Construct, id: string, props: KubernetesManifestsProps) {
    const { cluster, source, podIdentity: options } = props;
    requireReleaseName(scope, id, "set of manifests");
    const namespace = props.namespace ?? NAMESPACE;
    const ownership = placed(scope, id, () => {
      requireKnownOptions(props, MANIFESTS);
      requireNamespace(namespace);
      if (options) requirePodIdentity(options);
      return ownershipOf(props);
    });
    super(scope, id);
    const location = userLine();
    const text = this.read(source, cluster, location);
    const chart = new LocalChart(this, "chart", { name: id, files: text.files });
    const identity = options && new PodIdentity(this, "pod-identity", { cluster, release: id, namespace, options });
    this.resource = new Release(this, "Resource", {
      name: id,
      namespace,
      chart: chart.chartPath,
      ...deploymentArguments({ namespace }),
      ...(identity && { dependsOn: [...identity.dependencies] }),
    });
    const { manifests } = text;
    describes(this, () => ({
      kind: "manifests",
      clusterPath: cluster.node.path,
      manifests: {
        name: id,
        path: this.node.path,
        ...(location && { location }),
        ...ownership,
        namespace,
        ...(identity && { podIdentity: identity.described }),
        ...manifests,
      },
    }));
    attachGate(cluster.releasesStack);
  }

  private read(source: ManifestsSource, cluster: EksCluster, location: Manifests["location"]): ManifestText {
    if (typeof source === "object" && source !== null && "files" in source) {
      return placed(this, undefined, () => manifestsOfFiles(source.files));
    }
    if (typeof source !== "function") {
      throw misuse(
        this,
        undefined,
        'addManifests takes a function that makes cdk8s charts, such as (scope, cluster) => new Web(scope, "web"), or { files: ["web.yaml"] }',
      );
    }
    const { clusterName, environment } = cluster;
    return placed(this, undefined, () =>
      manifestsOfCdk8s((app) => source(app, { clusterName, environment }), this.node.path, location),
    );
  }
}
