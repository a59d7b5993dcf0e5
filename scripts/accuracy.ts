/**
 * Runs what synth does over public charts and compares it with what helm says: the numbers of docs/accuracy.md.
 *
 *   tsx scripts/accuracy.ts <folder with checkouts> [--details FILE] [--only TEXT]
 *
 * Each folder in it is the working tree of a repository of charts, as `owner+name`. Every chart is packaged, locked and made a release
 * with its default values, and one with each of its `ci/*-values.yaml`, in clusters of several versions. `--details` writes what the
 * counts were made of, as JSON. `--only` takes the charts whose folder holds the text. The helm program is found as synth finds it.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { findHelm } from "../lib/helm/program/find-helm";
import { ChartComparison, type Difference } from "./accuracy/compare";
import { type FoundChart, findCharts, type LeftOut } from "./accuracy/find-charts";
import { JudgedCharts } from "./accuracy/judge-charts";
import { ChartPackager } from "./accuracy/package-charts";
import { RewritingCheck } from "./accuracy/rewriting";
import { Tally } from "./accuracy/tally";

interface Wanted {
  readonly checkouts: string;
  readonly details?: string | undefined;
  readonly only: string;
}

function main({ checkouts, details, only }: Wanted): void {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-accuracy-"));
  try {
    const helm = findHelm(process.env).program;
    const { charts, leftOut } = findCharts(path.resolve(checkouts));
    const rewriting = new RewritingCheck(helm, work);
    const tally = new Tally();
    const left: LeftOut[] = [...leftOut];
    const differences: Difference[] = [];
    const findings: object[] = [];
    for (const group of groupsOf(charts.filter(({ folder }) => folder.includes(only)))) {
      const project = fs.mkdtempSync(path.join(work, "project-"));
      const packager = new ChartPackager(charts, helm, work);
      const judged = new JudgedCharts(packager.lockInto(project, group), { project, cache: path.join(work, "cache") });
      left.push(...packager.leftOut);
      judged.count(tally);
      findings.push(...judged.findings);
      differences.push(...new ChartComparison(judged, helm, (release) => rewriting.asks(release)).run(tally));
      differences.push(...rewriting.run(judged.releases, tally));
      fs.rmSync(project, { recursive: true, force: true });
      process.stderr.write(`${group[0]?.repository}: ${judged.releases.length} releases\n`);
    }
    tally.count("charts left out", "", left.length);
    process.stdout.write(tally.text());
    if (details) fs.writeFileSync(details, JSON.stringify({ leftOut: left, differences, findings }, null, 1));
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** A repository at a time, so that not all renderings are held at once. */
function groupsOf(charts: readonly FoundChart[]): FoundChart[][] {
  const repositories = [...new Set(charts.map(({ repository }) => repository))];
  return repositories.map((name) => charts.filter(({ repository }) => repository === name));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { details: { type: "string" }, only: { type: "string", default: "" } },
});
const [checkouts] = positionals;
if (checkouts === undefined) throw new Error("name the folder with the checkouts");
main({ checkouts, details: values.details, only: values.only });
