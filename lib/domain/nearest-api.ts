import table from "../data/kubernetes-apis.json";
import { type ApiId, apiLifecycle, formatApiVersion, isDeprecated, parseApiVersion, serving } from "./api-lifecycle";
import type { KubernetesVersion } from "./kubernetes-version";
import { nearestWord } from "./nearest-word";

/**
 * The API that an unknown one is probably meant to be: the kind in another version or group, or one of the group's kinds that is
 * spelled alike. It is served at all `versions`, and not deprecated where there is a choice; undefined when nothing is near.
 */
export function nearestApi(
  apiVersion: string,
  kind: string,
  versions: readonly KubernetesVersion[],
): ApiId | undefined {
  const { group } = parseApiVersion(apiVersion);
  const served = (table.rows as readonly ApiId[]).filter((api) => isServedAtAll(api, versions));
  const ofGroup = served.filter((api) => api.group === group);
  const isCurrent = (api: ApiId) => !isDeprecatedAtAny(api, versions);
  const named = (apis: readonly ApiId[], word: string | undefined) => {
    const found = apis.filter((api) => api.kind === word);
    return found.findLast(isCurrent) ?? found.at(-1);
  };
  const spelledAlike = (apis: readonly ApiId[]) => {
    const kinds = apis.map((api) => api.kind);
    return named(apis, nearestWord(kind, kinds));
  };
  return named(ofGroup, kind) ?? named(served, kind) ?? spelledAlike(ofGroup) ?? spelledAlike(served);
}

function isServedAtAll(api: ApiId, versions: readonly KubernetesVersion[]): boolean {
  return versions.every((version) => serving(formatApiVersion(api), api.kind, version) === "served");
}

function isDeprecatedAtAny(api: ApiId, versions: readonly KubernetesVersion[]): boolean {
  const lifecycle = apiLifecycle(formatApiVersion(api), api.kind);
  return lifecycle !== undefined && versions.some((version) => isDeprecated(lifecycle, version));
}
