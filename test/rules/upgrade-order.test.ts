import type { Cluster, Model } from "../../lib/domain/model";
import { evaluate } from "../../lib/rules/evaluate";
import { aHistory } from "../../lib/testing/build-history";
import { aModelOfTwins, aNodeGroup } from "../../lib/testing/build-model";

/** Versions of both twins, `1.36/1.35`: control plane and nodes. */
interface State {
  readonly staging: string;
  readonly production: string;
  /** The version that staging declares to roll back to. */
  readonly rollback?: string;
}

const differences = ["versions.controlPlane", "nodeGroups.general.version"].map((path) => ({
  path,
  staging: null,
  production: null,
  because: "production follows",
}));

function modelOf({ staging, production, rollback }: State): Model {
  const cluster = (versions: string): Partial<Cluster> => {
    const [version = "", nodes = ""] = versions.split("/");
    return { version, nodeGroups: [aNodeGroup({ version: nodes })] };
  };
  return aModelOfTwins({
    staging: {
      ...cluster(staging),
      ...(rollback !== undefined && { rollback: { to: rollback, because: "it broke" } }),
    },
    production: cluster(production),
    differences,
  });
}

/** The errors of what is described on a day, after everything before was deployed and recorded. */
function errors(recorded: readonly (readonly [string, State])[], asOf: string, described: State): string[] {
  const history = aHistory(
    ...recorded.flatMap(([day, state]) => modelOf(state).clusters.map((cluster) => [day, cluster] as const)),
  );
  const { findings } = evaluate({ ...modelOf(described), asOf, history });
  return [...new Set(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule))];
}

const BEGIN = ["2026-06-01", { staging: "1.34/1.34", production: "1.34/1.34" }] as const;
const UPGRADE: readonly (readonly [string, State])[] = [
  BEGIN,
  ["2026-11-01", { staging: "1.35/1.34", production: "1.34/1.34" }],
  ["2026-11-02", { staging: "1.35/1.35", production: "1.34/1.34" }],
  ["2026-11-09", { staging: "1.35/1.35", production: "1.35/1.34" }],
  ["2026-11-10", { staging: "1.35/1.35", production: "1.35/1.35" }],
];
const ROLLBACK: readonly (readonly [string, State])[] = [
  ...UPGRADE.slice(0, 3),
  ["2026-11-04", { staging: "1.35/1.34", production: "1.34/1.34", rollback: "1.34" }],
  ["2026-11-05", { staging: "1.34/1.34", production: "1.34/1.34", rollback: "1.34" }],
  ["2026-11-06", { staging: "1.34/1.34", production: "1.34/1.34" }],
];

describe.each([
  ["an upgrade of both clusters", UPGRADE],
  ["a rollback of staging", ROLLBACK],
])("%s", (_case, steps) => {
  it.each(steps.slice(1).map(([day, state], index) => [day, state, steps.slice(0, index + 1)] as const))(
    "is accepted on %s at %j",
    (day, state, recorded) => {
      expect(errors(recorded, day, state)).toEqual([]);
    },
  );
});

it.each<[string, number, string, State, string[]]>([
  ["both at once", 1, "2026-11-01", { staging: "1.35/1.34", production: "1.35/1.34" }, ["not-promoted"]],
  [
    "nodes with the control plane",
    1,
    "2026-11-01",
    { staging: "1.35/1.35", production: "1.34/1.34" },
    ["nodes-with-control-plane"],
  ],
  ["two versions at once", 1, "2026-11-01", { staging: "1.36/1.34", production: "1.34/1.34" }, ["skips-minor"]],
  [
    "nodes before the control plane",
    1,
    "2026-11-01",
    { staging: "1.34/1.35", production: "1.34/1.34" },
    ["kubelet-skew"],
  ],
  ["production too early", 3, "2026-11-05", { staging: "1.35/1.35", production: "1.35/1.34" }, ["soak-too-short"]],
  ["a revert", 3, "2026-11-05", { staging: "1.34/1.34", production: "1.34/1.34" }, ["downgrade"]],
  [
    "a rollback with its nodes",
    3,
    "2026-11-05",
    { staging: "1.34/1.34", production: "1.34/1.34", rollback: "1.34" },
    ["downgrade"],
  ],
  [
    "a rollback that comes too late",
    2,
    "2026-11-09",
    { staging: "1.34/1.34", production: "1.34/1.34", rollback: "1.34" },
    ["downgrade"],
  ],
])("an upgrade in the wrong order is refused: %s", (_case, done, day, described, rules) => {
  expect(errors(UPGRADE.slice(0, done), day, described)).toEqual(rules);
});
