import type { Lock } from "../../domain/lock";
import type { Chart, ChartContents, ChartLock, DefinedResource, Release, RenderingFailure } from "../../domain/model";
import type { ReleaseValues } from "../../domain/release-values";
import { TandemError } from "../../domain/tandem-error";
import type { ChartFiles } from "../chart/chart-archive";
import { chartContents, chartTraits, installedCrds } from "../chart/chart-contents";
import type { StoredChart } from "../chart/stored-chart";
import { type LockedArchive, lockedArchive } from "../lock/locked-chart";
import type { ContentCache } from "./content-cache";

/** A release with all that its chart says. */
export interface LookedUpRelease {
  readonly lock?: ChartLock;
  readonly chart?: StoredChart;
  /** Whether a template of it asks which APIs the cluster has. */
  readonly asksForApis?: boolean;
  /** What the CustomResourceDefinitions in its `crds/` define. */
  readonly defines?: readonly DefinedResource[];
  readonly contents?: ChartContents;
  /** Why the chart cannot be read. */
  readonly failure?: RenderingFailure;
}

/** Looks charts up in the lock file and in the project's folder, each chart once. */
export class ChartShelf {
  private readonly archives = new Map<string, LockedArchive | RenderingFailure>();

  constructor(
    private readonly lock: Lock | undefined,
    private readonly project: string,
    private readonly cache: ContentCache,
  ) {}

  lookUp({ chart }: Release, values: ReleaseValues): LookedUpRelease {
    const found = this.archive(chart);
    return "reason" in found ? { failure: found } : this.lookInto(found, chart, values);
  }

  /** The same of a chart that is at hand. */
  lookInto({ lock, chart: stored }: Partial<LockedArchive>, chart: Chart, stated: ReleaseValues): LookedUpRelease {
    const { values, standIns, unseen } = stated;
    const locked = lock && { lock };
    if (unseen.length > 0) return { ...locked, failure: unseenValues(unseen) };
    if (!stored) return { ...locked };
    try {
      const { digest } = stored;
      const files = onDemand(() => stored.files());
      const subject = describeChart(chart);
      const traits = this.cache.remember("traits", { digest }, () => chartTraits(files()));
      const said = this.cache.remember("contents", { digest, values }, () =>
        chartContents(files(), values, traits, subject),
      );
      return {
        ...locked,
        chart: stored,
        asksForApis: traits.asksForApis,
        defines: installedCrds(traits, said).flatMap(({ defines }) => defines ?? []),
        contents: { ...said, standIns },
      };
    } catch (error) {
      return { ...locked, failure: failureOf(error, chart) };
    }
  }

  private archive(chart: Chart): LockedArchive | RenderingFailure {
    const key = JSON.stringify(chart);
    const known = this.archives.get(key);
    if (known) return known;
    const found = this.read(chart);
    this.archives.set(key, found);
    return found;
  }

  private read(chart: Chart): LockedArchive | RenderingFailure {
    try {
      return lockedArchive(chart, this.lock, this.project);
    } catch (error) {
      return failureOf(error, chart);
    }
  }
}

function unseenValues(unseen: readonly string[]): RenderingFailure {
  return {
    reason: `an escape hatch sets ${unseen.join(" and ")} of its helm_release, so that nobody knows here what is deployed`,
    remedy: "State the chart as chart, and the values as values, valuesFiles or sensitiveValues of the release.",
  };
}

function failureOf(error: unknown, { source }: Chart): RenderingFailure {
  if (!(error instanceof TandemError)) throw error;
  const remedy =
    source === "local"
      ? "Correct the chart; `helm lint` shows more."
      : "Choose another version of the chart, or tell its maintainers.";
  return { reason: error.message, remedy };
}

/** `chart web 1.2.0`, for messages. */
function describeChart(chart: Chart): string {
  return `chart ${chart.name}${chart.source === "local" ? ` in ${chart.folder}` : ` ${chart.version}`}`;
}

/** An archive is unpacked when something is asked of it that the cache does not know, and then once. */
function onDemand(read: () => ChartFiles): () => ChartFiles {
  let files: ChartFiles | undefined;
  return () => {
    files ??= read();
    return files;
  };
}
