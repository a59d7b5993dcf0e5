import type { Lock } from "../../lib/domain/lock";
import type { Cluster, Model, Release } from "../../lib/domain/model";
import {
  aModel,
  aModelOf,
  aModelOfTwins,
  aNodeGroup,
  anAddon,
  anObject,
  aRelease,
  aRenderedObject,
  aRendering,
  type StatedTwins,
  someManifests,
} from "../../lib/testing/build-model";
import type { Plan, Step } from "../../lib/upgrade/plan";
import { type PlanRequest, planUpgrade } from "../../lib/upgrade/plan-upgrade";

const JETSTACK = "https://charts.jetstack.io";
const AUTOSCALER = "https://kubernetes.github.io/autoscaler";

function pair(stated: StatedTwins = {}, soakDays = 7): Model {
  const model = aModelOfTwins(stated);
  return { ...model, pairs: model.pairs.map((each) => ({ ...each, promotion: { soakDays } })) };
}

function stepsOf({ routes }: Plan): readonly Step[] {
  return routes.flatMap(({ hops }) => hops.flatMap(({ steps }) => steps));
}

const idsOf = (plan: Plan) => stepsOf(plan).map(({ id }) => id);
const planned = (request: PlanRequest) => idsOf(planUpgrade(request));
const stepOf = (plan: Plan, id: string) => stepsOf(plan).find((step) => step.id === id);

/** A release of which only its pin is known. */
function pinned(name: string, url: string, version: string, appVersion?: string): Release {
  const {
    contents: _contents,
    renderings: _renderings,
    lock: _lock,
    appVersion: _app,
    ...release
  } = aRelease({
    name,
    chart: { source: "repository", url, name, version },
  });
  return { ...release, ...(appVersion !== undefined && { appVersion }) };
}

function lockOf(name: string, source: string, ...versions: readonly [string, string][]): Lock {
  const rows = versions.map(([version, appVersion]) => ({ source, name, version, appVersion }));
  return { schemaVersion: 1, charts: [], versions: rows };
}

