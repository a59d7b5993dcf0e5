import table from "../data/charts.json";
import type { DataHorizon } from "./data-horizon";
import { satisfiesHelmConstraint } from "./helm-constraint";
import type { ChartId } from "./lock";

/** What is known of a project that has a chart. */
export interface KnownChart {
  /** The project, such as `cert-manager`. */
  readonly name: string;
  /** Names of its charts, the one to begin with first; absent where the only one is named like the project. */
  readonly charts?: readonly string[];
  /** Where its charts lie, the preferred place first: a repository's URL, or an OCI reference without the chart's name. */
  readonly repositories: readonly string[];
  /** Repositories of the images that only this project has, without tags. Those of Docker Hub without its host. */
  readonly images: readonly string[];
  /** The page on which its maintainers say which Kubernetes versions they cover, and the day it was read. */
  readonly source: string;
  readonly read: string;
  /**
   * What the maintainers claim: `supported`: they stand for these versions and no other. `tested`: they try these; older ones may work.
   * `same-minor`: the app's minor version is to be the cluster's. Absent where they publish no matrix.
   */
  readonly claim?: "supported" | "tested" | "same-minor";
  readonly matrix?: readonly MatrixRow[];
  /** App versions by chart version, where the matrix names no charts. */
  readonly releases?: Readonly<Record<string, string>>;
  /** What they say in place of a matrix: part of a sentence. */
  readonly note?: string;
  /** The page on which they ask to go one minor version at a time; its chart versions are the app's. */
  readonly oneMinorAtATime?: string;
  readonly retired?: ChartRetirement;
}

/** Which Kubernetes versions the maintainers name for a range of versions of theirs. */
export interface MatrixRow {
  /** A constraint as Helm reads it, of app versions. */
  readonly app: string;
  /** The same, of chart versions. */
  readonly chart?: string;
  /** The first Kubernetes minor version; absent where they name none. */
  readonly from?: string;
  /** The last; absent where they leave it open. */
  readonly to?: string;
}

/** That nobody maintains a chart any more, at least not there. */
export interface ChartRetirement {
  /** The only repository that it holds for; absent where it holds for all. */
  readonly from?: string;
  /** The only chart versions that it holds for: a constraint as Helm reads it; absent where it holds for all. */
  readonly chart?: string;
  /** A day or a month. */
  readonly since: string;
  /** Part of a sentence. */
  readonly why: string;
  /** What to use instead: part of a sentence. */
  readonly replacement: string;
}

const rows: readonly KnownChart[] = table.rows as readonly KnownChart[];

/** What is known of the chart at this address; undefined when the table does not have it, also under another address. */
export function knownChart({ source, name }: ChartId): KnownChart | undefined {
  const place = repositoryOf(source, name);
  return rows.find((row) => row.repositories.includes(place) && namesOf(row).includes(name));
}

/** The project whose image this is, given without tag and digest; undefined for an image of no project that is known to have a chart. */
export function chartOfImage(repository: string): KnownChart | undefined {
  const name = repository.replace(/^(index\.)?docker\.io\//, "");
  return rows.find(({ images }) => images.includes(name));
}

/** Whether the chart is retired at this address and in this version; undefined when it is not known to be. */
export function chartRetirement(chart: ChartId & { readonly version: string }): ChartRetirement | undefined {
  const retired = knownChart(chart)?.retired;
  if (!retired || (retired.from !== undefined && retired.from !== repositoryOf(chart.source, chart.name)))
    return undefined;
  const isOther = retired.chart !== undefined && satisfiesHelmConstraint(chart.version, retired.chart, true) === false;
  return isOther ? undefined : retired;
}

/** When the maintainers' pages were read, and the Kubernetes versions that they speak for. */
export function chartsHorizon(): DataHorizon & { readonly covers: { readonly from: string; readonly to: string } } {
  return { table: table.table, retrieved: table.retrieved, covers: table.covers };
}

/** Names of a project's charts. */
export function namesOf({ name, charts }: KnownChart): readonly string[] {
  return charts ?? [name];
}

/** An OCI reference ends with the chart's name. */
function repositoryOf(source: string, name: string): string {
  const place = source.replace(/\/+$/, "");
  return place.startsWith("oci://") && place.endsWith(`/${name}`) ? place.slice(0, -name.length - 1) : place;
}
