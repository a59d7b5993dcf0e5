import type { ChartId, ChartVersion } from "./lock";
import type { Environment } from "./model";

/** What the upgrade of a release to another version of its chart changes in one cluster. */
export interface ChartDiff {
  readonly release: string;
  /** Of the release. */
  readonly namespace: string;
  readonly cluster: string;
  /** Absent for a cluster without a twin. */
  readonly environment?: Environment;
  /** The version that both charts are rendered for. */
  readonly kubernetes: string;
  readonly chart: ChartId;
  readonly from: ChartVersion;
  readonly to: ChartVersion;
  /** What there is to say of the new chart with this release's values in this cluster, whatever its objects. */
  readonly problems: readonly ChartProblem[];
  /** Sorted by kind, namespace and name. */
  readonly objects: readonly ObjectChange[];
  /** Of the chart's defaults. Sorted by key. */
  readonly values: readonly ValueChange[];
}

/**
 * What stands against the new chart, or against comparing the two. `not-compared`: the present chart cannot be rendered, so that what
 * changes is not known. `kube-version`: the new chart does not allow the cluster's version. `not-rendered`: Helm cannot render it.
 * `value-invalid`, `value-unknown`: its schema refuses a value, or it does not know a key. There are no objects with the first three.
 */
export interface ChartProblem {
  readonly kind: "not-compared" | "kube-version" | "not-rendered" | "value-invalid" | "value-unknown";
  /** Part of a sentence; never holds a value. */
  readonly message: string;
  readonly remedy?: string;
  /** True where the upgrade fails on it. */
  readonly blocks?: true;
}

/**
 * What an upgrade does to one Kubernetes object. `left-behind`: the new chart has it otherwise, has it new or has it no more, and Helm
 * leaves the cluster as it is; `why` says which.
 */
export interface ObjectChange {
  readonly change: "added" | "changed" | "deleted" | "left-behind";
  /** As the new chart writes it, where that has the object. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for objects without one, which land in the release's namespace or have none. */
  readonly namespace?: string;
  readonly name: string;
  /** The template that it comes from, such as `web/templates/deployment.yaml`; the new chart's, where that has the object. */
  readonly template?: string;
  /** For a hook: when it runs, as `helm.sh/hook` says. */
  readonly hook?: string;
  /** What is particular about the change: the end of a sentence. */
  readonly why?: string;
  /** True where `helm upgrade` fails on it. */
  readonly blocks?: true;
  /** The command of a shell that helps. */
  readonly command?: string;
  /** What to do about it, or what the command takes along: the end of a sentence. */
  readonly remedy?: string;
  /** True where the pods of a workload are replaced. */
  readonly replacesPods?: true;
  /** What changes in it, `labels` left out. Sorted by path. */
  readonly fields?: readonly FieldChangeLine[];
  /** Labels and annotations that change with any version of a chart and say nothing: `helm.sh/chart`, `checksum/config`. Sorted. */
  readonly labels?: readonly string[];
  /** True where nothing changes but `labels`. */
  readonly onlyLabels?: true;
}

/** A field that differs. What may be a secret is a fingerprint, `sha256:1f3870be`, or `(redacted)`; a long text is counted, not shown. */
export interface FieldChangeLine {
  /** `spec.template.spec.containers[web].image`. */
  readonly path: string;
  /** Absent where the field is new. */
  readonly from?: string;
  /** Absent where the field goes. */
  readonly to?: string;
}

/** A default of the chart that differs. Texts as in `FieldChangeLine`. */
export interface ValueChange {
  readonly change: "added" | "removed" | "changed";
  /** `controller.replicas`. */
  readonly key: string;
  readonly from?: string;
  readonly to?: string;
  /**
   * True where the release's own values set the key, or something below it. Removed: that value will do nothing any more. Changed: the
   * new default does not reach this release. Added: a value that did nothing until now does something.
   */
  readonly isSetByUser?: true;
}