describe("the order of a plan", () => {
  it("takes staging through a hop, lets it soak, and production follows", () => {
    expect(planned({ model: pair({ both: { version: "1.33" } }), to: "1.35" })).toEqual([
      "1.34/stage-aws1/control-plane",
      "1.34/stage-aws1/after/nodes",
      "1.34/stage-aws1/soak",
      "1.34/prod-aws1/control-plane",
      "1.34/prod-aws1/after/nodes",
      "1.35/stage-aws1/control-plane",
      "1.35/stage-aws1/after/nodes",
      "1.35/stage-aws1/soak",
      "1.35/prod-aws1/control-plane",
      "1.35/prod-aws1/after/nodes",
    ]);
  });

  it("lets production catch up before staging, which is ahead, goes on", () => {
    const model = pair({
      staging: { version: "1.34" },
      production: { version: "1.33" },
      differences: [{ path: "versions", staging: null, production: null, because: "soaks" }],
    });
    expect(planned({ model, to: "1.35", nodes: "fewest" }).filter((id) => id.endsWith("control-plane"))).toEqual([
      "1.34/prod-aws1/control-plane",
      "1.35/stage-aws1/control-plane",
      "1.35/prod-aws1/control-plane",
    ]);
  });

  it("plans a cluster without a twin without a soak", () => {
    expect(planned({ model: aModelOf({ version: "1.34" }), to: "1.35" })).toEqual([
      "1.35/stage-aws1/control-plane",
      "1.35/stage-aws1/after/nodes",
    ]);
  });

  it("rolls nodes as seldom as the version skew allows", () => {
    const model = aModelOf({ version: "1.30", nodeGroups: [aNodeGroup({ version: "1.30" })] });
    const plan = planUpgrade({ model, to: "1.35", nodes: "fewest" });
    expect(idsOf(plan).filter((id) => id.endsWith("nodes"))).toEqual([
      "1.33/stage-aws1/after/nodes",
      "1.35/stage-aws1/after/nodes",
    ]);
  });

  it("rolls nodes first that the next version would find too old", () => {
    const model = aModelOf({ version: "1.33", nodeGroups: [aNodeGroup({ version: "1.30" })] });
    const plan = planUpgrade({ model, to: "1.34", nodes: "fewest" });
    expect(idsOf(plan)).toEqual([
      "1.34/stage-aws1/before/nodes",
      "1.34/stage-aws1/control-plane",
      "1.34/stage-aws1/after/nodes",
    ]);
    expect(stepOf(plan, "1.34/stage-aws1/before/nodes")?.urgency).toBe("must-now");
  });

  it("moves a chart that does not cover the next version first, and one of the cluster's own minor version after it", () => {
    const releases = [
      pinned("cert-manager", JETSTACK, "v1.18.0", "v1.18.0"),
      pinned("cluster-autoscaler", AUTOSCALER, "9.46.0", "1.33.0"),
    ];
    const [certs, scalers] = [
      lockOf("cert-manager", JETSTACK, ["v1.18.0", "v1.18.0"], ["v1.19.0", "v1.19.0"], ["v1.20.0", "v1.20.0"]),
      lockOf("cluster-autoscaler", AUTOSCALER, ["9.46.0", "1.33.0"], ["9.50.0", "1.34.0"], ["9.54.0", "1.35.0"]),
    ];
    const lock: Lock = { ...certs, versions: [...certs.versions, ...scalers.versions] };
    const plan = planUpgrade({ model: aModelOf({ version: "1.33", nodeGroups: [], releases }), lock, to: "1.34" });
    expect(
      stepsOf(plan).map(({ id, urgency, moves }) => [id, urgency, moves.map(({ from, to }) => `${from} ${to}`)]),
    ).toEqual([
      ["1.34/stage-aws1/before/chart/cert-manager", "must-now", ["v1.18.0 v1.20.0"]],
      ["1.34/stage-aws1/control-plane", "must-now", ["1.33 1.34"]],
      ["1.34/stage-aws1/after/chart/cluster-autoscaler", "must-before-next-hop", ["9.46.0 9.50.0"]],
    ]);
    expect(stepOf(plan, "1.34/stage-aws1/before/chart/cert-manager")?.notes).toEqual([
      "What v1.20.0 renders with your values is not known yet: after tandem lock, the synth of this step renders and judges it.",
    ]);
  });

  it("tells to look a chart of the cluster's own minor version up where no version of it is known", () => {
    const model = aModelOf({
      version: "1.34",
      nodeGroups: [],
      releases: [pinned("cluster-autoscaler", AUTOSCALER, "9.52.1", "1.34.1")],
    });
    const plan = planUpgrade({ model, to: "1.35" });
    expect(plan.routes[0]?.blockers).toEqual([]);
    expect(idsOf(plan)).toEqual(["1.35/stage-aws1/control-plane", "1.35/stage-aws1/after/chart/cluster-autoscaler"]);
    const step = stepOf(plan, "1.35/stage-aws1/after/chart/cluster-autoscaler");
    expect(step?.urgency).toBe("must-before-next-hop");
    expect(step?.moves).toEqual([
      {
        kind: "chart",
        name: "cluster-autoscaler",
        from: "9.52.1",
        app: { from: "1.34.1" },
        why: expect.stringContaining("does not cover Kubernetes 1.35"),
        lookUp: 'npx tandem lock && npx tandem charts choose cluster-autoscaler --app "~1.35.0"',
      },
    ]);
    expect(step?.changes).toMatchObject([
      {
        path: "releases.cluster-autoscaler.chart.version",
        value: null,
        code: `chart: HelmChart.repository("${AUTOSCALER}", "cluster-autoscaler", …)`,
      },
    ]);
  });

  it("takes CoreDNS along before the control plane where a family fits both versions, and together with it where none does", () => {
    const coreDns = (from: string, version: string, to: string) =>
      stepsOf(
        planUpgrade({ model: aModelOf({ version: from, nodeGroups: [], addons: [anAddon({ version })] }), to }),
      ).map(({ id, moves }) => [id, moves.map(({ name }) => name)]);
    expect(coreDns("1.35", "v1.13.2-eksbuild.4", "1.36")).toEqual([
      ["1.36/stage-aws1/before/add-on/coredns", ["coredns"]],
      ["1.36/stage-aws1/control-plane", ["stage-aws1"]],
    ]);
    expect(coreDns("1.26", "v1.9.3-eksbuild.3", "1.27")).toEqual([
      ["1.27/stage-aws1/control-plane", ["stage-aws1", "coredns"]],
    ]);
  });

  it("brings kube-proxy after its control plane, and makes up no build that is not known", () => {
    const proxy = (version: string) => [anAddon({ name: "kube-proxy", version })];
    const moved = (from: string, version: string, to: string) =>
      stepsOf(planUpgrade({ model: aModelOf({ version: from, nodeGroups: [], addons: proxy(version) }), to })).at(-1)
        ?.moves;
    expect(moved("1.34", "v1.34.6-eksbuild.18", "1.35")?.[0]?.to).toBe("v1.35.3-eksbuild.21");
    expect(moved("1.36", "v1.36.0-eksbuild.25", "1.37")).toEqual([
      {
        kind: "add-on",
        name: "kube-proxy",
        from: "v1.36.0-eksbuild.25",
        why: "kube-proxy follows the control plane to 1.37; which builds EKS offers for it is not known here.",
        lookUp: "aws eks describe-addon-versions --addon-name kube-proxy --kubernetes-version 1.37",
      },
    ]);
  });

  it("takes an add-on that must not skip a minor version one further at each hop", () => {
    const addons = [anAddon({ name: "vpc-cni", version: "v1.18.1-eksbuild.1" })];
    const plan = planUpgrade({ model: aModelOf({ version: "1.33", nodeGroups: [], addons }), to: "1.35" });
    const moves = stepsOf(plan)
      .flatMap((step) => step.moves)
      .filter(({ kind }) => kind === "add-on");
    expect(moves.map(({ to }) => to?.replace(/\.\d+-.*/, ""))).toEqual(["v1.19", "v1.20"]);
  });
});

