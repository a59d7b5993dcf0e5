import type { Model } from "../../lib/domain/model";
import { aModelOfTwins, aNodeGroup, anAddon, aRelease } from "../../lib/testing";
import type { Hop, Move, Plan, Route, Step } from "../../lib/upgrade/plan";

/** A step that raises the control plane of stage-aws1 from 1.34 to 1.35; what it states otherwise is left to the caller. */
export function aStep(stated: Partial<Step> = {}): Step {
  const { cluster = "stage-aws1", kind = "control-plane", phase = "control-plane" } = stated;
  const move: Move = { kind: "control-plane", name: cluster, from: "1.34", to: "1.35", why: "It is the hop." };
  return {
    id: `1.35/${cluster}/${phase}/${kind}`,
    cluster,
    environment: cluster.startsWith("stage") ? "staging" : "production",
    kind,
    phase,
    urgency: "must-now",
    moves: kind === "soak" ? [] : [move],
    why: "EKS raises a control plane one minor version at a time.",
    changes: [],
    deploy: [`cdktf deploy '${cluster}'`],
    check: { before: ["npx tandem check --synth"], after: [`npx tandem record ${cluster}`] },
    wayBack: "EKS takes it back.",
    notes: [],
    day: "2026-11-24",
    ...stated,
  };
}

/** The hop of both twins from 1.34 to 1.35, with a step of each kind for staging. */
export function aHop(): Hop {
  const nodes: Move = { kind: "node-group", name: "general", from: "1.34", to: "1.35", why: "The nodes follow." };
  const addon: Move = {
    kind: "add-on",
    name: "kube-proxy",
    from: "v1.34.0-eksbuild.1",
    why: "It follows.",
    lookUp: "aws eks describe-addon-versions",
  };
  return {
    from: "1.34",
    to: "1.35",
    steps: [
      aStep({
        changes: [
          {
            path: "versions.controlPlane",
            value: "1.35",
            side: "staging",
            twin: "1.34",
            code: 'versions: differs({ staging: { controlPlane: "1.35", nodes: "1.34" }, … })',
            location: { file: "main.ts", line: 7, column: 3 },
          },
        ],
      }),
      aStep({ kind: "add-on", phase: "after", moves: [addon] }),
      aStep({ kind: "nodes", phase: "after", moves: [nodes], notes: ["Two groups roll at once."] }),
      aStep({ kind: "soak", phase: "soak", days: 7, deploy: [], check: { before: [], after: [] }, wayBack: "" }),
      aStep({ cluster: "prod-aws1", day: "2026-12-01" }),
    ],
  };
}

export function aRoute(stated: Partial<Route> = {}): Route {
  const start = (cluster: string) => ({
    cluster,
    version: "1.34",
    nodes: { oldest: "1.34", newest: "1.34" },
    basis: "recorded" as const,
    recordedAt: "2026-10-01T08:00:00.000Z",
    undeployed: [],
  });
  return {
    pair: "aws1",
    soakDays: 7,
    starts: [start("stage-aws1"), start("prod-aws1")],
    hops: [aHop()],
    blockers: [],
    notes: [],
    ...stated,
  };
}

export function aPlan(stated: Partial<Plan> = {}): Plan {
  return { to: "1.35", asOf: "2026-11-24", nodes: "each-hop", routes: [aRoute()], ...stated };
}

/** The model that the plan was made from: twins with a node group, two add-ons and a chart that no table knows. */
export function aPlannedModel(): Model {
  const own = aRelease({
    name: "web",
    chart: { source: "repository", url: "https://charts.example.com", name: "web", version: "1.2.3" },
  });
  return aModelOfTwins({
    both: {
      version: "1.34",
      nodeGroups: [aNodeGroup({ version: "1.34" })],
      addons: [
        anAddon({ version: "v1.13.2-eksbuild.4" }),
        anAddon({ name: "kube-proxy", version: "v1.34.0-eksbuild.1" }),
      ],
      releases: [aRelease(), own],
    },
  });
}
