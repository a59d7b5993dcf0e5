import { kubernetesApisHorizon } from "../domain/api-lifecycle";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Manifests, Model } from "../domain/model";
import { TandemError } from "../domain/tandem-error";

/**
 * A model of one cluster that runs the target version and gets the given manifests: what the API rules judge where there is no app.
 * @throws TandemError when the target is no Kubernetes minor version, or one that the API table does not reach
 */
export function targetModel(
  target: string,
  manifests: Omit<Manifests, "name" | "path" | "namespace">,
  file: string,
): Model {
  requireCovered(KubernetesVersion.parse(target));
  return {
    schemaVersion: 1,
    // The API rules judge by version and not by day; the day of their table makes the result repeatable.
    asOf: kubernetesApisHorizon().retrieved,
    pairs: [],
    acknowledgements: [],
    clusters: [
      {
        name: "target",
        path: file,
        region: "",
        accountId: "",
        version: target,
        supportType: "STANDARD",
        clients: {},
        nodeGroups: [],
        addons: [],
        releases: [],
        manifests: [{ name: file, path: file, namespace: "", ...manifests }],
      },
    ],
  };
}

/**
 * The same version, when the API table reaches it.
 * @throws TandemError when it does not
 */
export function requireCovered(version: KubernetesVersion): KubernetesVersion {
  const { covers } = kubernetesApisHorizon();
  if (!covers) return version;
  const [from, to] = [KubernetesVersion.parse(covers.from), KubernetesVersion.parse(covers.to)];
  if (!version.isBefore(from) && !version.isAfter(to)) return version;
  throw new TandemError(
    `nothing is known of Kubernetes ${version}: the API table covers ${from} to ${to}; choose a target within it, or update eks-tandem`,
  );
}
