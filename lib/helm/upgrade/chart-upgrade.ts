import { applyCrdsCommand } from "../../domain/apply-crds-command";
import type { ChartDiff, ChartProblem, ObjectChange } from "../../domain/chart-diff";
import { statedChartVersion } from "../../domain/chart-version";
import type { KubernetesVersion } from "../../domain/kubernetes-version";
import type { Chart, ChartContents, ChartLock, RenderingFailure } from "../../domain/model";
import { clusterName, type PlacedRelease } from "../../domain/placed-release";
import type { ReleaseValues } from "../../domain/release-values";
import { knownVersion } from "../../domain/stated-version";
import { TandemError } from "../../domain/tandem-error";
import { type ChartTree, chartTree } from "../chart/chart-tree";
import { labelOf } from "../fetch/fetch-chart";
import type { NewChart } from "../fetch/new-chart";
import { chartId, readLock } from "../lock/lock-file";
import { ContentCache } from "../render/content-cache";
import { ChartShelf, type LookedUpRelease } from "../render/looked-up-release";
import type { ReleasesContext } from "../render/rendered-releases";
import { type RenderAnswer, Renderer } from "../render/renderer";
import { renderWanted, type WantedRendering } from "../render/wanted-renderings";
import { withoutSecrets } from "../render/without-secrets";
import { notCompared, notRendered, valueProblems } from "./chart-problems";
import { diffRenderings } from "./diff-renderings";
import { chartDefaults, diffValues } from "./diff-values";

/** A release, its cluster's version, and the chart that it is to get. */
export interface Upgrade extends PlacedRelease {
  readonly kubernetes: KubernetesVersion;
  readonly to: NewChart;
}

/** The release with one of its two charts. */
interface Side {
  readonly chart: Chart;
  readonly contents: ChartContents;
  readonly tree: ChartTree;
  /** Undefined where the chart's kubeVersion keeps Helm from rendering. */
  readonly answer: RenderAnswer | undefined;
}

/**
 * The version that a release's cluster runs.
 * @throws TandemError when it is not known
 */
export function versionOfCluster(placed: PlacedRelease): KubernetesVersion {
  const version = knownVersion(placed.cluster.version);
  if (version) return version;
  throw new TandemError(
    `${subjectOf(placed)} cannot be rendered: which Kubernetes version its cluster runs is not known; state it in the app`,
  );
}

/**
 * What upgrades of releases to other charts change, each with the release's own values and at its cluster's version. Both charts are
 * rendered as synth renders: with what the cluster serves then, the CustomResourceDefinitions of the other releases' charts included.
 * @param upgrades at most one in a cluster
 * @param valuesOf the values of a release, by its construct path
 * @throws TandemError when a chart is not locked or cannot be read
 */
export function chartUpgrades(
  upgrades: readonly Upgrade[],
  valuesOf: (path: string) => ReleaseValues,
  context: ReleasesContext,
): ChartDiff[] {
  const cache = new ContentCache(context.env);
  const shelf = new ChartShelf(readLock(context.project), context.project, cache);
  const present = new Map<string, LookedUpRelease>();
  for (const { cluster } of upgrades)
    for (const release of cluster.releases) present.set(release.path, shelf.lookUp(release, valuesOf(release.path)));
  const next = new Map(present);
  for (const { release, to } of upgrades)
    next.set(release.path, shelf.lookInto({ chart: to.stored }, to.chart, valuesOf(release.path)));
  const renderer = new Renderer(cache, context);
  const before = sidesOf(upgrades, present, ({ release }) => release.chart, valuesOf, renderer);
  const after = sidesOf(upgrades, next, ({ to }) => to.chart, valuesOf, renderer);
  return upgrades.flatMap((upgrade, index) => {
    const [from, to] = [before[index], after[index]];
    return from && to ? [diffOf(upgrade, from, to, valuesOf(upgrade.release.path))] : [];
  });
}

/** Every upgraded release with the chart that `found` has for it. */
function sidesOf(
  upgrades: readonly Upgrade[],
  found: ReadonlyMap<string, LookedUpRelease>,
  chartOf: (upgrade: Upgrade) => Chart,
  valuesOf: (path: string) => ReleaseValues,
  renderer: Renderer,
): Side[] {
  const read = upgrades.map((upgrade) => readable(upgrade, chartOf(upgrade), found.get(upgrade.release.path)));
  const wanted = upgrades.flatMap((upgrade) => wantedIn(upgrade, found, valuesOf));
  const answers = renderWanted(wanted, renderer);
  return read.map((side, index) => {
    const { release } = upgrades[index] as Upgrade;
    const own = wanted.find((each) => each.release === release);
    return { ...side, answer: own && answers.get(own) };
  });
}

