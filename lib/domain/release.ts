import type { Described, ObjectFacts, PodIdentity, Unreadable } from "./model";
import type { Ownership } from "./ownership";

/** A Helm release. */
export interface Release extends Described, Ownership {
  readonly namespace: string;
  readonly chart: Chart;
  /** The application's version as the user states it. */
  readonly appVersion?: string;
  /** `sha256:…` of the canonical values. */
  readonly valuesHash: string;
  /** Absent where its pods get no credentials of AWS from EKS Pod Identity. */
  readonly podIdentity?: PodIdentity;
  /** How the lock file holds the chart; absent in a model that nobody has looked up in a lock file. */
  readonly lock?: ChartLock;
  /** What the chart says of itself and of this release's values; absent where there was no archive to look into. */
  readonly contents?: ChartContents;
  /** What Helm makes of it; one for each Kubernetes version, the cluster's own first. Absent where nothing was rendered. */
  readonly renderings?: readonly Rendering[];
}

/** Where a chart comes from. The version is what Terraform gets, exact or not; empty where it gets none. */
export type Chart =
  | { readonly source: "repository"; readonly url: string; readonly name: string; readonly version: string }
  | { readonly source: "oci"; readonly reference: string; readonly name: string; readonly version: string }
  | { readonly source: "local"; readonly folder: string; readonly name: string };

/** A chart that is downloaded. */
export type RemoteChart = Exclude<Chart, { readonly source: "local" }>;

/**
 * How the lock file holds a release's chart. `no-lock-file`: the project has none. `not-locked`: it has no row for this chart in this
 * version; `others` are the versions of it that are locked. `digest-mismatch`: the archive, or a local chart's folder, is not what was locked; `found` is the digest of what is there. `no-archive`: the row is there and its
 * archive is not. `unlocked-folder`: a local chart in a project without a lock file, which is read as it is.
 */
export type ChartLock =
  | { readonly state: "no-lock-file" | "unlocked-folder" }
  | { readonly state: "not-locked"; readonly others: readonly string[] }
  | ({ readonly state: "locked" | "no-archive" } & LockedChart)
  | ({ readonly state: "digest-mismatch"; readonly found: string } & LockedChart);

/** What the lock file records of a chart. */
export interface LockedChart {
  /** `sha256:…` of the archive; of a local chart, of its files. */
  readonly digest: string;
  /** Where the archive lies, relative to the project; the folder of a local chart. */
  readonly archive: string;
}

/** What a chart's archive says. */
export interface ChartContents {
  /** `version` of Chart.yaml. */
  readonly version: string;
  /** `appVersion` of Chart.yaml. */
  readonly appVersion?: string;
  /** `kubeVersion` of Chart.yaml: a SemVer constraint. */
  readonly kubeVersion?: string;
  readonly deprecated?: boolean;
  /** What is in `crds/`, the subcharts' included. Helm installs these once and never upgrades them. */
  readonly crds: readonly ChartCrd[];
  /** Tags that the values give to images whose tag is the chart's app version by default. */
  readonly imageTags: readonly ImageTag[];
  /** What values.schema.json, the chart's own and the subcharts', says against the values. */
  readonly invalidValues: readonly InvalidValue[];
  /** Keys of the values that the chart does not know. */
  readonly unknownValues: readonly UnknownValue[];
  /** Keys whose values only Terraform knows: the chart was rendered with a stand-in there. */
  readonly standIns: readonly string[];
}

/** A CustomResourceDefinition in a chart's `crds/`. */
export interface ChartCrd {
  /** `certificates.cert-manager.io`. */
  readonly name: string;
  /** `sha256:…` of its text. */
  readonly hash: string;
}

export interface ImageTag {
  /** The key, such as `controller.image.tag`. */
  readonly key: string;
  readonly tag: string;
}

export interface InvalidValue {
  /** The key, such as `controller.replicas`; empty for the values as a whole. */
  readonly key: string;
  /** What is wrong, as `must be integer`; never the value itself. */
  readonly problem: string;
  /** True where the schema itself cannot be used, so that nobody knows. */
  readonly unchecked?: boolean;
}

export interface UnknownValue {
  readonly key: string;
  /** The known key that it is probably meant to be. */
  readonly nearest?: string;
}

/** What Helm renders for one Kubernetes version. */
export interface Rendering {
  /** `current`: the cluster's version. `before`: what the cluster runs before the upgrade to it. `next`: one minor version ahead. */
  readonly at: "current" | "before" | "next";
  readonly kubernetes: string;
  /** Why there is none; then there are no objects. */
  readonly failure?: RenderingFailure;
  readonly documents: number;
  /** Hooks, tests, subcharts and `crds/` included. Those of `before` and `next`: only what `current` does not have. */
  readonly objects: readonly RenderedObject[];
  /** For `before` and `next`: identities (`identityOf`) of the objects that only `current` has. */
  readonly gone?: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

export interface RenderingFailure {
  /** The end of a sentence: `helm template failed: …`. */
  readonly reason: string;
  /** A sentence. */
  readonly remedy: string;
  /** Less than an error, where the release may be rendered and judged elsewhere. */
  readonly severity?: "warning";
}

export interface RenderedObject extends ObjectFacts {
  /** The template that it comes from, such as `web/templates/deployment.yaml`. */
  readonly template?: string;
  /** Present where Helm does not look after it, so that the manifest that it stores does not have it. */
  readonly keeper?: Exclude<Keeper, "release">;
}

/**
 * Who looks after an object. `release`: Helm, as one of the release's. `crds`: nobody; Helm makes what is in `crds/` with the release
 * and never touches it again. `hook`: nobody; Helm makes it at certain moments and does not track it.
 */
export type Keeper = "release" | "crds" | "hook";
