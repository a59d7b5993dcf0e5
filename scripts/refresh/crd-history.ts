import semver from "semver";
import { parseAllDocuments } from "yaml";
import type { ApiId } from "../../lib/domain/api-lifecycle";
import { keyOf } from "./api-key";
import type { Checkout } from "./checkout";

/** A version of a custom resource, as one release defines it. */
interface DefinedApi extends ApiId {
  readonly served: boolean;
  readonly deprecated: boolean;
}

/** In which releases of its component an API is served. */
export interface CrdLifecycle extends ApiId {
  readonly introduced: string;
  readonly deprecated?: string;
  readonly removed?: string;
}

/** What the CustomResourceDefinitions of a component say, release by release. */
export interface CrdHistory {
  /** First and last release that was read. */
  readonly from: string;
  readonly to: string;
  readonly apis: readonly CrdLifecycle[];
}

/** Where a component keeps its CustomResourceDefinitions. */
export interface CrdPlace {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** The first release to read: older ones keep them elsewhere or have none. */
  readonly from: string;
  /** Pattern of the files that hold them; of these, files without a CustomResourceDefinition are passed over. */
  readonly paths: string;
  /** Pattern of what stands before `x.y.0` in a release's tag; default: nothing or `v`. */
  readonly tags?: string;
}

/** Reads the CustomResourceDefinitions of every x.y.0 tag of a checkout, oldest first. */
export function readCrdHistory(checkout: Checkout, { from, paths: pattern, tags = "^v?" }: CrdPlace): CrdHistory {
  const paths = new RegExp(pattern);
  const releases = releaseTags(checkout, new RegExp(`${tags}(\\d+\\.\\d+\\.0)$`)).filter(({ version }) =>
    semver.gte(version, from),
  );
  const last = releases.at(-1);
  if (releases[0]?.version !== from || !last)
    throw new Error(`${checkout.folder}: no tag for release ${from}; fetch all tags`);
  const lifecycles = new Map<string, CrdLifecycle>();
  for (const { tag, version } of releases) {
    const defined = definedAt(checkout, tag, paths);
    if (defined.size === 0) throw new Error(`${checkout.folder} at ${tag}: no CustomResourceDefinition in ${paths}`);
    observe(lifecycles, defined, version === from ? `<=${version}` : version, version);
  }
  return { from, to: last.version, apis: [...lifecycles.values()] };
}

/** A release may be tagged with and without the `v`. */
function releaseTags(checkout: Checkout, pattern: RegExp): { tag: string; version: string }[] {
  const tagByVersion = new Map<string, string>();
  for (const tag of checkout.tags("*")) {
    const version = pattern.exec(tag)?.at(-1);
    if (version) tagByVersion.set(version, tag);
  }
  return [...tagByVersion]
    .map(([version, tag]) => ({ tag, version }))
    .sort((a, b) => semver.compare(a.version, b.version));
}

/** What one release does to what is known so far. An API that comes back is no longer removed. */
function observe(
  lifecycles: Map<string, CrdLifecycle>,
  defined: ReadonlyMap<string, DefinedApi>,
  since: string,
  version: string,
): void {
  for (const [key, { group, version: name, kind, served, deprecated }] of defined) {
    if (!served && !lifecycles.has(key)) continue;
    const { removed, ...known } = lifecycles.get(key) ?? { group, version: name, kind, introduced: since };
    const isRemoved = !served && { removed: removed ?? version };
    lifecycles.set(key, { ...known, ...(deprecated && !known.deprecated && { deprecated: version }), ...isRemoved });
  }
  for (const [key, known] of lifecycles) {
    if (!defined.has(key) && !known.removed) lifecycles.set(key, { ...known, removed: version });
  }
}

/** Several files may define the same API (standard and experimental channels): it is served when one of them serves it. */
function definedAt(checkout: Checkout, tag: string, paths: RegExp): Map<string, DefinedApi> {
  const defined = new Map<string, DefinedApi>();
  for (const [path, text] of checkout.read(tag, (name) => paths.test(name))) {
    for (const api of definedIn(text, `${checkout.folder} at ${tag}: ${path}`)) {
      const key = keyOf(api);
      const other = defined.get(key);
      const [served, deprecated] = [api.served || other?.served === true, api.deprecated || other?.deprecated === true];
      defined.set(key, { ...api, served, deprecated });
    }
  }
  return defined;
}

interface Crd {
  readonly kind?: string;
  readonly spec?: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly version?: string;
    readonly versions?: readonly { readonly name: string; readonly served?: boolean; readonly deprecated?: boolean }[];
  };
}

function definedIn(text: string, where: string): DefinedApi[] {
  if (!/^kind: CustomResourceDefinition/m.test(text)) return [];
  return parseAllDocuments(withoutSchemas(text)).flatMap((document) => {
    const error = document.errors[0];
    if (error) throw new Error(`${where}: ${error.message}`);
    const { kind, spec } = (document.toJS() ?? {}) as Crd;
    if (kind !== "CustomResourceDefinition" || !spec) return [];
    const versions = spec.versions ?? (spec.version ? [{ name: spec.version }] : []);
    return versions.map(({ name, served = true, deprecated = false }) => ({
      ...{ group: spec.group, version: name, kind: spec.names.kind },
      ...{ served, deprecated },
    }));
  });
}

/**
 * Leaves out what says nothing about versions: the schemas, which are nearly all of the text and not always proper YAML, and lines
 * that are template actions of Helm and nothing else.
 */
function withoutSchemas(text: string): string {
  let schemaIndent: number | undefined;
  const kept = text.split("\n").filter((line) => {
    const indent = line.search(/\S/);
    if (indent < 0 || (schemaIndent !== undefined && indent > schemaIndent)) return false;
    schemaIndent = /^\s*(schema|validation):\s*$/.test(line) ? indent : undefined;
    return schemaIndent === undefined && !/^\s*\{\{.*\}\}\s*$/.test(line);
  });
  return kept.join("\n");
}
