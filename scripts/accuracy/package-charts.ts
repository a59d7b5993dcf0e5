import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { satisfiesHelmConstraint } from "../../lib/domain/helm-constraint";
import { writeWhole } from "../../lib/files/write-whole";
import type { Dependency } from "../../lib/helm/chart/chart-metadata";
import { archivedRow } from "../../lib/helm/lock/chart-rows";
import { archiveOf, writeLock } from "../../lib/helm/lock/lock-file";
import type { FoundChart, LeftOut } from "./find-charts";

/** A chart as the lock file of the project holds it. */
export interface PackagedChart extends FoundChart {
  /** What the lock file calls its source. */
  readonly url: string;
  /** Absolute path of the archive. */
  readonly archive: string;
}

/**
 * Packages charts with helm and locks them in a project. There is no network: a dependency is taken from the checkouts, in a version that
 * the chart allows; a chart of which one is not there is left out.
 */
export class ChartPackager {
  readonly leftOut: LeftOut[] = [];
  private readonly archives = new Map<FoundChart, string | LeftOut>();

  constructor(
    private readonly charts: readonly FoundChart[],
    private readonly helm: string,
    private readonly work: string,
  ) {}

  /** @param charts those of the checkouts that are wanted */
  lockInto(project: string, charts: readonly FoundChart[]): PackagedChart[] {
    const rows = new Map<string, ReturnType<typeof archivedRow>>();
    const packaged = charts.flatMap((chart): PackagedChart[] => {
      const made = this.archive(chart);
      if (typeof made !== "string") {
        this.leftOut.push(made);
        return [];
      }
      // Two charts of one repository may share name and version.
      const url = `https://charts.example.com/${chart.repository}/${path.basename(path.dirname(chart.folder))}`;
      const bytes = fs.readFileSync(made);
      try {
        const row = archivedRow({ source: url, name: chart.metadata.name }, bytes, chart.metadata.name);
        const archive = path.join(project, archiveOf(row));
        writeWhole(archive, bytes);
        rows.set(JSON.stringify([url, row.name, row.version]), row);
        return [{ ...chart, metadata: { ...chart.metadata, version: row.version }, url, archive }];
      } catch (error) {
        this.leftOut.push({ folder: chart.folder, why: (error as Error).message });
        return [];
      }
    });
    writeLock(project, { schemaVersion: 1, charts: [...rows.values()], versions: [] });
    return packaged;
  }

  private archive(chart: FoundChart): string | LeftOut {
    const known = this.archives.get(chart);
    if (known !== undefined) return known;
    const made = this.package(chart);
    this.archives.set(chart, made);
    return made;
  }

  private package(chart: FoundChart): string | LeftOut {
    const { folder, metadata } = chart;
    const copy = fs.mkdtempSync(path.join(this.work, "chart-"));
    const own = path.join(copy, metadata.name);
    fs.cpSync(folder, own, { recursive: true, dereference: true });
    for (const dependency of metadata.dependencies) {
      if (isInCharts(own, dependency)) continue;
      const archive = this.dependency(dependency);
      if (archive === undefined) {
        return { folder, why: `its dependency ${dependency.name} ${dependency.version ?? ""} is in no checkout` };
      }
      fs.mkdirSync(path.join(own, "charts"), { recursive: true });
      fs.copyFileSync(archive, path.join(own, "charts", path.basename(archive)));
    }
    const { status, stderr } = spawnSync(this.helm, ["package", own, "--destination", copy], { encoding: "utf8" });
    const archive = fs.readdirSync(copy).find((name) => name.endsWith(".tgz"));
    if (status !== 0 || archive === undefined) return { folder, why: stderr.trim().split("\n").slice(-1).join() };
    return path.join(copy, archive);
  }

  private dependency({ name, version }: Dependency): string | undefined {
    const fitting = this.charts.filter(
      ({ metadata }) =>
        metadata.name === name &&
        (version === undefined || satisfiesHelmConstraint(metadata.version, version) === true),
    );
    return fitting.map((chart) => this.archive(chart)).find((archive) => typeof archive === "string");
  }
}

function isInCharts(folder: string, { name }: Dependency): boolean {
  const charts = path.join(folder, "charts");
  return fs.existsSync(charts) && fs.readdirSync(charts).some((each) => each === name || each.startsWith(`${name}-`));
}
