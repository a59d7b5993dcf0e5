import type { Cluster, Model } from "../../domain/model";
import type { Finding } from "../../rules/rule";
import type { Hop, Plan, Route, Step } from "../plan";
import { beforeSection } from "./before";
import type { ClusterHop } from "./cluster-hop";
import { afterSection, controlPlaneSection, nodesSection } from "./phases";
import type { Runbook, RunbookCluster, RunbookHop, RunbookRoute } from "./runbook";

/** What runs, by kind and name, for each cluster. */
type Running = Map<string, Map<string, string>>;

/**
 * The checklist of a plan.
 * @param model the model that the plan was made from
 * @param findings what the rules find in it
 */
export function runbookOf(plan: Plan, model: Model, findings: readonly Finding[]): Runbook {
  return {
    schemaVersion: 1,
    to: plan.to,
    asOf: plan.asOf,
    routes: plan.routes.map((route) => routeOf(route, model, findings)),
  };
}

function routeOf(route: Route, model: Model, findings: readonly Finding[]): RunbookRoute {
  const clusters = route.starts.flatMap(({ cluster }) => model.clusters.filter(({ name }) => name === cluster));
  const running: Running = new Map(clusters.map((cluster) => [cluster.name, startOf(cluster, route)]));
  return {
    name: route.pair ?? route.starts[0]?.cluster ?? "",
    starts: route.starts,
    notes: route.notes,
    hops: route.hops.map((hop) => hopOf(hop, { route, clusters, running, findings })),
    blockers: route.blockers,
  };
}

interface Way {
  readonly route: Route;
  readonly clusters: readonly Cluster[];
  readonly running: Running;
  readonly findings: readonly Finding[];
}

function hopOf(hop: Hop, way: Way): RunbookHop {
  const clusters = way.clusters.filter(({ name }) => hop.steps.some(({ cluster }) => cluster === name));
  return { from: hop.from, to: hop.to, clusters: clusters.map((cluster) => clusterOf(cluster, hop, way)) };
}

function clusterOf(cluster: Cluster, { from, to, steps: all }: Hop, way: Way): RunbookCluster {
  const steps = all.filter((step) => step.cluster === cluster.name);
  const running = way.running.get(cluster.name) ?? new Map<string, string>();
  const reached = after(running, steps);
  way.running.set(cluster.name, reached);
  const { soakDays } = way.route;
  const staging = way.clusters.find(({ environment }) => environment === "staging");
  const hop: ClusterHop = {
    cluster,
    from,
    to,
    steps,
    running,
    reached,
    findings: way.findings,
    ...(soakDays !== undefined && { soakDays }),
    ...(cluster.environment === "production" && staging && { staging: staging.name }),
  };
  return {
    cluster: cluster.name,
    ...(cluster.environment && { environment: cluster.environment }),
    sections: [beforeSection(hop), controlPlaneSection(hop), nodesSection(hop), afterSection(hop)],
  };
}

/** What the code says, but for what the first step that moves it says it comes from. */
function startOf(cluster: Cluster, { hops }: Route): Map<string, string> {
  const running = new Map<string, string>();
  const add = (key: string, version: string | null) => version !== null && running.set(key, version);
  for (const { name, version } of cluster.nodeGroups) add(`node-group/${name}`, version);
  for (const { name, version } of cluster.addons) add(`add-on/${name}`, version);
  for (const { name, chart } of cluster.releases) if (chart.source !== "local") add(`chart/${name}`, chart.version);
  const moves = hops
    .flatMap(({ steps }) => steps.filter((step) => step.cluster === cluster.name))
    .flatMap((step) => step.moves);
  for (const { kind, name, from } of [...moves].reverse()) running.set(`${kind}/${name}`, from);
  return running;
}

function after(running: ReadonlyMap<string, string>, steps: readonly Step[]): Map<string, string> {
  const reached = new Map(running);
  for (const { kind, name, to } of steps.flatMap(({ moves }) => moves))
    if (to !== undefined) reached.set(`${kind}/${name}`, to);
  return reached;
}
