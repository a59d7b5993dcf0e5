import {
  apiLifecycle,
  formatApiVersion,
  hasDeprecatedApis,
  isBuiltInGroup,
  isDeprecated,
} from "../domain/api-lifecycle";
import type { KubernetesVersion } from "../domain/kubernetes-version";
import type { Definition } from "./definitions";
import type { ServedResource } from "./discovery";

/** A resource to list, and the version to ask for it in. */
export interface Listing extends Pick<ServedResource, "group" | "resource" | "kind"> {
  readonly version: string;
  /** True where the server has it in no version that is not deprecated. */
  readonly isDeprecated: boolean;
}

/**
 * Which resources may hold objects that were written with an API other than today's: custom resources, and built-in kinds that have or
 * had a deprecated API. Each is asked for in the version that the server prefers among those that are not deprecated, so that a scan does
 * not itself call what it looks for; the server converts.
 */
export function listings(
  resources: readonly ServedResource[],
  version: KubernetesVersion,
  definitions: readonly Definition[],
): Listing[] {
  const deprecated = new Set(definitions.flatMap(deprecatedVersions));
  const isOld = (group: string, name: string, kind: string) =>
    isDeprecatedAt(formatApiVersion({ group, version: name }), kind, version) ||
    deprecated.has(`${group}/${name} ${kind}`);
  const chosen = resources.filter(isWorthListing).map(({ group, resource, kind, versions }): Listing => {
    const current = versions.find((name) => !isOld(group, name, kind));
    return { group, resource, kind, version: current ?? versions[0] ?? "", isDeprecated: current === undefined };
  });
  return chosen.filter((listing) => !listing.isDeprecated || !isServedElsewhere(listing, resources));
}

/**
 * What cannot be written has no author. Events are many, short-lived and written by programs. What only ever had one API, such as
 * Secrets, can only have been written with that.
 */
function isWorthListing({ group, kind, isWritable }: ServedResource): boolean {
  if (!isWritable || (kind === "Event" && isBuiltInGroup(group))) return false;
  return !isBuiltInGroup(group) || (hasDeprecatedApis(group, kind) ?? true);
}

function isDeprecatedAt(apiVersion: string, kind: string, version: KubernetesVersion): boolean {
  const lifecycle = apiLifecycle(apiVersion, kind);
  return lifecycle !== undefined && isDeprecated(lifecycle, version);
}

function deprecatedVersions({ group, kind, versions }: Definition): string[] {
  return versions.filter(({ deprecated }) => deprecated).map(({ name }) => `${group}/${name} ${kind}`);
}

/** The same objects under another group: those of `extensions` are those of `networking.k8s.io`, where that is served. */
function isServedElsewhere({ group, kind, version }: Listing, resources: readonly ServedResource[]): boolean {
  const alternatives = apiLifecycle(formatApiVersion({ group, version }), kind)?.alternatives ?? [];
  return alternatives.some(
    (other) =>
      other.group !== group &&
      resources.some(
        (each) => each.group === other.group && each.kind === other.kind && each.versions.includes(other.version),
      ),
  );
}
