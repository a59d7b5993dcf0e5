import coerce from "semver/functions/coerce";
import gte from "semver/functions/gte";
import { formatApiVersion, parseApiVersion } from "../domain/api-lifecycle";
import type { Cluster, ObjectFacts } from "../domain/model";
import {
  componentReleases,
  componentsOf,
  isServedByComponent,
  type ThirdPartyApi,
  thirdPartyApi,
  thirdPartyApis,
} from "../domain/third-party-api";
import { inCluster } from "./cluster-name";
import type { CustomVerdict } from "./custom-resources";

/** A release of a component in a cluster, by Helm or as an EKS add-on. */
interface Deployed {
  readonly component: string;
  /** Such as `release cert-manager of cluster stage-aws1`. */
  readonly what: string;
  /** The component's own version; undefined where nobody states it. */
  readonly appVersion: string | undefined;
}

const CHECK =
  "Check it with kubectl api-resources, add the CustomResourceDefinition to the manifests so that it is judged, or acknowledge unknown-api here.";

/** What the release that brings a custom resource does with its API, as far as the table of third-party APIs knows. */
export function byComponent(object: ObjectFacts, cluster: Cluster): CustomVerdict {
  const { apiVersion, kind } = object;
  const api = thirdPartyApi(apiVersion, kind);
  const components = api ? [api.component] : componentsOf(parseApiVersion(apiVersion).group);
  if (components.length === 0) {
    const why = `which was not judged: no CustomResourceDefinition${inCluster(cluster)} defines it, and no table knows it`;
    return { is: "not-judged", why, remedy: CHECK };
  }
  const deployed = components.flatMap((component) => deployedIn(cluster, component));
  const [release] = deployed;
  if (!release) {
    const missing =
      cluster.name === "" ? "whose version is not known" : `and cluster ${cluster.name} has no release of it`;
    const why = `which was not judged: it comes with ${components.join(" or ")}, ${missing}`;
    return {
      is: "not-judged",
      why,
      remedy: `Add the release with its appVersion, or acknowledge unknown-api here if ${components.join(" or ")} comes another way.`,
    };
  }
  if (release.appVersion === undefined) {
    const why = `which was not judged: ${release.what} does not state its appVersion`;
    return { is: "not-judged", why, remedy: `State the appVersion of ${release.what}.` };
  }
  return byRelease(object, api, release, release.appVersion);
}

function deployedIn(cluster: Cluster, component: string): Deployed[] {
  const releases = cluster.releases
    .filter(({ chart }) => chart.name === component)
    .map(({ name, appVersion, contents }) => ({
      component,
      what: `release ${name} of cluster ${cluster.name}`,
      appVersion: contents?.appVersion ?? appVersion,
    }));
  const addons = cluster.addons
    .filter(({ name }) => name === component)
    .map(({ name, version }) => ({
      component,
      what: `add-on ${name} of cluster ${cluster.name}`,
      appVersion: version ?? undefined,
    }));
  return [...releases, ...addons];
}

function byRelease(
  { apiVersion, kind }: ObjectFacts,
  api: ThirdPartyApi | undefined,
  { component, what }: Deployed,
  appVersion: string,
): CustomVerdict {
  const { group } = parseApiVersion(apiVersion);
  const siblings = thirdPartyApis(component).filter((each) => each.group === group && each.kind === kind);
  const served = siblings.filter((each) => isServedByComponent(each, appVersion));
  const isServed = api ? isServedByComponent(api, appVersion) : whyAbsent(siblings, appVersion);
  if (isServed === undefined) return notInTable(component, kind, what, appVersion);
  const remedy = useServed(
    served.filter((each) => each !== api && !isDeprecatedIn(each, appVersion)),
    what,
    appVersion,
  );
  if (!isServed) return { is: "not-served", why: `${fate(api, appVersion)}; ${what} is ${appVersion}`, remedy };
  if (!api || !isDeprecatedIn(api, appVersion)) return { is: "served" };
  const removal = api.removed ? ` and ${api.removed} removes` : "";
  return {
    is: "deprecated",
    why: `which ${component} ${api.deprecated} deprecated${removal}; ${what} is ${appVersion}`,
    remedy,
  };
}

/** A version of a known kind that no release has is not served; of an unknown kind, or by an unread release, nobody knows. */
function whyAbsent(siblings: readonly ThirdPartyApi[], appVersion: string): false | undefined {
  const isRead = siblings.length > 0 && siblings.every((each) => isServedByComponent(each, appVersion) !== undefined);
  return isRead ? false : undefined;
}

function notInTable(component: string, kind: string, what: string, appVersion: string): CustomVerdict {
  const { from, to } = componentReleases(component) ?? { from: "none", to: "none" };
  const why = `which was not judged: ${what} is ${appVersion}, and the table knows ${kind} of ${component} ${from} to ${to} only`;
  return { is: "not-judged", why, remedy: CHECK };
}

function fate(api: ThirdPartyApi | undefined, appVersion: string): string {
  if (!api) return "which no release is known to have";
  if (api.removed && isReached(api.removed, appVersion)) return `which ${api.component} ${api.removed} removed`;
  return `which ${api.component} ${api.introduced} introduces`;
}

function useServed(served: readonly ThirdPartyApi[], what: string, appVersion: string): string {
  const newest = served.toSorted((a, b) => (isReached(a.introduced, b.introduced) ? -1 : 1)).at(-1);
  if (newest) return `Use ${formatApiVersion(newest)}, which ${what} (${appVersion}) serves.`;
  return `Change the version of ${what}, or take the object out: ${appVersion} serves nothing in its place.`;
}

function isDeprecatedIn({ deprecated }: ThirdPartyApi, appVersion: string): boolean {
  return deprecated !== undefined && isReached(deprecated, appVersion);
}

/** Versions of components are not always whole SemVer (`v1.16`, `<=0.6.0`). */
function isReached(milestone: string, appVersion: string): boolean {
  return gte(coerce(appVersion) ?? "0.0.0", coerce(milestone) ?? "0.0.0");
}
