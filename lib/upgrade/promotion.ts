import { pinOf } from "../domain/history";
import type { Cluster, Location, Model, NodeGroup, Release } from "../domain/model";
import { pinnedParts, pinOfRelease } from "../domain/pinned-parts";
import { historyOf } from "../domain/recorded-cluster";
import { pairedClusters } from "../domain/twins";
import { evaluate } from "../rules/evaluate";
import type { Finding } from "../rules/rule";
import { renderedFor } from "./rendered-for";

/** One pin of production that becomes what staging runs. */
export interface PromotionMove {
  /** As the start of a sentence, such as `Add-on coredns`. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What the construct is called in the code. */
  readonly id: string;
  /** Keys within the options of the construct: `versions.controlPlane`, `chart.version`. */
  readonly keys: readonly string[];
  /** Where the construct was made. */
  readonly location?: Location;
}

/** What becomes of production when it is given what staging runs. */
export interface Promotion {
  readonly pair: string;
  readonly staging: string;
  readonly production: string;
  readonly moves: readonly PromotionMove[];
  /** What comes later, and when; sentences. */
  readonly later: readonly string[];
  /** Why it is not to be; sentences. */
  readonly refusals: readonly string[];
}

/**
 * What production lacks of what staging runs, as the history says. Nodes wait for their control plane, which goes by itself. What production
 * would be then is judged by the rules: what they refuse, what staging has not run long enough among it, is refused.
 */
export function promotionOf(model: Model, pairName: string): Promotion | undefined {
  const twins = pairedClusters(model).find(({ pair }) => pair.name === pairName);
  if (!twins) return undefined;
  const { staging, production } = twins;
  const names = { pair: pairName, staging: staging.name, production: production.name };
  const early = unready(staging, production, model);
  if (early.length > 0) return { ...names, moves: [], later: [], refusals: early };
  const raised = staging.version !== production.version;
  const moves = [
    ...controlPlane(staging, production),
    ...partMoves(staging, production),
    ...(raised ? [] : nodeMoves(staging, production)),
  ];
  const later = [...(raised ? nodesLater(staging, production) : []), ...chartsByHand(staging, production)];
  return { ...names, moves, later, refusals: newErrors(model, promoted(staging, production, raised)).map(sentence) };
}

function nodesLater(staging: Cluster, production: Cluster): string[] {
  const { name } = production;
  if (nodeMoves(staging, production).length === 0) return [];
  return [`The nodes of ${name} follow its control plane: deploy, npx tandem record ${name}, then promote again.`];
}

/** A chart in a folder has no version to write. */
function chartsByHand(staging: Cluster, production: Cluster): string[] {
  return production.releases.flatMap((release) => {
    const twin = staging.releases.find(({ name }) => name === release.name);
    const isFolder = twin?.chart.source === "local" || release.chart.source === "local";
    if (!twin || !isFolder || pinOfRelease(twin) === pinOfRelease(release)) return [];
    return [
      `Release ${release.name} deploys another chart in ${staging.name}, and one of the two is in a folder: change it by hand.`,
    ];
  });
}

/** Before anything is compared: staging has to be recorded, and to be described as it is recorded. */
function unready(staging: Cluster, production: Cluster, model: Model): string[] {
  const histories = [staging, production].map((cluster) => ({ cluster, history: historyOf(cluster, model) }));
  const problems = histories.flatMap(({ cluster: { name }, history }) => {
    if (!history) return [`Nothing is recorded of ${name}: deploy it, then npx tandem record ${name}.`];
    if (history.diverged) return [`The history of ${name} has diverged: npx tandem record ${name} joins it.`];
    return [];
  });
  const stacks = [staging, ...staging.releases, ...staging.manifests].map(({ path }) => `${path.split("/")[0]}`);
  const broken = evaluate(model).findings.filter(
    ({ severity, acknowledged, path }) =>
      severity === "error" && !acknowledged && stacks.some((stack) => path === stack || path.startsWith(`${stack}/`)),
  );
  const history = historyOf(staging, model);
  const undeployed = pinnedParts(staging).filter(({ part, pin }) => history && pinOf(history.state, part) !== pin);
  return [
    ...problems,
    ...broken.map((finding) => `${staging.name} has an error itself: ${sentence(finding)}`),
    ...undeployed.map(
      ({ name, pin }) =>
        `${name} of ${staging.name} is described as ${pin}, which is not what is recorded: deploy it and npx tandem record ${staging.name}.`,
    ),
  ];
}

function controlPlane(staging: Cluster, production: Cluster): PromotionMove[] {
  if (staging.version === production.version) return [];
  return [move("The control plane", production.version, staging.version, ["versions", "controlPlane"], production)];
}

