import { TandemError } from "../domain/tandem-error";
import { isRecord } from "../manifests/plain-value";
import { type ApiServer, JSON_ONLY, refusalIn } from "./api-server";

/** A kind of object that a server has, and the versions that it can be asked for in. */
export interface ServedResource {
  /** Empty for the core group. */
  readonly group: string;
  /** The name in paths and in RBAC, such as `ingresses`. */
  readonly resource: string;
  readonly kind: string;
  /** Versions that it can be listed in, those that the server prefers first. */
  readonly versions: readonly string[];
  /** Whether clients may write it: only then has it an author. */
  readonly isWritable: boolean;
}

/** What could not be looked at, and why: an error of a scan, never a silent pass. */
export interface NotLookedAt {
  /** Such as `ingresses.networking.k8s.io`. */
  readonly what: string;
  /** The end of a sentence, from what the server said. */
  readonly why: string;
  /** How to fix it; absent where whoever scans has to be allowed to list it. */
  readonly remedy?: string;
}

export interface Discovery {
  readonly resources: readonly ServedResource[];
  readonly notLookedAt: readonly NotLookedAt[];
}

/** Since 1.26 a server tells all that it has in two answers; an older one, or an extension, falls back to one for each version. */
const AGGREGATED = ["v2", "v2beta1"]
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat(JSON_ONLY)
  .join(",");

/**
 * The resources that a server lists, subresources left out, by group and name.
 * @throws TandemError when the server does not tell
 */
export async function discover(server: ApiServer): Promise<Discovery> {
  const found = new Found();
  for (const path of ["/api", "/apis"]) {
    const { status, body, ...rest } = await server.get(path, AGGREGATED);
    if (status !== 200 || !isRecord(body)) {
      throw new TandemError(
        `the API server of context ${JSON.stringify(server.context)} does not say what it serves: ${path}: ` +
          `${refusalIn({ status, body, ...rest })}; whoever scans needs what the ClusterRole system:discovery grants (--print-rbac)`,
      );
    }
    if (body.kind === "APIGroupDiscoveryList") found.takeAggregated(body);
    else await takeEach(server, groupVersionsOf(body), found);
  }
  return { resources: found.resources(), notLookedAt: found.notLookedAt };
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
  readonly path: string;
}

/** Of an APIVersions (core) or an APIGroupList, the preferred version of each group first. */
function groupVersionsOf(body: Record<string, unknown>): GroupVersion[] {
  if (body.kind === "APIVersions") {
    return textsIn(body.versions).map((version) => ({ group: "", version, path: `/api/${version}` }));
  }
  return recordsIn(body.groups).flatMap(({ name, versions, preferredVersion }) => {
    const preferred = isRecord(preferredVersion) ? preferredVersion.version : undefined;
    const all = recordsIn(versions).map(({ version }) => String(version));
    const ordered = [...all.filter((version) => version === preferred), ...all.filter((v) => v !== preferred)];
    return ordered.map((version) => ({ group: String(name), version, path: `/apis/${name}/${version}` }));
  });
}

async function takeEach(server: ApiServer, groupVersions: readonly GroupVersion[], found: Found): Promise<void> {
  for (const { group, version, path } of groupVersions) {
    const answer = await server.get(path);
    if (answer.status !== 200) {
      found.notLookedAt.push({ what: `all of ${path.replace(/^\/apis?\//, "")}`, why: refusalIn(answer) });
      continue;
    }
    for (const each of recordsIn(isRecord(answer.body) ? answer.body.resources : undefined)) {
      found.take(group, version, String(each.name), each.kind, each.verbs);
    }
  }
}

/** Gathers the versions of each resource. */
class Found {
  readonly notLookedAt: NotLookedAt[] = [];
  private readonly byName = new Map<string, { versions: string[] } & Omit<ServedResource, "versions">>();

  takeAggregated({ items }: Record<string, unknown>): void {
    for (const { metadata, versions } of recordsIn(items)) {
      const group = isRecord(metadata) && typeof metadata.name === "string" ? metadata.name : "";
      for (const each of recordsIn(versions)) this.takeVersion(group, each);
    }
  }

  private takeVersion(group: string, { version, freshness, resources }: Record<string, unknown>): void {
    const known = recordsIn(resources);
    if (freshness === "Stale" && known.length === 0) {
      const why = "the extension that serves it does not answer (kubectl get apiservices)";
      this.notLookedAt.push({ what: `all of ${group}/${version}`, why });
    }
    for (const { resource, responseKind, verbs } of known) {
      this.take(
        group,
        String(version),
        String(resource),
        isRecord(responseKind) ? responseKind.kind : undefined,
        verbs,
      );
    }
  }

  take(group: string, version: string, resource: string, kind: unknown, verbs: unknown): void {
    const can = textsIn(verbs);
    if (!can.includes("list") || resource.includes("/") || typeof kind !== "string") return;
    const isWritable = can.some((verb) => verb === "create" || verb === "update" || verb === "patch");
    const known = this.byName.get(`${group}/${resource}`);
    if (known) known.versions.push(version);
    else this.byName.set(`${group}/${resource}`, { group, resource, kind, versions: [version], isWritable });
  }

  resources(): ServedResource[] {
    return [...this.byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource);
  }
}

/** `ingresses.networking.k8s.io`, as kubectl names a resource. */
export function resourceName({ group, resource }: Pick<ServedResource, "group" | "resource">): string {
  return group === "" ? resource : `${resource}.${group}`;
}

/** The entries of a list that are objects; none where it is no list. */
export function recordsIn(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** The entries of a list that are text. */
export function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}
