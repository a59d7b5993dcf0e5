import type { Disruption } from "./disruption";
import type { ClusterHistory } from "./history";
import type { Ownership } from "./ownership";
import type { Planned } from "./planned";
import type { Release } from "./release";

export type * from "./planned";
export type * from "./release";

/**
 * The model: what an app describes, as plain JSON. Constructs write it, rules and the planner judge it, reports present it.
 * It carries what the rules need of each Kubernetes object and no more: never whole objects, values or secrets.
 */
export interface Model {
  /** Raised when a reader of the old form would misread the new one. */
  readonly schemaVersion: 1;
  /** The day the model is judged on, `YYYY-MM-DD`. No rule reads the clock. */
  readonly asOf: string;
  readonly pairs: readonly Pair[];
  readonly clusters: readonly Cluster[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** What `tandem.history.json` says of the clusters that it knows; absent where the project has no history. */
  readonly history?: readonly ClusterHistory[];
  /** Clusters that the history knows and the app does not describe; absent where there are none. */
  readonly undescribed?: readonly UndescribedCluster[];
  /** What Terraform is about to do; present where the model was made of a plan. Then `clusters` are as they are after the apply. */
  readonly planned?: Planned;
}

/** A cluster that is recorded and not described. */
export interface UndescribedCluster {
  readonly cluster: string;
  /** When it was last recorded, as in `HistoryEntry.at`. */
  readonly at: string;
}

export type Environment = "staging" | "production";

/** A place in a file of the user's: line and column count from 1. */
export interface Location {
  /** Relative to the folder that synth ran in, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What every described construct says of itself. */
export interface Described {
  readonly name: string;
  /** The construct's path in the tree, such as `stage-aws1/cluster/general`. */
  readonly path: string;
  /** The user's line that created it. */
  readonly location?: Location;
}

/**
 * A version, or null where it is a Terraform value that nobody can know at synth time. Null is a finding (`version-unknown`),
 * never a silent pass.
 */
export type Stated = string | null;

/** A staging and a production cluster, described once. */
export interface Pair extends Described {
  /** Name of the staging cluster. */
  readonly staging: string;
  /** Name of the production cluster. */
  readonly production: string;
  /** Every difference that `differs` declares. */
  readonly differences: readonly Difference[];
  readonly promotion?: Promotion;
}

/** What staging has to prove before production follows. */
export interface Promotion {
  /** Days that staging has to run something before production may. */
  readonly soakDays: number;
}

/** A version that goes down by intention: EKS takes a control plane back by one minor version within days of its upgrade. */
export interface Rollback {
  /** The minor version to go back to. */
  readonly to: string;
  readonly because: string;
  readonly location?: Location;
}

/** A declared difference between the two clusters of a pair. */
export interface Difference {
  /** Where in the description it stands: `versions.controlPlane`, `nodeGroups.general.size`, `releases.metrics-server.values.replicas`. */
  readonly path: string;
  /** The staging side; a hash in the place of anything that may be a secret (Helm values). */
  readonly staging: Json;
  readonly production: Json;
  readonly because: string;
  readonly location?: Location;
}

export type SupportType = "STANDARD" | "EXTENDED";

/** An EKS cluster: its control plane and all that is deployed with it. */
export interface Cluster extends Described {
  /** The pair that it belongs to; absent for a cluster without a twin. */
  readonly pair?: string;
  /** Absent for a cluster without a twin. */
  readonly environment?: Environment;
  readonly region: string;
  /** The twelve digits of the AWS account. */
  readonly accountId: string;
  /** Kubernetes minor version of the control plane. */
  readonly version: Stated;
  /** EKS `upgradePolicy.supportType`. */
  readonly supportType: SupportType;
  /** Networks that may reach the public endpoint, null for one that only Terraform knows; absent where there is no public endpoint. */
  readonly publicAccess?: readonly Stated[];
  /** Present where a rollback is declared. */
  readonly rollback?: Rollback;
  /** Clients that talk to the API server from outside, such as CI's kubectl. */
  readonly clients: Clients;
  /** True where EKS Auto Mode runs nodes, and with them what they need. */
  readonly autoMode?: boolean;
  readonly nodeGroups: readonly NodeGroup[];
  /** Absent where there are none. */
  readonly fargateProfiles?: readonly FargateProfile[];
  /** Absent where Karpenter has no role here. */
  readonly karpenter?: Karpenter;
  readonly addons: readonly Addon[];
  readonly releases: readonly Release[];
  readonly manifests: readonly Manifests[];
}

export interface Clients {
  /** Minor version of the kubectl that people and CI use. */
  readonly kubectl?: Stated;
}

export interface NodeGroup extends Described {
  /** Kubernetes minor version of the kubelets. */
  readonly version: Stated;
  /** The AMI release, such as `1.35.2-20260214`; absent: the newest for `version`. */
  readonly releaseVersion?: Stated;
  /** EKS's name of the image; of one that was built by somebody else, that of the image it was built from. */
  readonly amiType: Stated;
  /** The image, where it is not EKS's; then `version` is what the user says of it. */
  readonly amiId?: Stated;
  readonly instanceTypes: readonly string[];
  readonly capacityType: "ON_DEMAND" | "SPOT";
  readonly size: { readonly min: number; readonly max: number; readonly desired?: number };
}

/** Pods that EKS runs on Fargate. */
export interface FargateProfile extends Described {
  readonly selectors: readonly { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }[];
}

/** What Karpenter has in AWS; its chart is a release. */
export interface Karpenter extends Described {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** An EKS add-on. */
export interface Addon extends Described, Ownership {
  /** The EKS build, such as `v1.14.3-eksbuild.23`. */
  readonly version: Stated;
  /** Absent where its pods get no credentials of AWS from EKS Pod Identity. */
  readonly podIdentity?: PodIdentity;
  /** True where an escape hatch gives its service account a role in another way (IRSA). */
  readonly serviceAccountRole?: boolean;
}

/** Credentials of AWS that EKS Pod Identity gives to the pods of service accounts. */
export interface PodIdentity {
  readonly serviceAccounts: readonly string[];
  /** Their namespace, where the user states one. */
  readonly namespace?: string;
  /** IAM policies by name or ARN. */
  readonly policies: readonly string[];
  /** `sha256:…` of the role's own policy. */
  readonly policyHash?: string;
}

/** Kubernetes manifests deployed together: a cdk8s chart or YAML files. */
export interface Manifests extends Described, Ownership {
  readonly namespace: string;
  /** The YAML files, where it was made of files. */
  readonly files?: readonly string[];
  /** As of a release. */
  readonly podIdentity?: PodIdentity;
  /** Documents read, the unreadable and the empty ones included. */
  readonly documents: number;
  readonly objects: readonly KubernetesObject[];
  readonly unreadable: readonly Unreadable[];
}

/** What the rules need to know of one Kubernetes object, wherever it comes from. */
export interface ObjectFacts {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for objects without one, which land in the release's namespace or have none. */
  readonly namespace?: string;
  /** Empty for a question to the API server, such as a TokenReview, that has none. */
  readonly name: string;
  /** Ids of `field-changes` rows whose matcher hits this object, whatever the version. */
  readonly fields?: readonly string[];
  /** For a CustomResourceDefinition: what it defines. */
  readonly defines?: DefinedResource;
  /** What it says of the evictions of pods, where a PodDisruptionBudget makes that matter. */
  readonly disruption?: Disruption;
}

/** An object of manifests. */
export interface KubernetesObject extends ObjectFacts {
  /** Path of the cdk8s construct, the manifests' own path included; absent for files. */
  readonly path?: string;
  /** Where its apiVersion stands, for files; the user's line for constructs. */
  readonly location?: Location;
  /** `sha256:…` of the canonical object. */
  readonly hash: string;
  /** Repositories of its containers' images, without tags, as far as it is a workload: `quay.io/jetstack/cert-manager-controller`. */
  readonly images?: readonly string[];
}

/** What a CustomResourceDefinition defines. */
export interface DefinedResource {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly { readonly name: string; readonly served: boolean; readonly deprecated?: boolean }[];
  /** `status.storedVersions` of one in a cluster: the versions that objects may still be stored in. */
  readonly stored?: readonly string[];
}

/** A document that could not be understood, and why. */
export interface Unreadable {
  /** What is wrong and how to fix it, in one or two sentences. */
  readonly message: string;
  readonly location?: Location;
  /** What could not be read where it is no document of a file, as the start of a sentence: `ingresses.networking.k8s.io`. */
  readonly what?: string;
  /** How to fix it, where that is not to correct a document. */
  readonly remedy?: string;
  /** Less than an error, where it is not known whether anything was missed. */
  readonly severity?: "warning";
}

/** A finding that somebody has decided to live with. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  /** A date (`2027-01-31`, the last day it holds) or a Kubernetes version (`1.36`, until a cluster it covers runs it). */
  readonly until?: string;
  /** Construct paths that it covers, each with everything below it; the empty path is the whole app. */
  readonly paths: readonly string[];
  readonly location?: Location;
}
