import type { DefinedResource } from "../domain/model";
import { definedResource } from "../manifests/describe-object";
import { isRecord } from "../manifests/plain-value";
import type { ApiServer } from "./api-server";
import { type Discovery, type NotLookedAt, textsIn } from "./discovery";
import { listPages } from "./list-pages";

/** A CustomResourceDefinition of a cluster. */
export interface Definition extends DefinedResource {
  /** `certificates.cert-manager.io`. */
  readonly name: string;
  readonly stored: readonly string[];
}

export interface Definitions {
  readonly definitions: readonly Definition[];
  readonly notLookedAt: readonly NotLookedAt[];
}

const GROUP = "apiextensions.k8s.io";
const NAME = `customresourcedefinitions.${GROUP}`;
/** With their schemas they are the largest objects that there are. */
const AT_ONCE = 50;

/** What the custom resources of a cluster are, whole: their metadata alone does not tell which versions are served. */
export async function listDefinitions(server: ApiServer, { resources }: Discovery): Promise<Definitions> {
  const version = resources.find(({ group, kind }) => group === GROUP && kind === "CustomResourceDefinition")
    ?.versions[0];
  if (version === undefined)
    return { definitions: [], notLookedAt: [{ what: NAME, why: "the server does not have them" }] };
  const path = `/apis/${GROUP}/${version}/customresourcedefinitions`;
  const listed = await listPages(server, { path, atOnce: AT_ONCE }, (item) =>
    definitionIn(item, `${GROUP}/${version}`),
  );
  if ("refusal" in listed) return { definitions: [], notLookedAt: [{ what: NAME, why: listed.refusal }] };
  return { definitions: listed.taken.flat(), notLookedAt: [] };
}

/** The items of a typed list do not say their own kind. */
function definitionIn(item: Record<string, unknown>, apiVersion: string): Definition[] {
  const defined = definedResource({ ...item, apiVersion, kind: "CustomResourceDefinition" });
  const { metadata, status } = item;
  if (!defined || !isRecord(metadata)) return [];
  return [{ name: String(metadata.name), ...defined, stored: textsIn(isRecord(status) ? status.storedVersions : []) }];
}
