import {
  type ApiLifecycle,
  apiLifecycle,
  formatApiVersion,
  isServed,
  servedReplacement,
} from "../domain/api-lifecycle";
import { fieldChange } from "../domain/field-change";
import type { KubernetesVersion } from "../domain/kubernetes-version";

/** What the tables say of the API that a finding is about. Versions are Kubernetes minor versions. */
export interface ApiFacts {
  /** The release that deprecated it. */
  readonly deprecatedIn?: string;
  /** The first release that no longer serves it, be it planned. */
  readonly removedIn?: string;
  /** What to use at the target instead. */
  readonly replacement?: Replacement;
  /** Whether the version that the cluster runs now serves it; absent where that is not known or was not asked. */
  readonly servedByTargetFrom?: boolean;
}

/** An API that the target serves. */
export interface Replacement {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether the version that the cluster runs now serves it too, so that it can be written before the upgrade. */
  readonly servedByTargetFrom?: boolean;
}

/** The versions that are judged for. */
export interface Targets {
  readonly target: KubernetesVersion;
  /** What the cluster runs now. */
  readonly targetFrom?: KubernetesVersion;
}

/** The facts of a built-in API; none of any other. */
export function apiFacts(apiVersion: string, kind: string, targets: Targets): ApiFacts {
  const lifecycle = apiLifecycle(apiVersion, kind);
  if (!lifecycle) return {};
  const replacement = replacementOf(lifecycle, targets);
  return {
    ...(lifecycle.deprecated === undefined ? {} : { deprecatedIn: lifecycle.deprecated }),
    ...(lifecycle.removed === undefined ? {} : { removedIn: lifecycle.removed }),
    ...(replacement ? { replacement } : {}),
    ...servedNow(apiVersion, kind, targets),
  };
}

/** The facts of a field change, and whether the object's API is served now. */
export function fieldFacts(id: string, apiVersion: string, kind: string, targets: Targets): ApiFacts {
  const { deprecatedIn, removedIn } = fieldChange(id) ?? {};
  return {
    ...(deprecatedIn === undefined ? {} : { deprecatedIn }),
    ...(removedIn === undefined ? {} : { removedIn }),
    ...servedNow(apiVersion, kind, targets),
  };
}

/** One that is served now too goes first. */
function replacementOf(lifecycle: ApiLifecycle, { target, targetFrom }: Targets): Replacement | undefined {
  const shared = targetFrom && servedReplacement(lifecycle, [targetFrom, target]);
  const api = shared ?? servedReplacement(lifecycle, [target]);
  return (
    api && {
      apiVersion: formatApiVersion(api),
      kind: api.kind,
      ...(targetFrom && { servedByTargetFrom: api === shared }),
    }
  );
}

function servedNow(apiVersion: string, kind: string, { targetFrom }: Targets): Pick<ApiFacts, "servedByTargetFrom"> {
  const served = targetFrom && isServed(apiVersion, kind, String(targetFrom));
  return served === undefined ? {} : { servedByTargetFrom: served };
}
