import { ReleaseValues as StatedReleaseValues } from "../../lib/constructs/release-values";
import type { Cluster, Model, Pair, Release } from "../../lib/domain/model";
import type { ReleaseValues } from "../../lib/domain/release-values";
import { withRenderedReleases } from "../../lib/helm/render/rendered-releases";
import { evaluate } from "../../lib/rules/evaluate";
import type { Finding } from "../../lib/rules/rule";
import { aCluster, aModel, aRelease } from "../../lib/testing/build-model";
import type { PackagedChart } from "./package-charts";
import type { Tally } from "./tally";

/** Staging of the twins at the version that removed most, production before it. */
const TWINS = { staging: "1.25", production: "1.24" };
const SINGLE = ["1.21", "1.33", "1.36"];
/** Judged elsewhere: what it says of such clusters is not about charts. */
const OF_CHARTS = /^chart-|-api$|^api-|manifest$|^removed-field$|^custom-resource/;

/** A chart with the values that a release gives it. */
export interface ChartRelease {
  readonly chart: PackagedChart;
  readonly name: string;
  readonly valuesFile?: string;
}

/** A release in one cluster, judged. */
export interface JudgedRelease extends ChartRelease {
  readonly kubernetes: string;
  readonly release: Release;
  readonly findings: readonly Finding[];
}

/** What synth makes of charts: a cluster of its own for each release and version, so that charts do not see each other's CRDs. */
export class JudgedCharts {
  readonly releases: readonly JudgedRelease[];
  readonly findings: object[] = [];
  private readonly milliseconds: { render: number; judge: number };

  constructor(charts: readonly PackagedChart[], { project, cache }: { project: string; cache: string }) {
    const values = new Map<string, ReleaseValues>();
    const described: Described[] = charts.flatMap(releasesOf).flatMap((each, index) => clustersOf(each, index, values));
    const model = modelOf(described.map(({ cluster }) => cluster));
    const env = { ...process.env, TANDEM_CACHE: cache };
    const begun = performance.now();
    const rendered = withRenderedReleases(model, (at) => values.get(at) ?? NONE, { project, env, say: () => {} });
    const judged = performance.now();
    const { findings } = evaluate(rendered);
    this.milliseconds = { render: judged - begun, judge: performance.now() - judged };
    const byPath = new Map<string, Finding[]>();
    for (const finding of findings.filter(({ rule }) => OF_CHARTS.test(rule)))
      byPath.set(finding.path, [...(byPath.get(finding.path) ?? []), finding]);
    const clusters = new Map(rendered.clusters.map((cluster) => [cluster.name, cluster]));
    this.releases = described.flatMap(({ of, cluster: { name, version } }) =>
      (clusters.get(name)?.releases ?? []).map((release) => ({
        ...of,
        kubernetes: String(version),
        release,
        findings: byPath.get(release.path) ?? [],
      })),
    );
  }

  count(tally: Tally): void {
    for (const { repository } of new Set(this.releases.map(({ chart }) => chart))) tally.count("charts", repository);
    for (const judged of this.releases) {
      this.countRenderings(judged, tally);
      for (const finding of judged.findings) this.countFinding(finding, judged, tally);
    }
    tally.count("seconds", "rendering", this.milliseconds.render / 1000);
    tally.count("seconds", "judging", this.milliseconds.judge / 1000);
  }

  private countRenderings({ chart: { repository }, release }: JudgedRelease, tally: Tally): void {
    tally.count("releases in clusters", repository);
    for (const { at, documents, failure } of release.renderings ?? []) {
      tally.count(failure ? "renderings failed" : "renderings", repository);
      if (at === "current") tally.count("documents", repository, documents);
    }
  }

  private countFinding(finding: Finding, { chart, valuesFile, kubernetes }: JudgedRelease, tally: Tally): void {
    const { rule, severity, message, remedy, subject } = finding;
    tally.count(`${rule} (${severity})`, kubernetes);
    if (/^(removed|deprecated)-api$/.test(rule) && subject)
      tally.count(`${rule} at ${kubernetes}`, `${subject.apiVersion} ${subject.kind}`);
    this.findings.push({ folder: chart.folder, valuesFile, kubernetes, rule, severity, message, remedy });
  }
}

const NONE: ReleaseValues = { values: {}, standIns: [], unseen: [] };

interface Described {
  readonly of: ChartRelease;
  readonly cluster: Cluster;
}

function releasesOf(chart: PackagedChart): ChartRelease[] {
  const name = "web";
  return [{ chart, name }, ...chart.valuesFiles.map((valuesFile) => ({ chart, name, valuesFile }))];
}

function clustersOf(of: ChartRelease, index: number, values: Map<string, ReleaseValues>): Described[] {
  const { chart, name, valuesFile } = of;
  const given = valuesFile === undefined ? {} : new StatedReleaseValues({ valuesFiles: [valuesFile] }).merged();
  const release = {
    name,
    path: name,
    namespace: "default",
    chart: {
      source: "repository" as const,
      url: chart.url,
      name: chart.metadata.name,
      version: chart.metadata.version,
    },
    valuesHash: "sha256:0",
  };
  const { appVersion: _a, lock: _l, contents: _c, renderings: _r, ...bare } = aRelease(release);
  const cluster = (version: string, twin: Partial<Cluster> = {}) =>
    aCluster({ name: `c${index}-${version}`, version, releases: [bare], ...twin });
  const clusters = [
    ...SINGLE.map((version) => cluster(version)),
    cluster(TWINS.production, { pair: `p${index}`, environment: "production" }),
    cluster(TWINS.staging, { pair: `p${index}`, environment: "staging" }),
  ];
  for (const { releases } of clusters) for (const { path } of releases) values.set(path, { ...NONE, values: given });
  return clusters.map((each) => ({ of, cluster: each }));
}

function modelOf(clusters: readonly Cluster[]): Model {
  const named = (pair: string, environment: string) =>
    clusters.find((each) => each.pair === pair && each.environment === environment)?.name ?? "";
  const pairs = [...new Set(clusters.flatMap(({ pair }) => pair ?? []))].map(
    (name): Pair => ({
      name,
      path: name,
      staging: named(name, "staging"),
      production: named(name, "production"),
      differences: [],
    }),
  );
  return aModel({ pairs, clusters });
}
