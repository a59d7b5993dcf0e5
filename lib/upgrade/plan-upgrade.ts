import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Lock } from "../domain/lock";
import type { Model } from "../domain/model";
import type { NodeStrategy, Plan, Route } from "./plan";
import { walkRoute } from "./walk-route";
import { wantedRoutes } from "./wanted-routes";

/** What is to be planned. */
export interface PlanRequest {
  /** What the code describes, with what the history says of it. */
  readonly model: Model;
  /** The charts there are to choose from; without it, no chart can be moved. */
  readonly lock?: Lock | undefined;
  /** The Kubernetes minor version at the end. */
  readonly to: string;
  /** @default "each-hop" */
  readonly nodes?: NodeStrategy;
  /** The one pair, or cluster without a twin, that is wanted; absent: all of them. */
  readonly pair?: string | undefined;
}

/**
 * Plans the way to a Kubernetes minor version: from what runs, by hops of one minor version, staging before production. Every state on
 * the way is judged by the rules; none that they refuse is passed, unless the first one has the same error already.
 * @throws TandemError when the target is no version that is known, or is below what a cluster runs; when everything is there already; when
 * there is no such pair; when what a cluster runs is not known
 */
export function planUpgrade({ model, lock, to, nodes = "each-hop", pair }: PlanRequest): Plan {
  const { target, routes } = wantedRoutes(model, to, pair);
  return {
    to: target.toString(),
    asOf: model.asOf,
    nodes,
    routes: routes.map(({ section, points }) =>
      upToTheFirstBlocker(walkRoute(section, points, { lock, target, nodes })),
    ),
  };
}

function upToTheFirstBlocker(route: Route): Route {
  const [first] = route.blockers;
  const end = first && KubernetesVersion.parse(first.hop);
  const isOpen = (to: string) => end === undefined || KubernetesVersion.parse(to).isBefore(end);
  return { ...route, hops: route.hops.filter(({ to, steps }) => steps.length > 0 && isOpen(to)) };
}
