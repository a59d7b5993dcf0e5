import type { ChartOutlook } from "../domain/chart-bump";
import type { ChartCoverage } from "../domain/chart-coverage";
import type { OutdatedRelease } from "../domain/outdated-release";
import { enumerated } from "../rules/release-subject";
import { clustersText } from "./clusters-text";
import { listed, wrap } from "./layout";

/** What there is to say below the row of a release: where it is, and why an answer is what it is. */
export function outdatedChartNotes(release: OutdatedRelease): string[] {
  const notes = [
    `in ${clustersText(release.clusters)}`,
    newestNote(release),
    updateNote(release),
    release.tagged && `its values make the application's images run ${release.tagged}, whatever the chart ships`,
    ...endingNotes(release),
    ...coverageNotes(release.outlook),
  ];
  return notes.flatMap((note) => (note ? noteLines(note) : []));
}

/** Further lines of a note stand deeper, so that each note is seen to begin. */
function noteLines(note: string): string[] {
  return wrap(note, "    ").map((line, index) => (index === 0 ? line.slice(2) : line));
}

function newestNote({ newest, listed: count }: OutdatedRelease): string | undefined {
  if (newest) return undefined;
  return count === 0
    ? "whether there is a newer one is not known: tandem.lock.json lists no version of the chart; run npx tandem lock"
    : "whether there is a newer one is not known: tandem.lock.json lists only pre-releases of the chart";
}

function updateNote({ current, newest, bump }: OutdatedRelease): string | undefined {
  if (!newest || bump !== "unknown") return undefined;
  const silent = [current, newest].find(({ appVersion }) => appVersion === undefined);
  const why = silent
    ? `chart ${silent.version} does not say which app version it ships`
    : `${current.version} is no SemVer version`;
  return `what the update brings is not known: ${why}`;
}

function endingNotes({ current, newest, retired }: OutdatedRelease): (string | undefined)[] {
  const deprecated = current.deprecated ? current : newest?.deprecated ? newest : undefined;
  return [
    deprecated && `chart ${deprecated.version} is deprecated: its maintainers will not follow Kubernetes any further`,
    retired && `it is retired since ${retired.since}: ${retired.why}; move to ${retired.replacement}`,
  ];
}

/** Why a Kubernetes version is not covered, or nobody knows; of the newest what is not said of the chart in use already. */
function coverageNotes(outlook: readonly ChartOutlook[]): string[] {
  if (outlook.length === 0) return ["which Kubernetes version the cluster runs is not known"];
  const inUse = reasonsOf(outlook, (each) => each.current);
  const newest = reasonsOf(outlook, (each) => each.newest);
  return [...inUse, ...newest.filter((note) => !inUse.includes(note)).map((note) => `newest: ${note}`)];
}

/** One note for the versions that share a reason. */
function reasonsOf(
  outlook: readonly ChartOutlook[],
  of: (outlook: ChartOutlook) => ChartCoverage | undefined,
): string[] {
  const versions = new Map<string, string[]>();
  for (const each of outlook) {
    const coverage = of(each);
    if (!coverage || coverage.status === "covered") continue;
    const reason = reasonOf(coverage);
    versions.set(reason, [...(versions.get(reason) ?? []), each.kubernetes]);
  }
  return [...versions].map(([reason, kubernetes]) => `${enumerated(kubernetes)} ${reason}`);
}

function reasonOf({ status, reason, source }: ChartCoverage): string {
  const page = source && `(${source.page}, read on ${source.read})`;
  return listed([`${status === "unknown" ? "unknown" : "not covered"}: ${reason}`, page], " ");
}
