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
import {
  isDeprecatedByComponent,
  isServedByComponent,
  replacementByComponent,
  type ThirdPartyApi,
  thirdPartyApi,
} from "../../domain/third-party-api";

/** What is to serve the objects. */
export interface Servers {
  readonly target: KubernetesVersion;
  /** The versions of the components that serve custom resources, such as `cert-manager` to `1.17.2`. */
  readonly components: ReadonlyMap<string, string>;
}

/** Why an object cannot stay as it is: there is an API to convert it to, or a reason why there is none. */
export type Need = Standing & ({ readonly to: ApiId } | { readonly reason: string });

/** How it stands with an object's API. */
export interface Standing {
  /** Whether it is served all the same. */
  readonly isServed: boolean;
  /** What serves it or does not, such as `Kubernetes 1.35`. */
  readonly server: string;
}

/** What an object needs: `none` when it may stay, `unknown` when nobody can say, as for most custom resources. */
export function needOf(object: ObjectFacts, { target, components }: Servers): Need | "none" | "unknown" {
  const { apiVersion, kind } = object;
  if (isBuiltInGroup(parseApiVersion(apiVersion).group)) return builtInNeed(object, target);
  const api = thirdPartyApi(apiVersion, kind);
  const version = api && components.get(api.component);
  return api && version !== undefined ? componentNeed(api, version) : "unknown";
}

function builtInNeed({ apiVersion, kind }: ObjectFacts, target: KubernetesVersion): Need | "none" {
  const server = `Kubernetes ${target}`;
  const lifecycle = apiLifecycle(apiVersion, kind);
  if (!lifecycle) {
    const reason = "no release of Kubernetes has this kind in this API: correct apiVersion or kind";
    return { isServed: false, server, reason };
  }
  const state = serving(apiVersion, kind, target);
  const isServed = state === "served";
  if (state === "not-an-api" || (isServed && !isDeprecated(lifecycle, target))) return "none";
  if (state === "not-yet") {
    return { isServed, server, reason: "it is not served yet: choose a newer target, or write it with an older API" };
  }
  return { isServed, server, ...wayOut(servedReplacement(lifecycle, [target]), isServed, lifecycle.note) };
}

function componentNeed(api: ThirdPartyApi, version: string): Need | "none" {
  const isServed = isServedByComponent(api, version) ?? false;
  if (isServed && !isDeprecatedByComponent(api, version)) return "none";
  return { isServed, server: `${api.component} ${version}`, ...wayOut(replacementByComponent(api, version), isServed) };
}

function wayOut(to: ApiId | undefined, isServed: boolean, note?: string): { to: ApiId } | { reason: string } {
  if (to) return { to };
  const advice = isServed ? "plan to do without it" : "take it out";
  const why = note === undefined ? "" : ` (${note.replace(/\.$/, "")})`;
  return { reason: `nothing is served in its place: ${advice}${why}` };
}
