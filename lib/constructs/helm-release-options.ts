import type { ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import type { Construct } from "constructs";
import { TandemError } from "../domain/tandem-error";
import type { HelmChart } from "./helm-chart";
import { misuse } from "./misuse";
import type { OwnershipOptions } from "./ownership";
import type { PodIdentityOptions } from "./pod-identity";
import type { JsonObject, SensitiveValues } from "./release-values";

/** What describes a Helm release. */
export interface HelmReleaseOptions extends OwnershipOptions {
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
  /**
   * Credentials of AWS for the release's pods, by EKS Pod Identity: wants the add-on eks-pod-identity-agent.
   * @default - none
   */
  readonly podIdentity?: PodIdentityOptions;
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

/** Helm's own limit, and names that Kubernetes accepts. https://helm.sh/docs/chart_template_guide/getting_started/ */
const RELEASE_NAME = /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const TIMEOUT_SECONDS = 300;
const MAX_HISTORY = 10;
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
