import fc from "fast-check";
import { observedAddonVersions } from "../../lib/domain/addon-version";
import { daysAfter } from "../../lib/domain/calendar-date";
import { clusterState } from "../../lib/domain/cluster-state";
import { clusterHistories, type HistoryEntry } from "../../lib/domain/history";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import type { Lock } from "../../lib/domain/lock";
import { patchBetween } from "../../lib/domain/merge-patch";
import type { Cluster, Json, Model, Release } from "../../lib/domain/model";
import { evaluate } from "../../lib/rules/evaluate";
import { aModelOfTwins, aNodeGroup, anAddon, aRelease } from "../../lib/testing/build-model";
import type { NodeStrategy, Plan, Step } from "../../lib/upgrade/plan";
import { planUpgrade } from "../../lib/upgrade/plan-upgrade";
import { fewestSteps, type SmallCluster, type SmallPair } from "./fewest-steps";

const MAJOR = 1;
/** The oldest control plane whose oldest kubelets are under the same limit as all newer ones. */
const OLDEST = 28;
const NEWEST = 36;

const version = (minor: number) => `${MAJOR}.${minor}`;

/** What may differ between the twins: all that a plan moves. */
const DIFFERENCES = ["versions", "nodeGroups", "addons", "releases"].map((path) => ({
  path,
  staging: null,
  production: null,
  because: "one is ahead of the other",
}));

// One order of cases, so that a failure comes again.
fc.configureGlobal({ seed: 20261125 });

const strategies = fc.constantFrom<NodeStrategy>("each-hop", "fewest");

/** A pair in a legal state, and where it is to go. */
const smallPairs = fc
  .record({
    production: fc.integer({ min: OLDEST, max: NEWEST - 1 }),
    ahead: fc.integer({ min: 0, max: 1 }),
    hops: fc.integer({ min: 1, max: 6 }),
    behind: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 2,
    }),
  })
  .map(({ production, ahead, hops, behind }) => {
    const staging = Math.min(NEWEST, production + ahead);
    const groups = behind.map(([ours, theirs]) => {
      const inStaging = Math.max(OLDEST - 3, staging - ours);
      return [inStaging, Math.max(production - 3, Math.min(production, inStaging, production - theirs))] as const;
    });
    const pair: SmallPair = {
      staging: { controlPlane: staging, nodes: groups.map(([each, other]) => Math.max(each, other)) },
      production: { controlPlane: production, nodes: groups.map(([, each]) => each) },
    };
    return { pair, target: Math.min(NEWEST, Math.max(staging, production + 1) + hops - 1) };
  });

function nodeGroups({ nodes }: SmallCluster) {
  return nodes.map((each, index) => aNodeGroup({ name: `group-${index}`, version: version(each) }));
}

function modelOf(
  { staging, production }: SmallPair,
  both: Partial<Cluster> = {},
  own: (cluster: SmallCluster) => Partial<Cluster> = () => ({}),
): Model {
  const sideOf = (cluster: SmallCluster) => ({
    version: version(cluster.controlPlane),
    nodeGroups: nodeGroups(cluster),
    ...own(cluster),
  });
  const model = aModelOfTwins({
    both,
    staging: sideOf(staging),
    production: sideOf(production),
    differences: DIFFERENCES,
  });
  return { ...model, pairs: model.pairs.map((pair) => ({ ...pair, promotion: { soakDays: 7 } })) };
}

/** Every state that the steps of a plan pass, as the steps themselves tell it. */
function statesOf(model: Model, plan: Plan): Model[] {
  const steps = plan.routes.flatMap(({ hops }) => hops.flatMap((hop) => hop.steps));
  let state = model;
  return steps.map((step) => {
    state = {
      ...state,
      clusters: state.clusters.map((cluster) => (cluster.name === step.cluster ? moved(cluster, step) : cluster)),
    };
    return state;
  });
}

function moved(cluster: Cluster, { moves }: Step): Cluster {
  const target = (kind: string, name: string) => moves.find((move) => move.kind === kind && move.name === name)?.to;
  return {
    ...cluster,
    version: target("control-plane", cluster.name) ?? cluster.version,
    nodeGroups: cluster.nodeGroups.map((group) => ({
      ...group,
      version: target("node-group", group.name) ?? group.version,
    })),
    addons: cluster.addons.map((addon) => ({ ...addon, version: target("add-on", addon.name) ?? addon.version })),
    releases: cluster.releases.map((release) => {
      const to = target("chart", release.name);
      return to === undefined ? release : withChart(release, to);
    }),
  };
}

