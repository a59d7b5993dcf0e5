import type { ObjectFacts } from "../domain/model";
import type { StoredRelease } from "../manifests/helm-release-secret";
import type { Definition } from "./definitions";
import type { NotLookedAt } from "./discovery";
import type { Evidence } from "./written-as";

/**
 * What a scan saw of a cluster, as plain JSON: what is needed to judge it, now or later, and nothing that may be secret: no values, no
 * fields of objects, no applied manifests.
 */
export interface ClusterEvidence {
  /** Tells what the file is. */
  readonly tandem: "cluster-evidence";
  /** Raised when a reader of the old form would misread the new one. */
  readonly schemaVersion: 1;
  /** Name of the kubeconfig's context. */
  readonly context: string;
  /** The server's version, such as `v1.33.4-eks-99d6cc0`. */
  readonly serverVersion: string;
  /** The server's minor version, such as `1.33`. */
  readonly kubernetes: string;
  /** When it was looked at, RFC 3339. */
  readonly observedAt: string;
  /** What was listed, by resource. */
  readonly listed: readonly ListedResource[];
  readonly notLookedAt: readonly NotLookedAt[];
  /** Objects by how they were written; one that two wrote differently stands twice. */
  readonly objects: readonly WrittenObject[];
  readonly definitions: readonly Definition[];
  /** Every revision that Helm keeps; absent where nobody asked for them. */
  readonly releases?: readonly ObservedRelease[];
}

export interface ListedResource {
  /** Such as `ingresses.networking.k8s.io`. */
  readonly resource: string;
  /** The API that it was asked for in. */
  readonly through: string;
  /** True where the server has it in deprecated versions only, so that asking called one of them. */
  readonly deprecated?: true;
  readonly objects: number;
  /** How many of them do not say how they were written: no annotation, no managed fields. Absent where all do. */
  readonly unattributed?: number;
}

/** An object, in the API that somebody wrote it with. */
export interface WrittenObject extends ObjectFacts {
  readonly evidence: Evidence;
}

/** A revision of a release, as Helm keeps it. */
export interface ObservedRelease extends Omit<StoredRelease, "manifest" | "hooks"> {
  readonly storedIn: "Secret" | "ConfigMap";
  /** Documents of its manifests. */
  readonly documents: number;
  readonly objects: readonly ObjectFacts[];
  /** What could not be read of its manifests. */
  readonly unreadable: readonly string[];
}
