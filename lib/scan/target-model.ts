import { kubernetesApisHorizon } from "../domain/api-lifecycle";
import type { Manifests, Model } from "../domain/model";
import { parseTarget } from "../domain/target-version";

/**
 * A model of one cluster that runs the target version and gets the given manifests: what the API rules judge where there is no app.
 * The cluster has no name, so that messages speak of the target.
 * @throws TandemError when the target is no Kubernetes minor version, or one that the API table does not reach
 */
export function targetModel(
  target: string,
  manifests: Omit<Manifests, "name" | "path" | "namespace">,
  file: string,
): Model {
  parseTarget(target);
  return {
    schemaVersion: 1,
    // The API rules judge by version and not by day; the day of their table makes the result repeatable.
    asOf: kubernetesApisHorizon().retrieved,
    pairs: [],
    acknowledgements: [],
    clusters: [
      {
        name: "",
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
