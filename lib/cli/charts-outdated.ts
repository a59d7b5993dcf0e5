import { taggedAppVersion } from "../domain/app-version";
import { outdatedChart } from "../domain/chart-bump";
import { statedChartVersion } from "../domain/chart-version";
import { chartRetirement } from "../domain/known-chart";
import type { ChartId, ChartVersion, Lock } from "../domain/lock";
import type { Model, Release } from "../domain/model";
import type { OutdatedRelease } from "../domain/outdated-release";
import { clusterName, type PlacedRelease, placedReleases } from "../domain/placed-release";
import { knownVersion } from "../domain/stated-version";
import { TandemError } from "../domain/tandem-error";
import { listedVersions } from "../helm/fetch/listed-versions";
import { chartId, LOCK_FILE, readLock } from "../helm/lock/lock-file";
import { outdatedChartsJson } from "../report/outdated-charts-json";
import { outdatedChartsText } from "../report/outdated-charts-text";
import { readArguments, readChoice } from "./arguments";
import { wantsColor } from "./color";
import { type Command, ExitCode } from "./command";
import { lastModel } from "./last-model";

const COMMAND = "tandem charts outdated";

const OPTIONS = { format: { type: "string", default: "text" }, model: { type: "string" } } as const;

/** `tandem charts outdated`: the chart of each release beside the newest that the lock lists. */
export const chartsOutdated: Command = {
  help: `tandem charts outdated                 the chart of each release beside the newest there is
tandem charts outdated --format json   for programs

Tells of each release whether a newer chart brings another version of the application or only another chart, whether both cover the
cluster's Kubernetes version and the next one (by kubeVersion and by what the maintainers say; what they do not say is unknown), and
whether the chart is deprecated or retired. The versions are those that the last tandem lock saw; no repository is asked.

Options:
  --format text|json  (default text)
  --model FILE        the model that has the releases (default tandem.model.json in cdktf's output folder)
  --help              this text

Exit codes: 0 told, whatever there is to update; 2 the tool could not do its work.
`,
  async run(argv, io) {
    const { values } = readArguments(COMMAND, argv, OPTIONS, 0);
    const format = readChoice(COMMAND, "--format", values.format, ["text", "json"]);
    const releases = outdatedReleases(await lastModel(values.model, io, COMMAND), readLock(io.cwd));
    const text =
      format === "json" ? outdatedChartsJson(releases) : outdatedChartsText(releases, { color: wantsColor(io) });
    io.stdout.write(text);
    return ExitCode.CLEAN;
  },
};

/** What is the same in several clusters stands once. */
function outdatedReleases(model: Model, lock: Lock | undefined): OutdatedRelease[] {
  const told = new Map<string, OutdatedRelease>();
  for (const placed of [...placedReleases(model).values()].flat()) {
    const one = outdatedRelease(placed, lock);
    const key = JSON.stringify({ ...one, clusters: [] });
    told.set(key, { ...one, clusters: [...(told.get(key)?.clusters ?? []), ...one.clusters] });
  }
  return [...told.values()];
}

function outdatedRelease({ release, cluster }: PlacedRelease, lock: Lock | undefined): OutdatedRelease {
  const { name, chart, contents } = release;
  const id = chartId(chart);
  const stated = currentVersion(release, lock);
  const current = stated ?? { version: "unknown" };
  const versions = chart.source === "local" ? (stated ? [stated] : []) : listedVersions(chart, lock);
  const tagged = taggedAppVersion(contents);
  const running = (version: ChartVersion) => (tagged === undefined ? version : { ...version, appVersion: tagged });
  const answer = outdatedChart(id, running(current), versions.map(running), knownVersion(cluster.version));
  const newest = versions.find(({ version }) => version === answer.newest?.version);
  const retired = chartRetirement({ ...id, version: current.version });
  return {
    ...answer,
    ...(newest && { newest }),
    release: name,
    clusters: [clusterName(cluster)],
    chart: id,
    current,
    listed: versions.length,
    ...(tagged !== undefined && { tagged }),
    ...(retired && { retired }),
  };
}

/** What the lock says of the chart in use; of one that is not locked, what its index says. Undefined for a folder that nobody has read. */
function currentVersion({ chart, contents }: Release, lock: Lock | undefined): ChartVersion | undefined {
  if (!lock && chart.source !== "local") {
    throw new TandemError(
      `${COMMAND}: ${LOCK_FILE} is not there, which lists the versions of charts; run npx tandem lock`,
    );
  }
  const { source, name } = chartId(chart);
  const isOfChart = (row: ChartId) => row.source === source && row.name === name;
  const rows = (lock?.charts ?? []).filter(isOfChart);
  if (chart.source === "local") {
    const known = contents ?? rows[0];
    return known && statedChartVersion(known);
  }
  const { version } = chart;
  const isInUse = (row: ChartVersion) => row.version === version;
  return statedChartVersion(rows.find(isInUse) ?? listedVersions(chart, lock).find(isInUse) ?? { version });
}
