import * as fs from "node:fs";
import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { AssetType, DefaultTokenResolver, StringConcat, TerraformAsset, Tokenization } from "cdktf";
import { Construct } from "constructs";
import type { Chart, PodIdentity as DescribedPodIdentity } from "../domain/model";
import type { Ownership } from "../domain/ownership";
import { TandemError } from "../domain/tandem-error";
import { describes } from "./description";
import { fingerprint } from "./differs";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { HelmChart } from "./helm-chart";
import {
  deploymentArguments,
  type HelmReleaseOptions,
  requireNamespace,
  requireReleaseName,
} from "./helm-release-options";
import { LockedArchive } from "./locked-archive";
import { placed } from "./misuse";
import { RELEASE, requireKnownOptions } from "./option-names";
import { ownershipOf } from "./ownership";
import { PodIdentity, requirePodIdentity } from "./pod-identity";
import { ReleaseValues } from "./release-values";
import { statedArgument, TERRAFORM_VALUE, watched } from "./stated";
import { userLine } from "./user-line";

export interface HelmReleaseProps extends HelmReleaseOptions {
  readonly cluster: EksCluster;
}

/** What decides which chart is deployed where it is copied beside the stack. */
const CHART_ARGUMENTS = ["chart", "repository", "version"];
/** What decides what a chart is given, and what becomes of what it renders. */
const VALUE_ARGUMENTS = [
  ...["values", "set", "set_list", "set_sensitive", "set_wo"],
  ...["reuse_values", "reset_values", "postrender"],
];

/** A Helm release of a chart that is pinned to an exact version. */
export class HelmRelease extends Construct {
  /** The `helm_release`. */
  readonly resource: Release;

  /** @throws TandemError when a prop is missing or malformed, or the cluster has a release of that name already */
  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    requireReleaseName(scope, id, "Helm release");
    const [values, ownership] = placed(scope, id, () => {
      requireRelease(props);
      return [new ReleaseValues(props), ownershipOf(props)] as const;
    });
    super(scope, id);
    const { cluster, namespace, podIdentity: options } = props;
    const identity = options && new PodIdentity(this, "pod-identity", { cluster, release: id, namespace, options });
    this.resource = new Release(this, "Resource", {
      name: id,
      namespace: props.namespace,
      ...this.chartArguments(id, props),
      ...values.arguments(),
      ...deploymentArguments(props),
      takeOwnership: props.takeOwnership ?? false,
      upgradeInstall: props.upgradeInstall ?? false,
      ...(identity && { dependsOn: [...identity.dependencies] }),
    });
    this.describe(id, props, values, { ...ownership, ...(identity && { podIdentity: identity.described }) });
    attachGate(props.cluster.releasesStack);
  }

  private chartArguments(
    name: string,
    { chart: { chart }, deployFrom }: HelmReleaseProps,
  ): Pick<ReleaseConfig, "chart" | "repository" | "version"> {
    if (deployFrom === "lock" && chart.source !== "local")
      return { chart: new LockedArchive(this, "chart", { name, chart }).chartPath };
    if (chart.source === "repository") return { repository: chart.url, chart: chart.name, version: chart.version };
    if (chart.source === "oci") return { chart: chart.reference, version: chart.version };
    const asset = new TerraformAsset(this, "chart", { path: chart.folder, type: AssetType.DIRECTORY });
    return { chart: `./${asset.path}` };
  }

  /** The chart that Terraform gets, also after an escape hatch; a version is empty where it gets none. */
  private statedChart({ chart: { chart }, deployFrom }: HelmReleaseProps): Chart {
    if (chart.source === "local" || deployFrom === "lock") return chart;
    const version = this.stated("version");
    if (chart.source === "oci") return { ...chart, reference: this.stated("chart"), version };
    return { ...chart, url: this.stated("repository"), name: this.stated("chart"), version };
  }

  private stated(argument: string): string {
    const value = statedArgument(this.resource, argument);
    return value === null ? TERRAFORM_VALUE : (value ?? "");
  }

  /** Values with Terraform's own expressions in the place of cdktf's placeholders, whose numbers change with the code. */
  private resolved<T extends object>(values: T): T {
    return Tokenization.resolve(values, {
      scope: this,
      resolver: new DefaultTokenResolver(new StringConcat()),
      preparing: false,
    }) as T;
  }

  /** Tells the arguments that give Helm values, or another chart in the place of a copied one, that nobody here has seen. */
  private unseenArguments({ chart: { chart }, deployFrom }: HelmReleaseProps): () => string[] {
    const isCopied = chart.source === "local" || deployFrom === "lock";
    return watched(this.resource, [...VALUE_ARGUMENTS, ...(isCopied ? CHART_ARGUMENTS : [])]);
  }

  private describe(
    name: string,
    props: HelmReleaseProps,
    values: ReleaseValues,
    more: Ownership & { readonly podIdentity?: DescribedPodIdentity },
  ): void {
    const location = userLine();
    const unseen = this.unseenArguments(props);
    describes(this, () => ({
      kind: "release",
      clusterPath: props.cluster.node.path,
      values: {
        values: this.resolved(values.merged()),
        standIns: values.standIns(),
        unseen: unseen(),
      },
      release: {
        name,
        path: this.node.path,
        ...(location && { location }),
        ...more,
        namespace: props.namespace,
        chart: this.statedChart(props),
        ...(props.appVersion !== undefined && { appVersion: props.appVersion }),
        valuesHash: fingerprint(this.resolved(values.identity())),
      },
    }));
  }
}

function requireRelease(props: HelmReleaseProps): void {
  requireKnownOptions(props, RELEASE);
  const { chart, namespace, appVersion, deployFrom, podIdentity } = props;
  if (!HelmChart.isHelmChart(chart)) {
    throw new TandemError(
      "chart is missing; write HelmChart.repository(url, name, version), .oci(reference, version) or .local(folder)",
    );
  }
  requireNamespace(namespace);
  if (podIdentity) requirePodIdentity(podIdentity);
  if (![undefined, "source", "lock"].includes(deployFrom))
    throw new TandemError(`deployFrom: expected "source" or "lock", got ${JSON.stringify(deployFrom)}`);
  if (appVersion !== undefined && (typeof appVersion !== "string" || appVersion === "")) {
    throw new TandemError(
      `appVersion: expected the application's version in quotes, such as "0.8.1", got ${JSON.stringify(appVersion)}`,
    );
  }
  const described = chart.chart;
  if (described.source === "local" && !fs.existsSync(described.folder)) {
    throw new TandemError(
      `the chart's folder ${described.folder} does not exist; HelmChart.local takes a path from the folder that holds cdktf.json`,
    );
  }
}
