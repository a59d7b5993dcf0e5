import { formatApiVersion } from "../domain/api-lifecycle";
import { isRecord } from "../manifests/plain-value";
import { type ApiServer, JSON_ONLY } from "./api-server";
import { type NotLookedAt, resourceName } from "./discovery";
import type { ListedResource, WrittenObject } from "./evidence";
import { listPages } from "./list-pages";
import type { Listing } from "./listings";
import { writtenAs } from "./written-as";

/** Only metadata: a tenth of the bytes, and nothing of what the objects say. Extensions that do not know it give them whole. */
export const METADATA_ONLY = `application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,${JSON_ONLY}`;

/** As kubectl asks. */
const AT_ONCE = 500;

export interface ListedObjects {
  readonly listed: ListedResource;
  readonly objects: readonly WrittenObject[];
}

/** The objects of one resource in all namespaces, by how they were written. */
export async function listObjects(server: ApiServer, listing: Listing): Promise<ListedObjects | NotLookedAt> {
  const { group, resource, kind, version, isDeprecated } = listing;
  const through = formatApiVersion({ group, version });
  const path = `${group === "" ? "/api" : "/apis"}/${through}/${resource}`;
  const pages = await listPages(server, { path, atOnce: AT_ONCE, accept: METADATA_ONLY }, (item) =>
    written(item, kind),
  );
  if ("refusal" in pages) return { what: resourceName(listing), why: pages.refusal };
  const unattributed = pages.taken.filter((each) => each === undefined).length;
  return {
    listed: {
      resource: resourceName(listing),
      through,
      ...(isDeprecated && { deprecated: true }),
      objects: pages.taken.length,
      ...(unattributed > 0 && { unattributed }),
    },
    objects: pages.taken.flatMap((each) => each ?? []),
  };
}

function written({ metadata }: Record<string, unknown>, kind: string): WrittenObject[] | undefined {
  if (!isRecord(metadata)) return undefined;
  const { namespace, name } = metadata;
  return writtenAs(metadata, kind)?.map(({ apiVersion, evidence, fields }) => ({
    apiVersion,
    kind,
    ...(typeof namespace === "string" && namespace !== "" && { namespace }),
    name: String(name),
    ...(fields && { fields }),
    evidence,
  }));
}
