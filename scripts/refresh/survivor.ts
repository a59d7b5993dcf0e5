import type { ApiId } from "../../lib/domain/api-lifecycle";

/** Of the APIs that are still there, the most mature version of a resource, if it is more mature than `version`. */
export function survivor(
  { group, kind }: Pick<ApiId, "group" | "kind">,
  version: string,
  surviving: readonly ApiId[],
): ApiId | undefined {
  const best = surviving
    .filter((api) => api.group === group && api.kind === kind && maturity(api.version) > maturity(version))
    .sort((a, b) => maturity(a.version) - maturity(b.version))
    .at(-1);
  return best && { group: best.group, version: best.version, kind: best.kind };
}

/** Kubernetes' own order of versions: v1alpha2 < v1beta1 < v1 < v2. */
function maturity(version: string): number {
  const [, major = "0", stage, minor = "0"] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  const stageRank = stage === "alpha" ? 0 : stage === "beta" ? 1 : 2;
  return stageRank * 10_000 + Number(major) * 100 + Number(minor);
}
