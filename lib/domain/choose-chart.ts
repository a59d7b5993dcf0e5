import type SemVer from "semver/classes/semver";
import compareBuild from "semver/functions/compare-build";
import parse from "semver/functions/parse";
import { looseVersion, satisfiesHelmConstraint } from "./helm-constraint";
import { kubeVersionFit } from "./kube-version-fit";
import type { KubernetesVersion } from "./kubernetes-version";
import type { ChartVersion } from "./lock";
import { TandemError } from "./tandem-error";

/** What a chart has to be like. */
export interface ChartWish {
  /** The app versions that can be tolerated: `<=1.6.4`, `==1.5.1`, any constraint that Helm reads. Absent: any. */
  readonly app?: string;
  /** What the cluster runs. Absent: whatever the charts' kubeVersion. */
  readonly kubernetes?: KubernetesVersion;
  /**
   * Whether a pre-release will do, of the chart or of the app.
   * @default false
   */
  readonly preReleases?: boolean;
}

export interface ChartChoice {
  /** Absent where no version will do. */
  readonly chosen?: ChartVersion;
  /**
   * `newest`: the newest chart will do. `highest-app`: it will not, so that it is the newest of those with the highest app version that
   * can be tolerated. `none`: none will do.
   */
  readonly kind: "newest" | "highest-app" | "none";
  /** Every version that is newer than the chosen one, or that nobody can order; all of them where none is chosen. Newest first. */
  readonly rejected: readonly RejectedChart[];
}

export interface RejectedChart {
  readonly version: ChartVersion;
  /** Part of a sentence. */
  readonly because: string;
}

/** A version with what is read out of it. */
interface Candidate {
  readonly version: ChartVersion;
  /** Undefined when the chart's version is no SemVer version. */
  readonly chart: SemVer | undefined;
  readonly app: SemVer | undefined;
  /** Why it will not do, whatever its app version. */
  readonly obstacle: string | undefined;
  /** Why its app version will not do. */
  readonly appObstacle: string | undefined;
}

/**
 * Chooses a chart by the app version that can be tolerated. If that of the newest chart is, the newest chart; else the highest app version
 * that can be tolerated, in the newest chart that ships it. Charts are ordered by their versions: a newer chart may ship an older app.
 * @throws TandemError when `app` is no constraint
 */
export function chooseChart(versions: readonly ChartVersion[], wish: ChartWish = {}): ChartChoice {
  const app = wish.app === undefined ? undefined : appConstraint(wish.app);
  const candidates = versions.map((version) => candidate(version, wish, app)).sort(newestFirst);
  const [newest, ...others] = candidates.filter(({ obstacle }) => obstacle === undefined);
  if (newest && newest.appObstacle === undefined)
    return { chosen: newest.version, kind: "newest", rejected: before(newest, candidates) };
  const [first, ...rest] = others.filter(({ appObstacle }) => appObstacle === undefined);
  if (!first) return { kind: "none", rejected: before(undefined, candidates) };
  const chosen = rest.reduce((best, each) => (hasHigherApp(each, best) ? each : best), first);
  return { chosen: chosen.version, kind: "highest-app", rejected: before(chosen, candidates) };
}

/** `==` is how people write it; Helm writes `=`. */
function appConstraint(text: string): string {
  const constraint = text.replace(/==+/g, "=");
  if (satisfiesHelmConstraint("0.0.0", constraint) !== undefined) return constraint;
  throw new TandemError(
    `${JSON.stringify(text)} is no constraint of app versions; write one such as "<=1.6.4", "==1.5.1" or ">=1.5 <2"`,
  );
}

function candidate(version: ChartVersion, wish: ChartWish, constraint: string | undefined): Candidate {
  const chart = parse(version.version) ?? undefined;
  const app = version.appVersion === undefined ? undefined : looseVersion(version.appVersion);
  const obstacle =
    whyNoChart(version, chart) ??
    whyPreRelease(version, chart, app, wish) ??
    whyNotOnKubernetes(version, wish.kubernetes);
  const appObstacle = constraint === undefined ? undefined : whyNotTolerated(version, constraint, wish);
  return { version, chart, app, obstacle, appObstacle };
}

function whyNoChart({ version }: ChartVersion, chart: SemVer | undefined): string | undefined {
  return chart
    ? undefined
    : `its version ${JSON.stringify(version)} is no SemVer version, so that it has no place in the order`;
}

function whyPreRelease(
  { version, appVersion }: ChartVersion,
  chart: SemVer | undefined,
  app: SemVer | undefined,
  { preReleases = false }: ChartWish,
): string | undefined {
  if (preReleases) return undefined;
  if (isPreRelease(chart)) return `${version} is a pre-release`;
  return isPreRelease(app) ? `its app version ${appVersion} is a pre-release` : undefined;
}

function whyNotOnKubernetes(
  { kubeVersion }: ChartVersion,
  kubernetes: KubernetesVersion | undefined,
): string | undefined {
  if (kubeVersion === undefined || kubernetes === undefined) return undefined;
  const { status, reason } = kubeVersionFit(kubeVersion, kubernetes);
  return status === "fits" ? undefined : reason;
}

function whyNotTolerated(
  { appVersion }: ChartVersion,
  constraint: string,
  { app, preReleases }: ChartWish,
): string | undefined {
  if (appVersion === undefined) return "it does not say which app version it ships";
  const isTolerated = satisfiesHelmConstraint(appVersion, constraint, preReleases);
  if (isTolerated === undefined)
    return `its app version ${JSON.stringify(appVersion)} is no version that can be compared with ${app}`;
  return isTolerated ? undefined : `its app version ${appVersion} is not ${app}`;
}

/** Those that stand before the chosen one, each with its reason. What has no place in the order may be newer. */
function before(chosen: Candidate | undefined, candidates: readonly Candidate[]): RejectedChart[] {
  return candidates
    .filter(({ chart }) => !chosen?.chart || !chart || compareBuild(chart, chosen.chart) > 0)
    .map((each) => ({ version: each.version, because: each.obstacle ?? each.appObstacle ?? whyLower(each, chosen) }));
}

function whyLower({ version }: Candidate, chosen: Candidate | undefined): string {
  return `its app version ${version.appVersion} is lower than ${chosen?.version.appVersion}, which ${chosen?.version.version} ships`;
}

function hasHigherApp(a: Candidate, b: Candidate): boolean {
  return a.app !== undefined && b.app !== undefined && compareBuild(a.app, b.app) > 0;
}

/** What is no SemVer version comes first: it may be newer than anything. */
function newestFirst(a: Candidate, b: Candidate): number {
  if (a.chart && b.chart) return compareBuild(b.chart, a.chart);
  return Number(a.chart !== undefined) - Number(b.chart !== undefined);
}

function isPreRelease(version: SemVer | undefined): boolean {
  return version !== undefined && version.prerelease.length > 0;
}
