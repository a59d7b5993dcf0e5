/**
 * Rebuilds lib/data/eks-versions.json.
 *
 *   tsx scripts/refresh-eks-versions.ts <checkout of endoflife-date/endoflife.date>
 *
 * Every day comes from products/amazon-eks.md and products/kubernetes.md, but for the corrections in
 * scripts/refresh/eks-versions.overrides.json: where AWS's own calendar says otherwise, with what endoflife.date said and why. Notes, and
 * all of the header but `sourceVersion`, `retrieved` and `covers`, are kept. A release newer than endoflife.date's newest is kept from its
 * own sources and said; an older one that endoflife.date no longer has is an error, and so is a checkout older than the last one used.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { EksRelease } from "../lib/domain/eks-calendar";
import { KubernetesVersion } from "../lib/domain/kubernetes-version";
import { Checkout } from "./refresh/checkout";
import { readTable, rewriteTable, sourceVersion } from "./refresh/table-file";

/** What a refresh reads and writes. */
export interface EksVersionsRefresh {
  /** Folder of a checkout of endoflife-date/endoflife.date. */
  readonly checkout: string;
  readonly table: string;
  readonly corrections: string;
  /** The day to put in `retrieved` when there is news, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Where the authority is wrong, and why. */
interface Correction {
  readonly version: string;
  readonly column: "eksRelease" | "endOfStandardSupport" | "endOfExtendedSupport" | "upstreamRelease";
  /** What the authority says. */
  readonly authority: string;
  /** What is true; null for nothing. */
  readonly value: string | null;
  readonly reason: string;
}

interface EndOfLife {
  readonly releaseCycle: string;
  readonly releaseDate: string;
  readonly eol: string;
  readonly eoes?: string;
}

type Days = Record<Correction["column"], string | null | undefined>;

const COLUMNS = [
  "version",
  "upstreamRelease",
  "eksRelease",
  "endOfStandardSupport",
  "endOfExtendedSupport",
  "derived",
  "sources",
  "note",
];
const EKS = "products/amazon-eks.md";
const KUBERNETES = "products/kubernetes.md";

/**
 * Rebuilds the table.
 * @returns what the reader of the diff should know.
 * @throws Error when a row is no longer accounted for, or a correction no longer corrects anything.
 */
export function refreshEksVersions({
  checkout: folder,
  table: file,
  corrections,
  today,
}: EksVersionsRefresh): string[] {
  const checkout = new Checkout(folder);
  const table = readTable<EksRelease>(file);
  const version = sourceVersion(table.header.sourceVersion, {
    "endoflife-date/endoflife.date": checkout.describe("HEAD"),
  });
  const days = correctedDays(readDays(checkout), JSON.parse(readFileSync(corrections, "utf8")));
  const from = KubernetesVersion.parse(table.rows[0]?.version);
  const wanted = [...days.keys()].filter((name) => !KubernetesVersion.parse(name).isBefore(from));
  const kept = table.rows.filter((row) => !days.has(row.version));
  refuseLosses(kept, wanted);
  const rows = [...wanted.map((name) => rowOf(name, days, table.rows)), ...kept].sort(byVersion);
  const covers = { from: from.toString(), to: rows.at(-1)?.version };
  rewriteTable(table, {
    header: { sourceVersion: version, covers },
    rows,
    columns: COLUMNS,
    sortBy: ["version"],
    today,
  });
  return hints(table.rows, kept, wanted);
}

function readDays(checkout: Checkout): Map<string, Days> {
  const files = checkout.read("HEAD", (path) => path === EKS || path === KUBERNETES);
  const upstream = new Map(releasesOf(files, KUBERNETES).map((release) => [release.releaseCycle, release.releaseDate]));
  return new Map(
    releasesOf(files, EKS).map(({ releaseCycle, releaseDate, eol, eoes }) => {
      const upstreamRelease = upstream.get(releaseCycle);
      if (!upstreamRelease) throw new Error(`${KUBERNETES} does not have ${releaseCycle}, which ${EKS} has`);
      return [
        releaseCycle,
        { upstreamRelease, eksRelease: releaseDate, endOfStandardSupport: eol, endOfExtendedSupport: eoes },
      ];
    }),
  );
}

function releasesOf(files: ReadonlyMap<string, string>, path: string): readonly EndOfLife[] {
  const frontMatter = /^---\n([\s\S]*?)\n---\n/.exec(files.get(path) ?? "")?.[1];
  const releases = frontMatter === undefined ? undefined : parse(frontMatter).releases;
  if (!Array.isArray(releases)) throw new Error(`${path} has no front matter with releases`);
  return releases;
}

function correctedDays(days: ReadonlyMap<string, Days>, corrections: readonly Correction[]): Map<string, Days> {
  const result = new Map(days);
  for (const { version, column, authority, value, reason } of corrections) {
    const said = result.get(version);
    if (said?.[column] !== authority) {
      throw new Error(
        `${version}: the correction of ${column} (${reason}) expects ${authority}, but the authority says ${said?.[column]}: look at it again`,
      );
    }
    result.set(version, { ...said, [column]: value });
  }
  return result;
}

function rowOf(version: string, days: ReadonlyMap<string, Days>, old: readonly EksRelease[]): EksRelease {
  const { derived: _, ...row } = old.find((known) => known.version === version) ?? { version, sources: [] as string[] };
  const sources = [...new Set(["endoflife", "endoflife-kubernetes", ...row.sources])];
  return { ...row, ...days.get(version), sources } as EksRelease;
}

function refuseLosses(kept: readonly EksRelease[], wanted: readonly string[]): void {
  const newest = KubernetesVersion.parse([...wanted].sort((a, b) => byVersion({ version: a }, { version: b })).at(-1));
  const lost = kept.filter((row) => !KubernetesVersion.parse(row.version).isAfter(newest));
  if (lost.length > 0) throw new Error(`${EKS} no longer has ${lost.map((row) => row.version).join(", ")}`);
}

function hints(old: readonly EksRelease[], kept: readonly EksRelease[], wanted: readonly string[]): string[] {
  const read = old.filter((row) => row.derived && wanted.includes(row.version));
  return [
    ...kept.map(({ version, sources }) => `${version}: newer than the checkout; kept from ${sources.join(", ")}`),
    ...read.map(({ version }) => `${version}: its ends were computed and are read now; look at its note`),
  ];
}

function byVersion(a: { version: string }, b: { version: string }): number {
  return KubernetesVersion.parse(a.version).compare(KubernetesVersion.parse(b.version));
}

if (require.main === module) {
  const [checkout] = process.argv.slice(2);
  if (!checkout) throw new Error("expected a folder: a checkout of endoflife-date/endoflife.date");
  const said = refreshEksVersions({
    ...{ checkout, today: new Date().toISOString().slice(0, 10) },
    table: join(__dirname, "../lib/data/eks-versions.json"),
    corrections: join(__dirname, "refresh/eks-versions.overrides.json"),
  });
  process.stderr.write(said.map((hint) => `${hint}\n`).join(""));
}
