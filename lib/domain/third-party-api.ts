// By function: the whole package would cost the CLI a tenth of its start.
import SemVer from "semver/classes/semver";
import coerce from "semver/functions/coerce";
import gte from "semver/functions/gte";
import lt from "semver/functions/lt";
import table from "../data/third-party-apis.json";
import { type ApiId, formatApiVersion } from "./api-lifecycle";
import type { DataHorizon } from "./data-horizon";

/**
 * In which releases of its component a custom resource's API is served. All versions are the component's own
 * (`1.6.0`), never Kubernetes'.
 */
export interface ThirdPartyApi extends ApiId {
  /** The project that defines it, such as `cert-manager`. */
  readonly component: string;
  /** The first release that serves it; `<=0.6.0` when it is older than the first release that could be read. */
  readonly introduced: string;
  readonly deprecated?: string;
  /** The first release whose CustomResourceDefinition no longer serves it, whether or not it still lists it. */
  readonly removed?: string;
  readonly replacement?: ApiId;
  readonly note?: string;
}

/** The releases of a component that were read: those of every minor version from the first to the last. */
export interface ComponentReleases {
  readonly repository: string;
  readonly from: string;
  readonly to: string;
}

const rows = table.rows as readonly ThirdPartyApi[];
const components: Readonly<Record<string, ComponentReleases>> = table.components;

/** The lifecycle of a custom resource's API; undefined when the table does not have it. */
export function thirdPartyApi(apiVersion: string, kind: string): ThirdPartyApi | undefined {
  return index().byApi.get(`${apiVersion} ${kind}`);
}

/** All APIs of one component, sorted by group, kind and version; none for a component that the table does not have. */
export function thirdPartyApis(component: string): readonly ThirdPartyApi[] {
  return rows.filter((row) => row.component === component);
}

/** The components that define custom resources in a group: usually one; none for a group that the table does not have. */
export function componentsOf(group: string): readonly string[] {
  return index().componentsByGroup.get(group) ?? [];
}

/** Which releases of a component were read; undefined for a component that the table does not have. */
export function componentReleases(component: string): ComponentReleases | undefined {
  return Object.hasOwn(components, component) ? components[component] : undefined;
}

/** All components that the table has, sorted. */
export function componentNames(): readonly string[] {
  return Object.keys(components).sort();
}

/** Whether a release of the component was read. @param appVersion with or without a leading `v` */
export function isKnownRelease(component: string, appVersion: string): boolean {
  const version = componentVersion(appVersion);
  return version !== undefined && wasRead(component, version);
}

/**
 * Whether a release of the component serves the API. A pre-release counts as the release it leads to.
 * @param appVersion the component's version, with or without a leading `v`.
 * @returns undefined when it is not known: not a version, older than the first release that was read, or newer than the last.
 */
export function isServedByComponent(api: ThirdPartyApi, appVersion: string): boolean | undefined {
  const version = componentVersion(appVersion);
  if (!version) return undefined;
  if (api.removed && gte(version, api.removed)) return false;
  if (!wasRead(api.component, version)) return undefined;
  return gte(version, api.introduced.replace("<=", ""));
}

/** Whether a release of the component has deprecated the API, removed or not. False where the version is not one. */
export function isDeprecatedByComponent({ deprecated }: ThirdPartyApi, appVersion: string): boolean {
  const version = componentVersion(appVersion);
  return version !== undefined && deprecated !== undefined && gte(version, deprecated);
}

/**
 * The newest API that a release of the component serves in the place of another: of the same resource, or of the one that replaces it.
 * Deprecated ones do not count; undefined when there is none.
 */
export function replacementByComponent(api: ThirdPartyApi, appVersion: string): ApiId | undefined {
  const resources = [api, ...(api.replacement ? [api.replacement] : [])];
  const found = thirdPartyApis(api.component)
    .filter(
      (other) => other !== api && resources.some(({ group, kind }) => group === other.group && kind === other.kind),
    )
    .filter((other) => isServedByComponent(other, appVersion) && !isDeprecatedByComponent(other, appVersion))
    .sort((a, b) => introduced(a).compare(introduced(b)))
    .at(-1);
  return found && { group: found.group, version: found.version, kind: found.kind };
}

function introduced(api: ThirdPartyApi): SemVer {
  return new SemVer(api.introduced.replace("<=", ""));
}

/** When the table of custom resources was read. Kubernetes versions play no part in it; see {@link componentReleases}. */
export function thirdPartyApisHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved };
}

/** Patch releases are covered by the minor release they belong to. */
function wasRead(component: string, version: SemVer): boolean {
  const releases = componentReleases(component);
  if (!releases) return false;
  const next = new SemVer(releases.to).inc("minor");
  return gte(version, releases.from) && lt(version, next);
}

const COMPONENT_VERSION = /^v?\d+\.\d+(\.\d+)?([-+].*)?$/;

/** A version of a component, with or without a leading `v`; undefined for what is none. */
function componentVersion(text: string): SemVer | undefined {
  return (COMPONENT_VERSION.test(text) && coerce(text)) || undefined;
}

interface Index {
  readonly byApi: ReadonlyMap<string, ThirdPartyApi>;
  readonly componentsByGroup: ReadonlyMap<string, readonly string[]>;
}

let built: Index | undefined;

function index(): Index {
  built ??= buildIndex();
  return built;
}

function buildIndex(): Index {
  const componentsByGroup = new Map<string, string[]>();
  for (const { component, group } of rows) {
    const known = componentsByGroup.get(group) ?? [];
    if (!known.includes(component)) componentsByGroup.set(group, [...known, component]);
  }
  return { byApi: new Map(rows.map((row) => [`${formatApiVersion(row)} ${row.kind}`, row])), componentsByGroup };
}
