import type { ApiId } from "../../lib/domain/api-lifecycle";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { type ApiKey, apiOf } from "./api-key";
import type { LifecycleTag } from "./lifecycle-tags";
import type { ServedMatrix } from "./served-matrix";
import { survivor } from "./survivor";

/** A row of lib/data/kubernetes-apis.json. */
export interface ApiRow extends ApiId {
  readonly category?: string;
  readonly introduced?: string;
  readonly deprecated?: string;
  readonly removed?: string;
  readonly removedStatus?: "actual" | "planned";
  readonly codeRemoved?: string;
  readonly replacement?: ApiId;
  readonly servedByDefault: boolean;
  readonly servedOnEksSince?: string;
  readonly note?: string;
  readonly sources: readonly string[];
}

/** What there is to compute rows from. */
export interface Evidence {
  readonly matrix: ServedMatrix;
  readonly tags: ReadonlyMap<ApiKey, LifecycleTag>;
  /** The last release whose new beta APIs are served by default. */
  readonly lastWithBetasOn: string;
}

/** What the authorities say together, before any correction. */
export function computeRows(evidence: Evidence): Map<ApiKey, ApiRow> {
  const { matrix, tags } = evidence;
  const served = servedRanges(matrix);
  const beyond = [...tags].filter(
    ([key, tag]) => !served.has(key) && tag.hasClient && isNewer(tag.firstSeen, newestOf(matrix)),
  );
  const keys = [...served.keys(), ...beyond.map(([key]) => key)];
  const rows = new Map(keys.map((key) => [key, rowOf(key, served.get(key), evidence)]));
  for (const [key, row] of rows) rows.set(key, withReplacement(row, tags.get(key), rows));
  return rows;
}

/** First and last release that serves an API. */
interface Range {
  readonly first: string;
  readonly last: string;
}

function servedRanges(matrix: ServedMatrix): Map<ApiKey, Range> {
  const ranges = new Map<ApiKey, Range>();
  for (const [release, apis] of matrix) {
    for (const key of apis) ranges.set(key, { first: ranges.get(key)?.first ?? release, last: release });
  }
  return ranges;
}

function rowOf(key: ApiKey, range: Range | undefined, { matrix, tags, lastWithBetasOn }: Evidence): ApiRow {
  const [api, tag] = [apiOf(key), tags.get(key)];
  const introduced = introducedIn(range, tag, matrix);
  const removal = removalOf(range, tag, newestOf(matrix));
  const deprecated = tag?.deprecated;
  const isOvertaken =
    removal.removed !== undefined && deprecated !== undefined && !isNewer(removal.removed, deprecated);
  return {
    ...api,
    introduced,
    ...(deprecated && !isOvertaken && { deprecated }),
    ...removal,
    servedByDefault: isStable(api) || (isBeta(api) && !isNewer(introduced.replace("<=", ""), lastWithBetasOn)),
    sources: [...(tag?.introduced ? ["lifecycle-tags"] : []), range ? "openapi" : "kubernetes-api"],
  };
}

/** The release that first served it, unless it is older than the matrix: then only its tag knows. */
function introducedIn(range: Range | undefined, tag: LifecycleTag | undefined, matrix: ServedMatrix): string {
  const oldest = [...matrix.keys()][0] ?? "";
  if (range && range.first !== oldest) return range.first;
  return tag?.introduced ?? (range ? `<=${oldest}` : (tag?.firstSeen ?? ""));
}

/**
 * What happened beats what was planned. Only where the tag is the earlier of the two is it right: the API was switched off
 * then, and its code (all that the OpenAPI shows) went later.
 */
function removalOf(range: Range | undefined, tag: LifecycleTag | undefined, newest: string): Partial<ApiRow> {
  const gone = range && range.last !== newest ? KubernetesVersion.parse(range.last).next().toString() : undefined;
  const planned = tag?.removed;
  if (gone && planned && isNewer(gone, planned))
    return { removed: planned, removedStatus: "actual", codeRemoved: gone };
  if (gone) return { removed: gone, removedStatus: "actual" };
  return planned ? { removed: planned, removedStatus: isNewer(planned, newest) ? "planned" : "actual" } : {};
}

function isBeta({ version }: ApiId): boolean {
  return version.includes("beta");
}

function isStable({ version }: ApiId): boolean {
  return /^v\d+$/.test(version);
}

/** The surviving API, for one that is deprecated or removed: of the resource that its tag names, or of its own. */
function withReplacement(row: ApiRow, tag: LifecycleTag | undefined, rows: ReadonlyMap<ApiKey, ApiRow>): ApiRow {
  if (!row.deprecated && !row.removed) return row;
  const surviving = [...rows.values()].filter(({ removedStatus }) => removedStatus !== "actual");
  const { group, kind } = tag?.replacement ?? row;
  // One tag names the list of the kind that it means.
  const replacement = survivor({ group, kind: kind.replace(/List$/, "") }, row.version, surviving);
  return replacement ? { ...row, replacement } : row;
}

function newestOf(matrix: ServedMatrix): string {
  return [...matrix.keys()].at(-1) ?? "";
}

function isNewer(a: string, b: string): boolean {
  return KubernetesVersion.parse(a).isAfter(KubernetesVersion.parse(b));
}
