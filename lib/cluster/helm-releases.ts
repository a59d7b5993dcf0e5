import type { KubernetesObject, ObjectFacts } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { decodeHelmRelease, type StoredRelease } from "../manifests/helm-release-secret";
import { isRecord } from "../manifests/plain-value";
import { readManifests } from "../manifests/read";
import type { ApiServer } from "./api-server";
import type { NotLookedAt } from "./discovery";
import type { ObservedRelease } from "./evidence";
import { METADATA_ONLY } from "./list-objects";
import { listPages, type Query } from "./list-pages";

export interface Releases {
  readonly releases: readonly ObservedRelease[];
  readonly notLookedAt: readonly NotLookedAt[];
}

/** Each may fill a Secret, which holds 1 MiB. */
const AT_ONCE = 50;
const MANY = 500;

const DAMAGED = "Restore it from a backup, or delete it where the release is gone.";

/** Where Helm keeps releases. Helm 3 writes Secrets unless HELM_DRIVER says configmap; its SQL driver keeps none in the cluster. */
const STORES = [
  {
    storedIn: "Secret",
    what: "Helm releases in Secrets",
    path: "/api/v1/secrets",
    selection: "fieldSelector=type%3Dhelm.sh%2Frelease.v1&labelSelector=owner%3Dhelm",
  },
  {
    storedIn: "ConfigMap",
    what: "Helm releases in ConfigMaps",
    path: "/api/v1/configmaps",
    selection: "labelSelector=owner%3Dhelm",
  },
] as const;

/** Every revision of every release that Helm keeps in the cluster, in all namespaces. Each is read and let go, page by page. */
export async function listReleases(server: ApiServer): Promise<Releases> {
  const found = [];
  for (const store of STORES) found.push(await releasesIn(server, store), await tillersIn(server, store));
  return {
    releases: found.flatMap(({ releases }) => releases).sort(byNameAndRevision),
    notLookedAt: found.flatMap(({ notLookedAt }) => notLookedAt),
  };
}

async function releasesIn(server: ApiServer, { storedIn, what, ...query }: (typeof STORES)[number]): Promise<Releases> {
  const listed = await listPages(server, { ...query, atOnce: AT_ONCE }, (item) => readRelease(item, storedIn));
  if ("refusal" in listed) return { releases: [], notLookedAt: [{ what, why: listed.refusal }] };
  const [releases, notLookedAt]: [ObservedRelease[], NotLookedAt[]] = [[], []];
  for (const each of listed.taken) {
    if ("why" in each) notLookedAt.push(each);
    else releases.push(each);
  }
  return { releases, notLookedAt };
}

/** What Helm 2 kept is found by its own label. */
async function tillersIn(server: ApiServer, { storedIn, path }: (typeof STORES)[number]): Promise<Releases> {
  const query: Query = { path, selection: "labelSelector=OWNER%3DTILLER", atOnce: MANY, accept: METADATA_ONLY };
  const listed = await listPages(server, query, () => undefined);
  const count = "taken" in listed ? listed.taken.length : 0;
  if (count === 0) return { releases: [], notLookedAt: [] };
  const why = "Helm 2 wrote them, in a form of its own";
  const remedy = "Migrate them with helm-2to3, or delete them where nobody uses them: Helm 2 ended in November 2020.";
  return { releases: [], notLookedAt: [{ what: `What Helm 2 keeps in ${count} ${storedIn}s`, why, remedy }] };
}

function readRelease(
  item: Record<string, unknown>,
  storedIn: ObservedRelease["storedIn"],
): ObservedRelease | NotLookedAt {
  const metadata = isRecord(item.metadata) ? item.metadata : {};
  const { release } = isRecord(item.data) ? item.data : {};
  try {
    return observed(
      decodeHelmRelease(typeof release === "string" ? release : ""),
      String(metadata.namespace),
      storedIn,
    );
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    return { what: `${storedIn} "${metadata.namespace}/${metadata.name}"`, why: error.message, remedy: DAMAGED };
  }
}

/** Hooks are not in the manifest, though Helm applies them at every upgrade. */
function observed(release: StoredRelease, namespace: string, storedIn: ObservedRelease["storedIn"]): ObservedRelease {
  const { manifest, hooks, ...rest } = release;
  const text = [manifest, ...hooks].filter((each) => each.trim() !== "").join("\n---\n");
  const { documents, objects, unreadable } =
    text === "" ? { documents: 0, objects: [], unreadable: [] } : readManifests(text, "manifest");
  return {
    ...rest,
    // Helm keeps a release in the namespace that it is installed in, also where the record does not say it.
    namespace: release.namespace || namespace,
    storedIn,
    documents,
    objects: objects.map(factsOf),
    unreadable: unreadable.map(({ message }) => message),
  };
}

/** Without its hash: that of a Secret would give away a short password. */
function factsOf({ apiVersion, kind, namespace, name, fields, defines }: KubernetesObject): ObjectFacts {
  return {
    apiVersion,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(fields && { fields }),
    ...(defines && { defines }),
  };
}

function byNameAndRevision(a: ObservedRelease, b: ObservedRelease): number {
  return compared(a.namespace, b.namespace) || compared(a.name, b.name) || a.revision - b.revision;
}

function compared(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
