import type { ClusterEvidence, ObservedRelease } from "../../cluster/evidence";
import { readEvidence } from "../../cluster/evidence-file";
import type { Seen, SeenRelease } from "../../domain/seen";
import { TandemError } from "../../domain/tandem-error";

/**
 * What evidence of a cluster tells that `tandem scan --cluster --evidence` wrote: the control plane, and the Helm releases where they were
 * asked for. Others deploy to the cluster too, so that what the app does not have says nothing.
 * @param name how the file is called
 * @param since when the last entry of the cluster was recorded
 * @throws TandemError when it is no evidence, is of another cluster, or is older than `since`
 */
export function seenInEvidence(text: string, name: string, cluster: string, since: string | undefined): Seen {
  const evidence = readEvidence(text, name);
  requireOf(cluster, evidence, name);
  const { observedAt, kubernetes, releases } = evidence;
  if (since !== undefined && Date.parse(observedAt) < Date.parse(since)) {
    throw new TandemError(
      `${name} is from ${observedAt}, and the last entry of ${cluster} from ${since}; look at the cluster again: ` +
        `tandem scan --cluster --helm-releases --evidence ${name}`,
    );
  }
  return {
    source: name,
    isAll: false,
    version: kubernetes,
    ...(releases && { releases: lastRevisions(releases) }),
  };
}

/** `aws eks update-kubeconfig` names a context after the cluster's ARN; of another name nobody can tell. */
function requireOf(cluster: string, { context }: ClusterEvidence, name: string): void {
  const named = /^arn:[^:]+:eks:[^:]*:\d*:cluster\/(.+)$/.exec(context)?.[1];
  if (named === undefined || named === cluster) return;
  throw new TandemError(`${name} is evidence of cluster ${named}, and ${cluster} is to be recorded`);
}

function lastRevisions(releases: readonly ObservedRelease[]): SeenRelease[] {
  const last = new Map<string, ObservedRelease>();
  for (const release of releases) {
    const key = `${release.namespace}/${release.name}`;
    if (release.revision >= (last.get(key)?.revision ?? 0)) last.set(key, release);
  }
  return [...last.values()].map(({ name, namespace, status, chart: { version, appVersion } }) => ({
    name,
    namespace,
    status,
    version,
    ...(appVersion !== undefined && { appVersion }),
  }));
}