function withChart(release: Release, to: string): Release {
  return {
    ...release,
    chart: { ...release.chart, version: to } as Release["chart"],
    ...(release.appVersion !== undefined && { appVersion: to }),
  };
}

function errorsOf(model: Model): string[] {
  return evaluate(model)
    .findings.filter(({ severity, rule }) => severity === "error" && rule !== "support-ended")
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const countOf = (plan: Plan, kinds: readonly string[]) =>
  plan.routes
    .flatMap(({ hops }) => hops.flatMap(({ steps }) => steps.flatMap(({ moves }) => moves)))
    .filter(({ kind }) => kinds.includes(kind)).length;

const isBlocked = (plan: Plan) => plan.routes.some(({ blockers }) => blockers.length > 0);

describe("a plan of any pair", () => {
  it.each([true, false])(
    "has as few upgrades and rolls as the best of all ways, where fewest are wanted; recorded: %j",
    (isRecorded) => {
      fc.assert(
        fc.property(smallPairs, ({ pair, target }) => {
          const model = modelOf(pair);
          const start = isRecorded ? new Recorder(model).model(model, model.asOf) : model;
          const plan = planUpgrade({ model: start, to: version(target), nodes: "fewest" });
          const steps = isBlocked(plan) ? undefined : countOf(plan, ["control-plane", "node-group"]);
          expect(steps).toBe(fewestSteps(pair, target, false));
        }),
        { numRuns: 150 },
      );
    },
  );

  it("has no more than the best of all ways has, where nodes are to roll at each hop", () => {
    fc.assert(
      fc.property(smallPairs, ({ pair, target }) => {
        const plan = planUpgrade({ model: modelOf(pair), to: version(target), nodes: "each-hop" });
        const least = fewestSteps(pair, target, true);
        fc.pre(least !== undefined && !isBlocked(plan));
        expect(countOf(plan, ["control-plane", "node-group"])).toBeLessThanOrEqual(Number(least));
      }),
      { numRuns: 150 },
    );
  });

  it("brings all control planes and nodes to the target, and never one of them further than one minor version at a time", () => {
    fc.assert(
      fc.property(smallPairs, strategies, ({ pair, target }, nodes) => {
        const model = modelOf(pair);
        const plan = planUpgrade({ model, to: version(target), nodes });
        fc.pre(!isBlocked(plan));
        const last = statesOf(model, plan).at(-1) ?? model;
        expect(
          last.clusters.flatMap((cluster) => [cluster.version, ...cluster.nodeGroups.map((group) => group.version)]),
        ).toEqual(
          last.clusters.flatMap((cluster) => [version(target), ...cluster.nodeGroups.map(() => version(target))]),
        );
        const upgrades = plan.routes
          .flatMap(({ hops }) => hops.flatMap(({ steps }) => steps))
          .flatMap(({ moves }) => moves)
          .filter(({ kind }) => kind === "control-plane");
        for (const { from, to } of upgrades)
          expect(KubernetesVersion.parse(to).minorsAhead(KubernetesVersion.parse(from))).toBe(1);
      }),
    );
  });

  it("passes no state that a rule refuses, with add-ons and charts of any version too", () => {
    let complete = 0;
    fc.assert(
      fc.property(laden, strategies, ({ model, lock, target }, nodes) => {
        const plan = planUpgrade({ model, lock, to: version(target), nodes });
        const before = errorsOf(model);
        for (const state of statesOf(model, plan))
          expect(errorsOf(state).filter((error) => !before.includes(error))).toEqual([]);
        if (!isBlocked(plan)) complete += 1;
      }),
      { numRuns: 60 },
    );
    expect(complete).toBeGreaterThan(5);
  });

  it("is taken step by step as the history grows, each step accepted", () => {
    let complete = 0;
    fc.assert(
      fc.property(laden, strategies, ({ model, lock, target }, nodes) => {
        const recorded = new Recorder(model);
        const start = recorded.model(model, model.asOf);
        const plan = planUpgrade({ model: start, lock, to: version(target), nodes });
        if (!isBlocked(plan)) complete += 1;
        const known = new Set(errorsOf(start).map(ruleOf));
        const steps = plan.routes.flatMap(({ hops }) => hops.flatMap((hop) => hop.steps));
        for (const [index, state] of statesOf(model, plan).entries()) {
          const step = steps[index] as Step;
          const described = recorded.model(state, step.day);
          expect([step.id, errorsOf(described).filter((error) => !known.has(ruleOf(error)))]).toEqual([step.id, []]);
          recorded.record(state, step);
        }
      }),
      { numRuns: 40 },
    );
    expect(complete).toBeGreaterThan(5);
  });

  it("deploys only what is described, in steps that never mix nodes with their control plane", () => {
    fc.assert(
      fc.property(laden, strategies, ({ model, lock, target }, nodes) => {
        const plan = planUpgrade({ model, lock, to: version(target), nodes });
        for (const step of plan.routes.flatMap(({ hops }) => hops.flatMap(({ steps }) => steps))) {
          const kinds = step.moves.map(({ kind }) => kind);
          expect(kinds.includes("control-plane") && kinds.includes("node-group")).toBe(false);
          expect(step.kind === "soak" || step.deploy.length > 0).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

const ruleOf = (error: string) => error.split(":")[0] ?? "";

/** A history that grows, entry by entry, as `tandem record` writes it. */
class Recorder {
  private readonly entries: HistoryEntry[] = [];

  constructor(model: Model) {
    for (const cluster of model.clusters) this.add(cluster, `${daysAfter(model.asOf, -60)}T00:00:00Z`);
  }

  model(state: Model, asOf: string): Model {
    return { ...state, asOf, history: clusterHistories(this.entries) };
  }

  record(state: Model, { cluster, day }: Step): void {
    const time = new Date(Date.parse(day) + this.entries.length * 1000).toISOString();
    for (const each of state.clusters) if (each.name === cluster) this.add(each, time);
  }

  private add(cluster: Cluster, at: string): void {
    const own = this.entries.filter((entry) => entry.cluster === cluster.name);
    const before = own.at(-1);
    const running = before && clusterHistories(own)[0]?.state;
    const state = clusterState(cluster, () => "sha256:0");
    const changes = patchBetween(plain(running ?? {}), plain(state));
    const follows = before ? [before.id] : [];
    this.entries.push({
      id: `sha256:${this.entries.length}`,
      follows,
      cluster: cluster.name,
      at,
      by: "ada",
      modelHash: "sha256:0",
      changes,
    });
  }
}

function plain(value: object): Record<string, Json> {
  return JSON.parse(JSON.stringify(value)) as Record<string, Json>;
}

const JETSTACK = "https://charts.jetstack.io";
const AUTOSCALER = "https://kubernetes.github.io/autoscaler";

const LOCK: Lock = {
  schemaVersion: 1,
  charts: [],
  versions: [
    ...Array.from({ length: 12 }, (_, index) => `v1.${index + 10}.0`).map((each) => ({
      source: JETSTACK,
      name: "cert-manager",
      version: each,
      appVersion: each,
    })),
    ...Array.from({ length: 12 }, (_, index) => index + 25).map((minor) => ({
      source: AUTOSCALER,
      name: "cluster-autoscaler",
      version: `9.${minor}.0`,
      appVersion: `1.${minor}.0`,
    })),
  ],
};

/** A pair with add-ons that fit its versions and charts of any version. */
const laden = fc
  .record({
    small: smallPairs,
    pick: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
    certManager: fc.integer({ min: 10, max: 21 }),
    hasAutoscaler: fc.boolean(),
    isLocked: fc.constantFrom(true, true, true, false),
  })
  .map(({ small: { pair, target }, pick, certManager, hasAutoscaler, isLocked }) => {
    const builds = (name: string, minor: number, at: number) => {
      const known = observedAddonVersions(name, version(minor));
      return known[Number(pick[at]) % Math.max(1, known.length)]?.version;
    };
    const own = ({ controlPlane }: SmallCluster): Partial<Cluster> => ({
      addons: ["coredns", "kube-proxy", "vpc-cni", "eks-pod-identity-agent", "aws-ebs-csi-driver"].flatMap(
        (name, index) => {
          const build = builds(name, controlPlane, index);
          return build === undefined ? [] : [anAddon({ name, version: build })];
        },
      ),
      releases: [
        unread("cert-manager", JETSTACK, `v1.${certManager}.0`, `v1.${certManager}.0`),
        ...(hasAutoscaler ? [unread("cluster-autoscaler", AUTOSCALER, `9.${controlPlane}.0`)] : []),
      ],
    });
    return { model: modelOf(pair, {}, own), ...(isLocked && { lock: LOCK }), target };
  });

/** A release that nobody has rendered: of it, only what the maintainers say is known. */
function unread(name: string, url: string, chart: string, appVersion?: string): Release {
  const {
    contents: _contents,
    renderings: _renderings,
    lock: _lock,
    appVersion: _appVersion,
    ...release
  } = aRelease({
    name,
    chart: { source: "repository", url, name, version: chart },
  });
  return { ...release, ...(appVersion !== undefined && { appVersion }) };
}
