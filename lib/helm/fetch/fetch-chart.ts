import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Chart, RemoteChart } from "../../domain/model";
import { redacted } from "../../domain/redacted";
import { TandemError } from "../../domain/tandem-error";
import { type ChartFiles, digestOf, readChartArchive } from "../chart/chart-archive";
import { type ChartMetadata, chartMetadata } from "../chart/chart-metadata";
import { type HelmAccess, runHelm } from "../program/helm-command";
import type { IndexRow } from "./chart-index";
import { ChartRepository } from "./chart-repository";
import { fetchFailure } from "./fetch-failure";
import { isLoopback, OciChart } from "./oci-chart";

/** A chart's archive, looked into. */
export interface FetchedChart {
  readonly archive: Buffer;
  /** `sha256:…` of the archive. */
  readonly digest: string;
  readonly files: ChartFiles;
  readonly metadata: ChartMetadata;
}

/** What is known of the versions of a chart. */
export interface KnownVersions {
  readonly rows: readonly IndexRow[];
  /** What there is to say of them, such as that a registry does not list its tags. */
  readonly note?: string;
}

/** Helm's own limit of an unpacked chart; a packed one is never larger. */
const LARGEST_ARCHIVE = 100 * 1024 * 1024;

/**
 * Fetches charts from repositories and registries, each repository's index once. Its files lie in a temporary folder until `close`.
 */
export class ChartFetcher {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-charts-"));
  private readonly repositories = new Map<string, ChartRepository>();
  private readonly registries = new Map<string, OciChart>();
  private folders = 0;

  constructor(private readonly access: HelmAccess) {}

  /**
   * A chart's archive, verified: an honest archive, of that name and version, with the digest that the repository tells.
   * @throws TandemError saying what helm or the server said and what to do
   */
  async fetch(chart: RemoteChart): Promise<FetchedChart> {
    const out = this.newFolder();
    if (chart.source === "repository") await this.repository(chart.url).pull(chart.name, chart.version, out);
    else await this.pullFromRegistry(chart, out);
    const fetched = verified(archiveIn(out, chart), chart);
    const told = await this.digestUpstream(chart);
    if (told !== undefined && told !== fetched.digest) {
      throw new TandemError(
        `${labelOf(chart)} is refused: its archive has the digest ${fetched.digest}, and its source tells ${told}; the archive was replaced or damaged on the way: ask its maintainers`,
      );
    }
    return fetched;
  }

  /**
   * The versions that the repository's index or the registry lists.
   * @throws TandemError when they cannot be had
   */
  async versions(chart: RemoteChart): Promise<KnownVersions> {
    if (chart.source === "oci") return this.registry(chart.reference).versions();
    return { rows: await this.repository(chart.url).rows(chart.name) };
  }

  /**
   * `sha256:…` of the archive that a chart's source has now; undefined where it does not tell.
   * @throws TandemError when the source cannot be asked
   */
  async digestUpstream(chart: RemoteChart): Promise<string | undefined> {
    if (chart.source === "oci") return this.registry(chart.reference).digest(chart.version);
    const rows = await this.repository(chart.url).rows(chart.name);
    return rows.find(({ version }) => version === chart.version)?.digest;
  }

  /** Removes what was fetched. */
  close(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async pullFromRegistry(chart: Extract<Chart, { source: "oci" }>, out: string): Promise<void> {
    const { reference, version } = chart;
    const plain = isLoopback(reference) ? ["--plain-http"] : [];
    const args = ["pull", reference, "--version", version, "--destination", out, ...plain];
    const { failure } = await runHelm(args, this.newFolder(), this.access);
    if (failure !== undefined) throw fetchFailure(labelOf(chart), failure, this.registry(reference).login);
  }

  private repository(url: string): ChartRepository {
    return remembered(this.repositories, url, () => new ChartRepository(url, this.newFolder(), this.access));
  }

  private registry(reference: string): OciChart {
    return remembered(this.registries, reference, () => new OciChart(reference, this.access));
  }

  private newFolder(): string {
    const folder = path.join(this.folder, String(this.folders++));
    fs.mkdirSync(folder);
    return folder;
  }
}

/**
 * Fetches one chart.
 * @throws TandemError as `ChartFetcher.fetch` does
 */
export async function fetchChart(chart: RemoteChart, access: HelmAccess): Promise<FetchedChart> {
  const fetcher = new ChartFetcher(access);
  try {
    return await fetcher.fetch(chart);
  } finally {
    fetcher.close();
  }
}

/** A chart for messages: `chart web 1.2.0 of https://charts.example.com`. */
export function labelOf(chart: Chart): string {
  if (chart.source === "local") return `chart ${chart.name} in ${chart.folder}`;
  const source = chart.source === "oci" ? chart.reference : chart.url;
  return `chart ${chart.name} ${chart.version} of ${redacted(source)}`;
}

/**
 * Looks into a chart's archive.
 * @throws TandemError when it is no honest archive of this chart in this version
 */
export function verified(archive: Buffer, chart: RemoteChart): FetchedChart {
  const label = labelOf(chart);
  const files = readChartArchive(archive, label);
  const metadata = chartMetadata(files, label);
  const { name, version } = metadata;
  if (name !== chart.name || version !== chart.version) {
    throw new TandemError(
      `the archive of ${label} is refused: it says that it is chart ${JSON.stringify(name)} in version ${JSON.stringify(version)}; write the name and the version as the chart does`,
    );
  }
  return { archive, digest: digestOf(archive), files, metadata };
}

function archiveIn(out: string, chart: RemoteChart): Buffer {
  const [archive] = fs.readdirSync(out).filter((file) => file.endsWith(".tgz"));
  if (archive === undefined) throw new TandemError(`${labelOf(chart)} could not be fetched: helm wrote no archive`);
  const file = path.join(out, archive);
  if (fs.statSync(file).size > LARGEST_ARCHIVE) {
    throw new TandemError(`the archive of ${labelOf(chart)} is refused: it is larger than 100 MiB, which Helm refuses`);
  }
  return fs.readFileSync(file);
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