/** The releases of the upgraded one's cluster: what one defines, another may ask for. */
function wantedIn(
  { cluster, kubernetes, release: upgraded }: Upgrade,
  found: ReadonlyMap<string, LookedUpRelease>,
  valuesOf: (path: string) => ReleaseValues,
): WantedRendering[] {
  return cluster.releases.flatMap((release) => {
    const looked = found.get(release.path);
    if (!looked?.chart && !looked?.failure) return [];
    const values = valuesOf(release.path);
    return [{ at: "current", kubernetes, release, cluster, found: looked, values, isTextWanted: release === upgraded }];
  });
}

/** @throws TandemError when the chart is not there or cannot be read */
function readable(
  placed: PlacedRelease,
  chart: Chart,
  { chart: stored, contents, failure, lock }: LookedUpRelease = {},
): Omit<Side, "answer"> {
  const subject = `${subjectOf(placed)}: ${labelOf(chart)}`;
  if (failure) throw new TandemError(`${subject} cannot be compared: ${failure.reason}. ${failure.remedy}`);
  if (!stored || !contents) throw new TandemError(`${subject} ${whyMissing(lock)}; run npx tandem lock`);
  return { chart, contents, tree: chartTree(stored.files(), labelOf(chart)) };
}

function whyMissing(lock: ChartLock | undefined): string {
  if (lock?.state === "no-archive") return `is locked, and its archive ${lock.archive} is not there`;
  if (lock?.state === "digest-mismatch") return `is not what was locked: ${lock.archive} is another`;
  return "is not locked";
}

function diffOf(upgrade: Upgrade, before: Side, after: Side, { values }: ReleaseValues): ChartDiff {
  const { release, cluster, kubernetes } = upgrade;
  return {
    release: release.name,
    namespace: release.namespace,
    ...clusterName(cluster),
    kubernetes: String(kubernetes),
    chart: chartId(release.chart),
    from: statedChartVersion(before.contents),
    to: statedChartVersion(after.contents),
    problems: [...renderingProblems(upgrade, before, after), ...valueProblems(before.contents, after.contents)],
    objects: objectsOf(upgrade, before, after).map((object) => withoutSecretsOf(object, values)),
    values: diffValues(chartDefaults(before.tree, values), chartDefaults(after.tree, values), values),
  };
}

function renderingProblems({ release, kubernetes }: Upgrade, before: Side, after: Side): ChartProblem[] {
  return [
    ...(textOf(before) === undefined ? [notCompared(before.contents, kubernetes, failureOf(before))] : []),
    ...(textOf(after) === undefined ? [notRendered(release, after.contents, kubernetes, failureOf(after))] : []),
  ];
}

function objectsOf({ release, to }: Upgrade, before: Side, after: Side): ObjectChange[] {
  const [old, now] = [textOf(before), textOf(after)];
  if (old === undefined || now === undefined) return [];
  const applyCrds = applyCrdsCommand(chartId(to.chart), after.contents.version);
  return diffRenderings(old, now, { namespace: release.namespace, applyCrds });
}

/** What the release gives under a key that names a secret is hidden wherever the chart writes it. */
function withoutSecretsOf(object: ObjectChange, values: ReleaseValues["values"]): ObjectChange {
  if (!object.fields) return object;
  const fields = object.fields.map(({ path, from, to }) => ({
    path,
    ...(from !== undefined && { from: withoutSecrets(from, values) }),
    ...(to !== undefined && { to: withoutSecrets(to, values) }),
  }));
  return { ...object, fields };
}

function textOf({ answer }: Side): string | undefined {
  return answer && "text" in answer ? answer.text : undefined;
}

function failureOf({ answer }: Side): RenderingFailure | undefined {
  return answer && "reason" in answer ? answer : undefined;
}

/** `release web in cluster stage-aws1 (staging)`. */
function subjectOf({ release, cluster: { name, environment } }: PlacedRelease): string {
  return `release ${release.name} in cluster ${name}${environment === undefined ? "" : ` (${environment})`}`;
}
