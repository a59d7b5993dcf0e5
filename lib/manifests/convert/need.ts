import {
  type ApiId,
  apiLifecycle,
  isBuiltInGroup,
  isDeprecated,
  parseApiVersion,
  servedReplacement,
  serving,
} from "../../domain/api-lifecycle";
import type { KubernetesVersion } from "../../domain/kubernetes-version";
import type { ObjectFacts } from "../../domain/model";

/** Why an object cannot stay as it is: there is an API to convert it to, or a reason why there is none. */
export type Need = { readonly isServed: boolean } & ({ readonly to: ApiId } | { readonly reason: string });

/** What an object needs at the target; undefined when it may stay, or when it is a custom resource. */
export function needOf({ apiVersion, kind }: ObjectFacts, target: KubernetesVersion): Need | undefined {
  const lifecycle = apiLifecycle(apiVersion, kind);
  if (!lifecycle) return isBuiltInGroup(parseApiVersion(apiVersion).group) ? UNKNOWN : undefined;
  const state = serving(apiVersion, kind, target);
  if (state === "not-an-api") return undefined;
  const isServed = state === "served";
  if (isServed && !isDeprecated(lifecycle, target)) return undefined;
  if (state === "not-yet") {
    return {
      isServed,
      reason: "it is not served yet: choose a newer target, or write it with an older API",
    };
  }
  const to = servedReplacement(lifecycle, [target]);
  if (to) return { to, isServed };
  const note = lifecycle.note === undefined ? "" : ` (${lifecycle.note.replace(/\.$/, "")})`;
  const advice = isServed ? "plan to do without it" : "take it out";
  return { isServed, reason: `nothing is served in its place: ${advice}${note}` };
}

const UNKNOWN: Need = {
  isServed: false,
  reason: "no release of Kubernetes has this kind in this API: correct apiVersion or kind",
};