describe("a step of a plan", () => {
  const model = pair({ both: { version: "1.34", location: { file: "main.ts", line: 7, column: 1 } } });
  const plan = planUpgrade({ model, to: "1.35" });

  it("is data: the code, the deploy, the checks and the way back", () => {
    expect(stepOf(plan, "1.35/stage-aws1/control-plane")).toEqual({
      id: "1.35/stage-aws1/control-plane",
      cluster: "stage-aws1",
      environment: "staging",
      kind: "control-plane",
      phase: "control-plane",
      urgency: "must-now",
      moves: [
        {
          kind: "control-plane",
          name: "stage-aws1",
          from: "1.34",
          to: "1.35",
          why: "EKS takes one minor version at a time.",
        },
      ],
      why: "The control plane goes first and by itself: nothing may be newer than it.",
      changes: [
        {
          path: "versions.controlPlane",
          value: "1.35",
          side: "staging",
          twin: "1.34",
          code: 'controlPlane: differs({ staging: "1.35", production: "1.34", because: "1.35 soaks in staging" })',
          location: { file: "main.ts", line: 7, column: 1 },
        },
      ],
      deploy: ["npx cdktf deploy 'stage-aws1'"],
      check: {
        before: ["npx tandem check --synth"],
        after: [
          "aws eks describe-cluster --name stage-aws1 --region us-east-1 --query cluster.version",
          "terraform -chdir=cdktf.out/stacks/stage-aws1 show -json > stage-aws1.json",
          "npx tandem record stage-aws1 --state stage-aws1.json",
        ],
      },
      wayBack:
        "Within 7 days of the upgrade, until 2026-11-30 if it is done on 2026-11-23, EKS takes stage-aws1 back to 1.34: nodes and " +
        'add-ons that came after first, then pair.staging.rollback({ to: "1.34", because: "…" }) and the former code. After that there ' +
        "is no way back.",
      notes: [],
      day: "2026-11-23",
    });
  });

  it("writes no difference any more once production follows, on the day that the soak is over", () => {
    const step = stepOf(plan, "1.35/prod-aws1/control-plane");
    expect([step?.changes[0]?.code, step?.day, step?.deploy]).toEqual([
      'controlPlane: "1.35"',
      "2026-11-30",
      ["npx cdktf deploy 'prod-aws1' --ignore-missing-stack-dependencies"],
    ]);
  });

  it("is of one version for all node groups where they move together, and of each where they do not", () => {
    const groups = (versions: readonly string[]) => ({
      version: "1.34",
      nodeGroups: versions.map((version, index) => aNodeGroup({ name: `group-${index}`, version })),
    });
    const codeOf = (versions: readonly string[]) =>
      stepOf(
        planUpgrade({ model: aModelOf(groups(versions)), to: "1.35" }),
        "1.35/stage-aws1/after/nodes",
      )?.changes.map(({ path, code }) => `${path}: ${code}`);
    expect(codeOf(["1.34", "1.34"])).toEqual(['versions.nodes: nodes: "1.35"']);
    const apart = planUpgrade({ model: aModelOf(groups(["1.34", "1.33"])), to: "1.35", nodes: "fewest" });
    expect(stepOf(apart, "1.35/stage-aws1/after/nodes")?.changes.map(({ path }) => path)).toEqual([
      "nodeGroups.group-0.version",
      "nodeGroups.group-1.version",
    ]);
  });
});

