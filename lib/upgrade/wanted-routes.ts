import { eksRelease, eksVersionsHorizon } from "../domain/eks-calendar";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Model } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { parseTarget } from "../domain/target-version";
import { enumerated } from "../rules/release-subject";
import { groupsBehind } from "./node-turn";
import { type Section, sectionsOf } from "./sections";
import { type StartingPoint, startingPoint } from "./starting-point";

/** A part of the fleet, and where each of its clusters begins. */
export interface WantedRoute {
  readonly section: Section;
  readonly points: readonly StartingPoint[];
}

/** Where to, and from where. */
export interface WantedRoutes {
  readonly target: KubernetesVersion;
  readonly routes: readonly WantedRoute[];
}

/**
 * What is to be upgraded.
 * @throws TandemError when the target is no version that is known, or is below what a cluster runs; when everything is there already; when
 * there is no such pair; when what a cluster runs is not known
 */
export function wantedRoutes(model: Model, to: string, pair: string | undefined): WantedRoutes {
  const target = knownTarget(to);
  const routes = sectionsOf(model, pair).map((section) => ({ section, points: pointsOf(section) }));
  for (const { points } of routes) refuseLower(points, target);
  const all = routes.flatMap(({ points }) => points);
  if (!all.every((point) => isThere(point, target))) return { target, routes };
  const names = enumerated(all.map(({ cluster }) => cluster.name));
  throw new TandemError(
    `${names} ${all.length === 1 ? "runs" : "run"} ${target} already, the nodes too: there is nothing to plan; choose a newer version`,
  );
}

/** Known to the tables of APIs and to EKS's calendar. */
function knownTarget(text: string): KubernetesVersion {
  const target = parseTarget(text);
  if (eksRelease(target.toString())) return target;
  const { covers } = eksVersionsHorizon();
  throw new TandemError(
    `EKS's calendar does not have Kubernetes ${target}: it covers ${covers?.from} to ${covers?.to}; choose a target within it, or update eks-tandem`,
  );
}

function pointsOf({ clusters, model }: Section): StartingPoint[] {
  return clusters.map((cluster) =>
    startingPoint(
      cluster,
      model.history?.find((each) => each.cluster === cluster.name),
    ),
  );
}

function refuseLower(points: readonly StartingPoint[], target: KubernetesVersion): void {
  const higher = points.find(({ start }) => KubernetesVersion.parse(start.version).isAfter(target));
  if (!higher) return;
  const { cluster, version } = higher.start;
  throw new TandemError(
    `cluster ${cluster} runs ${version}, and ${target} is below: a plan only goes up. EKS takes a control plane back by one minor version ` +
      "within days of its upgrade; declare it with rollback({ to, because }). For another pair, say which with --pair",
  );
}

function isThere({ cluster, start }: StartingPoint, target: KubernetesVersion): boolean {
  return start.version === target.toString() && groupsBehind(cluster, target).length === 0;
}
