import { looseVersion, satisfiesHelmConstraint } from "./helm-constraint";
import { chartsHorizon, type KnownChart, knownChart, type MatrixRow } from "./known-chart";
import { KubernetesVersion } from "./kubernetes-version";
import type { ChartId } from "./lock";

/** A chart as it is, or might be, used. */
export interface ChartInUse extends ChartId {
  readonly version: string;
  /** The app's version: of the image that is really run, where the values say another than the chart; absent where nobody knows it. */
  readonly appVersion?: string | undefined;
}

/** Whether a chart's maintainers cover a Kubernetes version. */
export interface ChartCoverage {
  readonly status: "covered" | "not-covered" | "unknown";
  /** Part of a sentence. */
  readonly reason: string;
  /** The page that it rests on, and the day it was read; absent where no page says anything. */
  readonly source?: { readonly page: string; readonly read: string };
}

/**
 * Whether the maintainers of a chart cover a Kubernetes version, by the matrix that they publish. What they do not say is `unknown`.
 */
export function chartCoverage(chart: ChartInUse, kubernetes: KubernetesVersion): ChartCoverage {
  const known = knownChart(chart);
  if (!known) return { status: "unknown", reason: `no table knows the chart ${chart.name} of ${chart.source}` };
  const source = { page: known.source, read: known.read };
  return { ...judged(known, chart, kubernetes), source };
}

/** Whether a chart's app belongs to the minor version of its cluster, so that no version of it covers two. */
export function followsClusterMinor(chart: ChartId): boolean {
  return knownChart(chart)?.claim === "same-minor";
}

type Judgement = Pick<ChartCoverage, "status" | "reason">;

function judged(known: KnownChart, chart: ChartInUse, kubernetes: KubernetesVersion): Judgement {
  if (known.claim === undefined)
    return { status: "unknown", reason: known.note ?? "its maintainers publish no matrix" };
  const app = chart.appVersion ?? known.releases?.[chart.version.replace(/^v/, "")];
  if (known.claim === "same-minor") return bySameMinor(chart, app, kubernetes);
  const row = known.matrix?.find((each) => isOfRow(each, chart, app));
  if (!row) return unlisted(chart, app);
  const verb = known.claim === "tested" ? "test" : "support";
  const what = app === undefined ? `chart version ${chart.version}` : `app version ${app}`;
  return inRow(row, `its maintainers ${verb} ${what} on Kubernetes ${span(row)}`, known.claim, kubernetes);
}

/** The app decides, where it is known: the values may run another than the chart's own. */
function isOfRow({ app: apps, chart: charts }: MatrixRow, { version }: ChartInUse, app: string | undefined): boolean {
  if (app !== undefined) return satisfiesHelmConstraint(app, apps) === true;
  return charts !== undefined && satisfiesHelmConstraint(version, charts) === true;
}

function inRow(row: MatrixRow, claim: string, kind: KnownChart["claim"], kubernetes: KubernetesVersion): Judgement {
  const isTooOld = row.from !== undefined && kubernetes.isBefore(KubernetesVersion.parse(row.from));
  if (isTooOld && kind === "tested") return { status: "unknown", reason: `${claim}; an older one may work` };
  const isTooNew = row.to !== undefined && kubernetes.isAfter(KubernetesVersion.parse(row.to));
  if (isTooOld || isTooNew) return { status: "not-covered", reason: claim };
  const { covers } = chartsHorizon();
  const isUnread = kubernetes.isAfter(KubernetesVersion.parse(covers.to));
  return isUnread
    ? { status: "unknown", reason: `${claim}, which was read before ${kubernetes} was out` }
    : { status: "covered", reason: claim };
}

function bySameMinor(chart: ChartInUse, app: string | undefined, kubernetes: KubernetesVersion): Judgement {
  const version = app === undefined ? undefined : looseVersion(app);
  if (!version) return unlisted(chart, app);
  const isSame = `${version.major}.${version.minor}` === kubernetes.toString();
  return {
    status: isSame ? "covered" : "not-covered",
    reason: `its maintainers ask for the minor version of the cluster, and the app version is ${app}`,
  };
}

function unlisted({ version }: ChartInUse, app: string | undefined): Judgement {
  const reason =
    app === undefined
      ? `which app chart version ${version} ships is not known here`
      : `app version ${app} is in none of the rows that its maintainers publish`;
  return { status: "unknown", reason };
}

function span({ from, to }: MatrixRow): string {
  if (from === to) return String(from);
  if (from === undefined) return `${to} and older`;
  return to === undefined ? `${from} and newer` : `${from} to ${to}`;
}
