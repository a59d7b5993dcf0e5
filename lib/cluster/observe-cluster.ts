import type { ApiServer } from "./api-server";
import { listDefinitions } from "./definitions";
import { discover, type NotLookedAt } from "./discovery";
import type { ClusterEvidence } from "./evidence";
import { listReleases } from "./helm-releases";
import { type ListedObjects, listObjects } from "./list-objects";
import { type Listing, listings } from "./listings";
import { serverVersion } from "./server-version";

export interface ObserveOptions {
  /** Now, which the evidence is dated with. */
  readonly now: Date;
  /**
   * Whether to read what Helm keeps of its releases, for which it must be allowed to list Secrets.
   * @default false
   */
  readonly helmReleases?: boolean;
  /** Is told after each resource that was listed. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Resources listed, of how many. */
  readonly listed: number;
  readonly of: number;
  /** Objects seen so far. */
  readonly objects: number;
}

/** How many lists are read at once: few enough for a server that has others to serve. */
const AT_ONCE = 4;

/**
 * Looks at a cluster without changing anything: what it serves, which of its objects were written with which API, and what Helm keeps.
 * What may not be listed is in `notLookedAt`.
 * @throws TandemError when the server cannot be asked or does not say what it serves
 */
export async function observeCluster(server: ApiServer, options: ObserveOptions): Promise<ClusterEvidence> {
  const version = await serverVersion(server);
  const discovery = await discover(server);
  const custom = await listDefinitions(server, discovery);
  const plan = listings(discovery.resources, version.kubernetes, custom.definitions);
  const results = await listAll(server, plan, options);
  const helm = options.helmReleases ? await listReleases(server) : undefined;
  const lists = results.filter((result): result is ListedObjects => "listed" in result);
  const refused = results.filter((result): result is NotLookedAt => "why" in result);
  return {
    tandem: "cluster-evidence",
    schemaVersion: 1,
    context: server.context,
    serverVersion: version.text,
    kubernetes: String(version.kubernetes),
    observedAt: options.now.toISOString(),
    listed: lists.map(({ listed }) => listed),
    notLookedAt: eachOnce([...discovery.notLookedAt, ...custom.notLookedAt, ...refused, ...(helm?.notLookedAt ?? [])]),
    objects: lists.flatMap(({ objects }) => objects),
    definitions: custom.definitions,
    ...(helm && { releases: helm.releases }),
  };
}

/** CustomResourceDefinitions are asked for twice: for what they define, and for who wrote them. */
function eachOnce(notLookedAt: readonly NotLookedAt[]): NotLookedAt[] {
  return [...new Map(notLookedAt.map((each) => [each.what, each])).values()];
}

/** In the order of the plan, whichever ends first. */
async function listAll(
  server: ApiServer,
  plan: readonly Listing[],
  { onProgress }: ObserveOptions,
): Promise<(ListedObjects | NotLookedAt)[]> {
  const results: (ListedObjects | NotLookedAt)[] = [];
  const left = [...plan.entries()];
  let [listed, objects] = [0, 0];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, listing] = next;
      const result = await listObjects(server, listing);
      results[index] = result;
      listed += 1;
      if ("listed" in result) objects += result.listed.objects;
      onProgress?.({ listed, of: plan.length, objects });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