describe("a plan that is blocked", () => {
  const blockersOf = (request: PlanRequest) => planUpgrade(request).routes.flatMap(({ blockers }) => blockers);

  it("names the objects of a removed API, once for both twins, and how to rewrite them", () => {
    const objects = [
      anObject({ apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3", kind: "FlowSchema", name: "ci" }),
      anObject({ apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3", kind: "FlowSchema", name: "cd" }),
    ];
    const manifests = [someManifests({ files: ["k8s/flow.yaml"], objects })];
    const plan = planUpgrade({ model: pair({ both: { version: "1.30", manifests } }), to: "1.33" });
    const [route] = plan.routes;
    expect(route?.hops.map(({ to }) => to)).toEqual(["1.31"]);
    expect(route?.blockers.map(({ hop, kind, name, rule, objects: named }) => [hop, kind, name, rule, named])).toEqual([
      [
        "1.32",
        "manifests",
        "storefront",
        "removed-api",
        [
          'FlowSchema "cd" (flowcontrol.apiserver.k8s.io/v1beta3)',
          'FlowSchema "ci" (flowcontrol.apiserver.k8s.io/v1beta3)',
        ].reverse(),
      ],
    ]);
    expect(route?.blockers[0]?.unblock).toContain("npx tandem convert k8s/flow.yaml --target 1.32");
  });

  it("tells of a chart that nothing covers, with what the lock lists", () => {
    const releases = [pinned("cert-manager", JETSTACK, "v1.18.0", "v1.18.0")];
    const model = aModelOf({ version: "1.33", releases });
    const lock = lockOf("cert-manager", JETSTACK, ["v1.17.0", "v1.17.0"], ["v1.18.0", "v1.18.0"]);
    const whys = [lock, lockOf("web", JETSTACK), undefined].map(
      (each) => blockersOf({ model, lock: each, to: "1.34" })[0]?.why,
    );
    const covers =
      "Chart cert-manager v1.18.0 does not cover Kubernetes 1.34: its maintainers support app version v1.18.0 on Kubernetes 1.29 to 1.33";
    expect(whys.map((why) => why?.replace(/ \(https[^)]*\)/, ""))).toEqual([
      `${covers}. tandem.lock.json lists no newer version that does, and 1 in all beside this one.`,
      `${covers}. tandem.lock.json lists no other version of it.`,
      `${covers}. There is no tandem.lock.json, which lists the versions of charts.`,
    ]);
  });

  it("lets a chart be that somebody has acknowledged", () => {
    const releases = [pinned("cert-manager", JETSTACK, "v1.18.0", "v1.18.0")];
    const acknowledgements = [
      { rule: "chart-not-covered", reason: "tried", paths: ["stage-aws1-releases/cert-manager"] },
    ];
    expect(blockersOf({ model: { ...aModelOf({ version: "1.33", releases }), acknowledgements }, to: "1.34" })).toEqual(
      [],
    );
  });

  it("moves a chart that renders what the next version removes, and is blocked where there is no other", () => {
    const flowSchema = aRenderedObject({
      apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3",
      kind: "FlowSchema",
      name: "ci",
    });
    const release = aRelease({
      name: "web",
      chart: { source: "repository", url: "https://charts.example.com", name: "web", version: "1.0.0" },
      renderings: [
        aRendering({ kubernetes: "1.31", objects: [flowSchema] }),
        aRendering({ at: "next", kubernetes: "1.32", objects: [], gone: [] }),
      ],
    });
    const model = aModelOf({ version: "1.31", nodeGroups: [], releases: [release] });
    expect(blockersOf({ model, to: "1.32" }).map(({ kind, name, rule }) => [kind, name, rule])).toContainEqual([
      "chart",
      "web",
      "removed-api",
    ]);
    const lock = lockOf("web", "https://charts.example.com", ["1.0.0", "1"], ["2.0.0", "2"]);
    expect(planned({ model, lock, to: "1.32" })).toEqual([
      "1.32/stage-aws1/before/chart/web",
      "1.32/stage-aws1/control-plane",
    ]);
  });

  it("tells which AMI type has ended, only when the nodes have to roll, and what takes its place", () => {
    const al2 = (version: string): Partial<Cluster> => ({
      version: "1.33",
      nodeGroups: [aNodeGroup({ version, amiType: "AL2_x86_64" })],
    });
    expect(blockersOf({ model: aModelOf(al2("1.32")), to: "1.35" })).toEqual([]);
    const [blocker] = blockersOf({ model: aModelOf(al2("1.32")), to: "1.36" });
    expect([blocker?.hop, blocker?.rule, blocker?.unblock]).toEqual([
      "1.36",
      "ami-type-unavailable",
      "Add a node group beside it with amiType: AmiType.AL2023_x86_64_STANDARD, wait until its workloads run there, and take it out. " +
        "Changing its amiType replaces it at once.",
    ]);
  });

  it("tells of later hops what is known already", () => {
    const objects = [
      anObject({ apiVersion: "flowcontrol.apiserver.k8s.io/v1beta2", kind: "FlowSchema", name: "a" }),
      anObject({ apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3", kind: "FlowSchema", name: "b" }),
    ];
    const model = aModelOf({ version: "1.28", manifests: [someManifests({ objects })] });
    expect(blockersOf({ model, to: "1.33" }).map(({ hop }) => hop)).toEqual(["1.29", "1.32"]);
  });
});

describe("a target that leads nowhere", () => {
  const model = pair({ both: { version: "1.35", nodeGroups: [aNodeGroup({ version: "1.35" })] } });
  it.each([
    [
      "1.35",
      "stage-aws1 and prod-aws1 run 1.35 already, the nodes too: there is nothing to plan; choose a newer version",
    ],
    [
      "1.30",
      "cluster stage-aws1 runs 1.35, and 1.30 is below: a plan only goes up. EKS takes a control plane back by one minor version within " +
        "days of its upgrade; declare it with rollback({ to, because }). For another pair, say which with --pair",
    ],
    [
      "1.99",
      "nothing is known of Kubernetes 1.99: the API table covers 1.8 to 1.37; choose a target within it, or update eks-tandem",
    ],
    [
      "1.36.1",
      'expected a Kubernetes minor version such as "1.33", got "1.36.1": EKS manages patch releases; write "1.36"',
    ],
    ["newest", 'expected a Kubernetes minor version such as "1.33", got "newest"'],
  ])("%s", (to, message) => {
    expect(() => planUpgrade({ model, to })).toThrow(message);
  });

  it("says which pairs there are, that there is no cluster, and that a version is not known", () => {
    expect(() => planUpgrade({ model, to: "1.36", pair: "web" })).toThrow(
      'there is no pair and no cluster without a twin named "web"; there is aws1',
    );
    expect(() => planUpgrade({ model: aModel(), to: "1.36" })).toThrow(
      "the model has no cluster, so that there is nothing to plan",
    );
    expect(() => planUpgrade({ model: aModelOf({ version: null, nodeGroups: [] }), to: "1.36" })).toThrow(
      "which Kubernetes version cluster stage-aws1 runs is not known (null), so that there is no way from it; state versions.controlPlane in the code, such as 1.36",
    );
  });
});
