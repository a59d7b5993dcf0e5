import { clusterState } from "../../lib/domain/cluster-state";
import { clusterHistories, type HistoryEntry } from "../../lib/domain/history";
import type { Cluster, Json, Model } from "../../lib/domain/model";
import { aModelOfTwins, aNodeGroup } from "../../lib/testing/build-model";
import { planUpgrade } from "../../lib/upgrade/plan-upgrade";

/** A pair of which it is recorded that both clusters run a version since a day. */
function recorded(described: string, runs: string, since: Readonly<Record<string, string>>): Model {
  const twins = (version: string) => aModelOfTwins({ both: { version, nodeGroups: [aNodeGroup({ version })] } });
  const model = { ...twins(described), asOf: "2026-11-23" };
  const entries = twins(runs).clusters.map((cluster) => entryOf(cluster, String(since[cluster.name])));
  const pairs = model.pairs.map((pair) => ({ ...pair, promotion: { soakDays: 7 } }));
  return { ...model, pairs, history: clusterHistories(entries) };
}

function entryOf(cluster: Cluster, day: string, id = `sha256:${cluster.name}`): HistoryEntry {
  const changes = JSON.parse(JSON.stringify(clusterState(cluster, () => "sha256:0"))) as Json;
  return { id, follows: [], cluster: cluster.name, at: `${day}T12:00:00Z`, by: "ada", modelHash: "sha256:0", changes };
}

const SINCE = { "stage-aws1": "2026-06-01", "prod-aws1": "2026-06-11" };

describe("a plan of clusters that are recorded", () => {
  it("begins where the history says they are, and tells what the code describes beyond", () => {
    const [route] = planUpgrade({ model: recorded("1.35", "1.34", SINCE), to: "1.35" }).routes;
    expect(route?.starts[0]).toEqual({
      cluster: "stage-aws1",
      environment: "staging",
      version: "1.34",
      nodes: { oldest: "1.34", newest: "1.34" },
      basis: "recorded",
      recordedAt: "2026-06-01T12:00:00Z",
      undeployed: [
        "The code describes control plane 1.35 for stage-aws1; 1.34 is recorded.",
        "Node groups of stage-aws1 that the code describes otherwise than they are recorded: general.",
      ],
    });
    expect(route?.hops.map(({ from, to }) => [from, to])).toEqual([["1.34", "1.35"]]);
    expect(route?.notes).toEqual([]);
  });

  it("counts what staging has soaked already", () => {
    const model = recorded("1.34", "1.34", SINCE);
    const [staging] = model.history ?? [];
    const ahead = aModelOfTwins({ both: { version: "1.35", nodeGroups: [aNodeGroup({ version: "1.35" })] } }).clusters;
    const entry = entryOf(ahead.find(({ name }) => name === "stage-aws1") as Cluster, "2026-11-20");
    expect(staging?.cluster).toBe("prod-aws1");
    const history = [
      ...(model.history ?? []).filter(({ cluster }) => cluster === "prod-aws1"),
      ...clusterHistories([entry]),
    ];
    const plan = planUpgrade({ model: { ...model, history }, to: "1.35" });
    const soak = plan.routes[0]?.hops[0]?.steps.find(({ kind }) => kind === "soak");
    expect([soak?.day, soak?.days]).toEqual(["2026-11-23", 4]);
  });

  it("says where a cluster is not recorded, and where two branches recorded it", () => {
    const model = recorded("1.34", "1.34", SINCE);
    const history = (model.history ?? []).filter(({ cluster }) => cluster === "prod-aws1");
    const diverged = history.map((each) => ({ ...each, diverged: ["sha256:a", "sha256:b"] }));
    expect(planUpgrade({ model: { ...model, history: diverged }, to: "1.35" }).routes[0]?.notes).toEqual([
      "The history does not know stage-aws1: the plan takes what the code describes for what runs. npx tandem record writes down what runs.",
      "Two branches recorded prod-aws1; the plan takes the newer line. Look at what runs, and record it again.",
      "The rules find an error before the first step; the plan does not mend what they find. npx tandem check lists it.",
    ]);
  });
});
