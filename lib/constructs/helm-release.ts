import * as fs from "node:fs";
import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { AssetType, DefaultTokenResolver, StringConcat, TerraformAsset, Tokenization } from "cdktf";
import { Construct } from "constructs";
import type { Chart } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { describes } from "./description";
import { fingerprint } from "./differs";
import type { EksCluster } from "./eks-cluster";
import { attachGate } from "./gate";
import { HelmChart } from "./helm-chart";
import { LockedArchive } from "./locked-archive";
import { misuse, placed } from "./misuse";
import { type JsonObject, ReleaseValues, type SensitiveValues } from "./release-values";
import { statedArgument, TERRAFORM_VALUE, watched } from "./stated";
import { userLine } from "./user-line";

/** What describes a Helm release. */
export interface HelmReleaseOptions {
  readonly chart: HelmChart;
  /** Namespace of the release, such as `kube-system`. */
  readonly namespace: string;
  /**
   * Version of the application that the chart ships: a chart's version and its application's move apart.
   * @default - not stated
   */
  readonly appVersion?: string;
  /**
   * The values, whole: what is not here is the chart's default. `{{ }}`, `${ }` and `%{ }` reach the chart letter for letter.
   * @default - the chart's defaults
   */
  readonly values?: JsonObject;
  /**
   * YAML files with values, relative to the folder that holds cdktf.json. A later file wins over an earlier one, `values` over all.
   * @default - none
   */
  readonly valuesFiles?: readonly string[];
  /**
   * Values that no plan may show: Terraform values as text, such as a sensitive `TerraformVariable`'s, under the keys that the chart
   * reads them from. They win over `values`. Terraform keeps them in its state.
   * @default - none
   */
  readonly sensitiveValues?: SensitiveValues;
  /** @default - true, except in kube-system and default, which exist */
  readonly createNamespace?: boolean;
  /**
   * Whether a failed change is rolled back.
   * @default true
   */
  readonly atomic?: boolean;
  /**
   * Whether Terraform waits until the release's objects are ready.
   * @default true
   */
  readonly wait?: boolean;
  /**
   * Seconds that a change may take.
   * @default 300
   */
  readonly timeoutSeconds?: number;
  /**
   * Number of revisions that Helm keeps for a rollback.
   * @default 10
   */
  readonly maxHistory?: number;
  /**
   * Where Terraform takes the chart from: its repository or registry, or the locked archive, which synth copies beside the stack. A local
   * chart is always copied.
   * @default "source"
   */
  readonly deployFrom?: "source" | "lock";
  /**
   * Whether the release takes over objects that exist and are not its own.
   * @default false
   */
  readonly takeOwnership?: boolean;
  /**
   * Whether a release of this name that is in the cluster and not in Terraform's state is upgraded; else that is an error.
   * @default false
   */
  readonly upgradeInstall?: boolean;
}

export interface HelmReleaseProps extends HelmReleaseOptions {
  readonly cluster: EksCluster;
}

/** Helm's own limit, and names that Kubernetes accepts. https://helm.sh/docs/chart_template_guide/getting_started/ */
const RELEASE_NAME = /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const TIMEOUT_SECONDS = 300;
const MAX_HISTORY = 10;
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
    const values = placed(scope, id, () => {
      requireRelease(props);
      return new ReleaseValues(props);
    });
    super(scope, id);
    this.resource = new Release(this, "Resource", {
      name: id,
      namespace: props.namespace,
      ...this.chartArguments(id, props),
      ...values.arguments(),
      ...deploymentArguments(props),
      takeOwnership: props.takeOwnership ?? false,
      upgradeInstall: props.upgradeInstall ?? false,
    });
    this.describe(id, props, values);
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

  private describe(name: string, props: HelmReleaseProps, values: ReleaseValues): void {
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
        namespace: props.namespace,
        chart: this.statedChart(props),
        ...(props.appVersion !== undefined && { appVersion: props.appVersion }),
        valuesHash: fingerprint(this.resolved(values.identity())),
      },
    }));
  }
}

/** How every release is deployed, charts and manifests alike: whole values, no leftovers of earlier ones, all or nothing. */
export function deploymentArguments(
  options: Pick<
    HelmReleaseOptions,
    "namespace" | "createNamespace" | "atomic" | "wait" | "timeoutSeconds" | "maxHistory"
  >,
): Partial<ReleaseConfig> {
  return {
    createNamespace: options.createNamespace ?? !["kube-system", "default"].includes(options.namespace),
    reuseValues: false,
    resetValues: true,
    atomic: options.atomic ?? true,
    cleanupOnFail: true,
    wait: options.wait ?? true,
    timeout: options.timeoutSeconds ?? TIMEOUT_SECONDS,
    maxHistory: options.maxHistory ?? MAX_HISTORY,
  };
}

/** @throws TandemError when Helm would refuse the name or it is taken. */
export function requireReleaseName(scope: Construct, id: string, what: string): void {
  if (!RELEASE_NAME.test(id)) {
    throw misuse(
      scope,
      id,
      `a ${what}'s name has 1 to 53 lower-case letters, digits and hyphens, got ${JSON.stringify(id)}`,
    );
  }
  if (scope.node.tryFindChild(id)) {
    throw misuse(
      scope,
      id,
      `the cluster has a Helm release or manifests named "${id}" already; names of releases are unique in a cluster`,
    );
  }
}

/** @throws TandemError when it is not a Kubernetes namespace's name */
export function requireNamespace(namespace: unknown): void {
  if (typeof namespace === "string" && NAMESPACE.test(namespace)) return;
  throw new TandemError(
    `namespace: expected a Kubernetes namespace such as "kube-system", got ${JSON.stringify(namespace)}`,
  );
}

function requireRelease({ chart, namespace, appVersion, deployFrom }: HelmReleaseProps): void {
  if (!HelmChart.isHelmChart(chart)) {
    throw new TandemError(
      "chart is missing; write HelmChart.repository(url, name, version), .oci(reference, version) or .local(folder)",
    );
  }
  requireNamespace(namespace);
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