/** Where all node groups follow `versions.nodes`, that is the one to change. */
function nodeMoves(staging: Cluster, production: Cluster): PromotionMove[] {
  const moves = production.nodeGroups.flatMap((group) => {
    const twin = staging.nodeGroups.find(({ name }) => name === group.name);
    if (!twin || twin.version === group.version) return [];
    return [{ group, move: move(`Node group ${group.name}`, group.version, twin.version, ["version"], group) }];
  });
  const [first] = moves;
  const isOne =
    first !== undefined &&
    moves.length === production.nodeGroups.length &&
    moves.every((each) => each.move.from === first.move.from && each.move.to === first.move.to);
  const images = production.nodeGroups.flatMap((group) => {
    const twin = staging.nodeGroups.find(({ name }) => name === group.name);
    const isTwins = twin?.releaseVersion !== undefined && group.releaseVersion !== undefined;
    if (!isTwins || twin.releaseVersion === group.releaseVersion) return [];
    return [
      move(`Image of node group ${group.name}`, group.releaseVersion, twin.releaseVersion, ["releaseVersion"], group),
    ];
  });
  if (!isOne) return [...moves.map((each) => each.move), ...images];
  return [...images, move("The nodes", first.move.from, first.move.to, ["versions", "nodes"], production)];
}

function partMoves(staging: Cluster, production: Cluster): PromotionMove[] {
  const addons = production.addons.flatMap((addon) => {
    const twin = staging.addons.find(({ name }) => name === addon.name);
    return twin && twin.version !== addon.version
      ? [move(`Add-on ${addon.name}`, addon.version, twin.version, ["version"], addon)]
      : [];
  });
  return [...addons, ...production.releases.flatMap((release) => releaseMoves(release, staging))];
}

function releaseMoves(release: Release, staging: Cluster): PromotionMove[] {
  const twin = staging.releases.find(({ name }) => name === release.name);
  if (!twin || twin.chart.source === "local" || release.chart.source === "local") return [];
  if (pinOfRelease(twin) === pinOfRelease(release)) return [];
  const chart = move(
    `Chart of release ${release.name}`,
    release.chart.version,
    twin.chart.version,
    ["chart", "version"],
    release,
  );
  if (release.appVersion === undefined || twin.appVersion === undefined || release.appVersion === twin.appVersion) {
    return [chart];
  }
  const app = move(
    `App version of release ${release.name}`,
    release.appVersion,
    twin.appVersion,
    ["appVersion"],
    release,
  );
  return [chart, app];
}

function move(
  name: string,
  from: string | null,
  to: string | null,
  keys: readonly string[],
  construct: { readonly name: string; readonly pair?: string; readonly location?: Location },
): PromotionMove {
  const { location, pair, name: own } = construct;
  return { name, from: String(from), to: String(to), id: pair ?? own, keys, ...(location && { location }) };
}

/** Production with the pins of staging. */
function promoted(staging: Cluster, production: Cluster, raised: boolean): Cluster {
  const twinOf = <T extends { readonly name: string }>(parts: readonly T[], { name }: T) =>
    parts.find((part) => part.name === name);
  return {
    ...production,
    version: staging.version,
    nodeGroups: production.nodeGroups.map((group) => ({
      ...group,
      ...(!raised && promotedNodes(group, twinOf(staging.nodeGroups, group))),
    })),
    addons: production.addons.map((addon) => ({
      ...addon,
      version: twinOf(staging.addons, addon)?.version ?? addon.version,
    })),
    releases: production.releases.map((release) =>
      promotedRelease(release, twinOf(staging.releases, release), staging.version),
    ),
  };
}

function promotedNodes(group: NodeGroup, twin: NodeGroup | undefined): Partial<NodeGroup> {
  if (!twin) return {};
  const isStated = group.releaseVersion !== undefined && twin.releaseVersion !== undefined;
  return { version: twin.version, ...(isStated && { releaseVersion: twin.releaseVersion }) };
}

/** With the same chart, what is rendered of it is known; of another one, the synth after the change renders it. */
function promotedRelease(release: Release, twin: Release | undefined, kubernetes: string | null): Release {
  if (!twin || pinOfRelease(twin) === pinOfRelease(release)) {
    return kubernetes === null
      ? release
      : { ...renderedFor(release, kubernetes), ...(release.lock && { lock: release.lock }) };
  }
  const { renderings: _renderings, contents: _contents, ...rest } = release;
  return {
    ...rest,
    chart: twin.chart,
    ...(twin.lock && { lock: twin.lock }),
    ...(twin.appVersion !== undefined && { appVersion: twin.appVersion }),
  };
}

/** Errors that production would have, and has not. What only a rendering can tell is left to the synth. */
function newErrors(model: Model, production: Cluster): Finding[] {
  const errorsOf = (of: Model) =>
    evaluate(of).findings.filter(
      ({ severity, acknowledged, rule }) => severity === "error" && !acknowledged && rule !== "chart-not-rendered",
    );
  const known = new Set(errorsOf(model).map(({ rule, path }) => `${rule} ${path}`));
  const after = {
    ...model,
    clusters: model.clusters.map((each) => (each.name === production.name ? production : each)),
  };
  return errorsOf(after).filter(({ rule, path }) => !known.has(`${rule} ${path}`));
}

function sentence({ rule, message, remedy }: Finding): string {
  return `${rule}: ${message} ${remedy}`;
}
