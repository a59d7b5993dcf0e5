import table from "../data/kubernetes-apis.json";
import { type ApiId, formatApiVersion, parseApiVersion, serving } from "./api-lifecycle";
import type { KubernetesVersion } from "./kubernetes-version";
import { nearestWord } from "./nearest-word";

/**
 * The API that an unknown one is probably meant to be: the kind in another version or group, or one of the group's kinds that is
 * spelled alike. Served at all `versions`, the newest first; undefined when nothing is near.
 */
export function nearestApi(
  apiVersion: string,
  kind: string,
  versions: readonly KubernetesVersion[],
): ApiId | undefined {
  const { group } = parseApiVersion(apiVersion);
  const served = (table.rows as readonly ApiId[]).filter((api) => isServedAtAll(api, versions));
  const ofGroup = served.filter((api) => api.group === group);
  const spelled = (apis: readonly ApiId[], word: string | undefined) => apis.findLast((api) => api.kind === word);
  return (
    spelled(ofGroup, kind) ??
    spelled(served, kind) ??
    spelled(
      ofGroup,
      nearestWord(
        kind,
        ofGroup.map((api) => api.kind),
      ),
    ) ??
    spelled(
      served,
      nearestWord(
        kind,
        served.map((api) => api.kind),
      ),
    )
  );
}

function isServedAtAll(api: ApiId, versions: readonly KubernetesVersion[]): boolean {
  return versions.every((version) => serving(formatApiVersion(api), api.kind, version) === "served");
}
