import table from "../data/kubernetes-apis.json";
import type { DataHorizon } from "./data-horizon";
import { KubernetesVersion } from "./kubernetes-version";
import { TandemError } from "./tandem-error";

/** What an object says it is: the group and version in its `apiVersion`, and its `kind`. */
export interface ApiId {
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** In which Kubernetes releases an API exists. Versions are minor versions such as `1.22`. */
export interface ApiLifecycle extends ApiId {
  /** The first release that has it; `<=1.5` when older than the evidence; absent for one that never was (see `note`). */
  readonly introduced?: string;
  readonly deprecated?: string;
  /** The first release that no longer serves it. */
  readonly removed?: string;
  /** `planned` is a forecast: such releases have moved before. Present whenever `removed` is. */
  readonly removedStatus?: "actual" | "planned";
  /** The release that deleted its code, where it could be switched on again after `removed`. */
  readonly codeRemoved?: string;
  /** The API that survives it. It may be younger than `removed`: ask {@link servedReplacement} what to use now. */
  readonly replacement?: ApiId;
  /** The other versions of the same resource and of its replacement, oldest first. */
  readonly alternatives: readonly ApiId[];
  readonly stability: "alpha" | "beta" | "ga";
  /** `served`: a REST resource. `config-file`: read from a file by a component. `payload`: sent to webhooks. */
  readonly category: "served" | "config-file" | "payload";
  /** Whether upstream Kubernetes serves it without a feature gate or `--runtime-config`. */
  readonly servedByDefault: boolean;
  /** The first release in which EKS serves it although upstream does not by default. */
  readonly servedOnEksSince?: string;
  readonly note?: string;
}

/**
 * What an EKS control plane does with an API: `removed`: no longer serves it; `not-yet`: does not serve it yet;
 * `off-by-default`: could, but EKS leaves it off; `not-an-api`: a configuration file or webhook payload, in any version;
 * `unknown`: the table does not say.
 */
export type Serving = "served" | "removed" | "not-yet" | "off-by-default" | "not-an-api" | "unknown";

type Row = Omit<ApiLifecycle, "alternatives" | "stability" | "category"> & {
  readonly category?: Exclude<ApiLifecycle["category"], "served">;
};

const rows = table.rows as readonly Row[];

/** Splits an `apiVersion`. Everything before the last slash is the group, so that nonsense gives a group nobody knows. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.lastIndexOf("/");
  return { group: apiVersion.slice(0, Math.max(0, slash)), version: apiVersion.slice(slash + 1) };
}

/** The `apiVersion` that a manifest writes: `apps/v1`, or `v1` for the core group. */
export function formatApiVersion({ group, version }: Pick<ApiId, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}

/** The lifecycle of a built-in API; undefined when the table has none, as for every custom resource. */
export function apiLifecycle(apiVersion: string, kind: string): ApiLifecycle | undefined {
  const row = index().byApi.get(`${apiVersion} ${kind}`);
  return row && lifecycleOf(row);
}

/** Whether Kubernetes itself has, or had, APIs in this group: a kind that is not in the table is then a mistake, not a custom resource. */
export function isBuiltInGroup(group: string): boolean {
  return index().groups.has(group);
}

/** What an EKS control plane of this version does with an API. */
export function serving(apiVersion: string, kind: string, version: KubernetesVersion): Serving {
  const lifecycle = apiLifecycle(apiVersion, kind);
  if (!lifecycle) return "unknown";
  if (lifecycle.category !== "served") return "not-an-api";
  if (lifecycle.removedStatus === "actual" && isReached(lifecycle.removed, version)) return "removed";
  if (!isCovered(version)) return "unknown";
  if (lifecycle.introduced && !isReached(lifecycle.introduced, version)) return "not-yet";
  return lifecycle.servedByDefault || isReached(lifecycle.servedOnEksSince, version) ? "served" : "off-by-default";
}

/**
 * Whether an EKS control plane serves an API.
 * @param version Kubernetes minor version, such as "1.33".
 * @returns undefined when it is not known: an API or a version beyond the table.
 * @throws TandemError when `version` is not a minor version.
 */
export function isServed(apiVersion: string, kind: string, version: string): boolean | undefined {
  const answer = serving(apiVersion, kind, KubernetesVersion.parse(version));
  return answer === "unknown" ? undefined : answer === "served";
}

/** The newest alternative that EKS serves at all the given versions; undefined when there is none. */
export function servedReplacement(lifecycle: ApiLifecycle, versions: readonly KubernetesVersion[]): ApiId | undefined {
  return lifecycle.alternatives.findLast((alternative) =>
    versions.every((version) => serving(formatApiVersion(alternative), alternative.kind, version) === "served"),
  );
}

/**
 * Every API removed after `from`, up to and including `to`: actual removals and planned ones, whether EKS serves them or not.
 * Sorted by release, then group, kind and version.
 * @throws TandemError when a version is malformed or `from` is newer than `to`.
 */
export function removalsBetween(from: string, to: string): ApiLifecycle[] {
  const [first, last] = [KubernetesVersion.parse(from), KubernetesVersion.parse(to)];
  if (first.isAfter(last)) {
    throw new TandemError(
      `expected the older version first, got "${from}" to "${to}": write removalsBetween("${to}", "${from}")`,
    );
  }
  return rows
    .filter(({ removed }) => isReached(removed, last) && !isReached(removed, first))
    .map(lifecycleOf)
    .sort((a, b) => release(a.removed).compare(release(b.removed)));
}

/** Whether an API is deprecated at a version, removed or not. */
export function isDeprecated(lifecycle: ApiLifecycle, version: KubernetesVersion): boolean {
  return isReached(lifecycle.deprecated, version);
}

/**
 * Whether objects of a kind may have been written with an API that is deprecated or removed by now: one of this group, or of another that
 * it came from, as Ingress came from `extensions`.
 * @returns undefined for a kind that the table does not have.
 */
export function hasDeprecatedApis(group: string, kind: string): boolean | undefined {
  const name = resource({ group, kind });
  const forms = rows.filter(
    (row) => resource(row) === name || (row.replacement !== undefined && resource(row.replacement) === name),
  );
  return forms.length === 0
    ? undefined
    : forms.some(({ deprecated, removed }) => (deprecated ?? removed) !== undefined);
}

/**
 * The APIs that an EKS control plane of this version serves, as `helm template --api-versions` takes them: `policy/v1` and
 * `policy/v1/PodDisruptionBudget`. None at a version that the table does not cover.
 */
export function servedApiVersions(version: KubernetesVersion): string[] {
  const served = new Set<string>();
  for (const { group, version: name, kind } of rows) {
    const apiVersion = formatApiVersion({ group, version: name });
    if (serving(apiVersion, kind, version) === "served") served.add(apiVersion).add(`${apiVersion}/${kind}`);
  }
  return [...served].sort();
}

/** How far the table of built-in APIs reaches. */
export function kubernetesApisHorizon(): DataHorizon {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

function isCovered(version: KubernetesVersion): boolean {
  return isReached(table.covers.from, version) && !version.isAfter(KubernetesVersion.parse(table.covers.to));
}

/** Whether `milestone`, where there is one, lies at or before `version`. */
function isReached(milestone: string | undefined, version: KubernetesVersion): boolean {
  return milestone !== undefined && !release(milestone).isAfter(version);
}

/** The release that a milestone names; `<=1.5` counts as 1.5, before all that the table covers. */
function release(milestone = ""): KubernetesVersion {
  return KubernetesVersion.parse(milestone.replace("<=", ""));
}

interface Index {
  readonly byApi: ReadonlyMap<string, Row>;
  readonly byResource: ReadonlyMap<string, readonly Row[]>;
  readonly groups: ReadonlySet<string>;
}

let built: Index | undefined;

function index(): Index {
  built ??= buildIndex();
  return built;
}

function buildIndex(): Index {
  const byResource = new Map<string, Row[]>();
  for (const row of rows) byResource.set(resource(row), [...(byResource.get(resource(row)) ?? []), row]);
  return {
    byApi: new Map(rows.map((row) => [`${formatApiVersion(row)} ${row.kind}`, row])),
    byResource,
    groups: new Set(rows.map(({ group }) => group)),
  };
}

const lifecycles = new Map<Row, ApiLifecycle>();

/** Made when it is first asked for: an app has a few dozen of the several hundred. */
function lifecycleOf(row: Row): ApiLifecycle {
  const known = lifecycles.get(row);
  if (known) return known;
  const lifecycle: ApiLifecycle = {
    ...row,
    category: row.category ?? "served",
    stability: stability(row.version),
    alternatives: alternativesTo(row),
  };
  lifecycles.set(row, lifecycle);
  return lifecycle;
}

function alternativesTo(row: Row): ApiId[] {
  const resources = new Set([resource(row), ...(row.replacement ? [resource(row.replacement)] : [])]);
  return [...resources]
    .flatMap((name) => index().byResource.get(name) ?? [])
    .filter((other) => other !== row && other.introduced !== undefined)
    .sort(byAge)
    .map(({ group, version, kind }) => ({ group, version, kind }));
}

function resource({ group, kind }: Pick<ApiId, "group" | "kind">): string {
  return `${group} ${kind}`;
}

const STABILITIES = ["alpha", "beta", "ga"] as const;

function stability(version: string): ApiLifecycle["stability"] {
  return STABILITIES.find((word) => version.includes(word)) ?? "ga";
}

/** Oldest first; of two as old as each other, the less stable first. */
function byAge(a: Row, b: Row): number {
  const maturity = (row: Row) => STABILITIES.indexOf(stability(row.version));
  return release(a.introduced).compare(release(b.introduced)) || maturity(a) - maturity(b);
}
