import { aModelOf, aNodeGroup, anAddon, anObject, aRelease, someManifests } from "../../lib/testing/build-model";
import { forecastUpgrade } from "../../lib/upgrade/forecast";

const JETSTACK = "https://charts.jetstack.io";

describe("a forecast", () => {
  it("calls a hop routine, preparation or hard, and says why", () => {
    const flowSchema = anObject({ apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3", kind: "FlowSchema", name: "ci" });
    const {
      contents: _contents,
      renderings: _renderings,
      lock: _lock,
      ...release
    } = aRelease({
      name: "cert-manager",
      chart: { source: "repository", url: JETSTACK, name: "cert-manager", version: "v1.18.0" },
      appVersion: "v1.18.0",
    });
    const model = aModelOf({
      version: "1.30",
      nodeGroups: [aNodeGroup({ version: "1.30", amiType: "AL2_x86_64" })],
      manifests: [someManifests({ objects: [flowSchema] })],
      releases: [release],
    });
    const versions = ["v1.18.0", "v1.19.0"].map((each) => ({
      source: JETSTACK,
      name: "cert-manager",
      version: each,
      appVersion: each,
    }));
    const [route] = forecastUpgrade({ model, lock: { schemaVersion: 1, charts: [], versions }, to: "1.35" }).routes;
    expect(route?.hops.map(({ to, difficulty, because }) => [to, difficulty, because])).toEqual([
      ["1.31", "routine", []],
      ["1.32", "hard", ["1 blocker", "1 object of removed APIs or with removed fields"]],
      ["1.33", "preparation", ["the end of AMI type AL2_x86_64"]],
      ["1.34", "preparation", ["1 chart first"]],
      ["1.35", "routine", []],
    ]);
    expect(route?.hops[1]?.removedOfOurs).toEqual(['FlowSchema "ci" (flowcontrol.apiserver.k8s.io/v1beta3)']);
    expect(route?.hops[3]?.chartsFirst).toEqual(["cert-manager"]);
  });

  it("counts node rolls by either strategy, and add-ons that go first", () => {
    const addons = [anAddon({ version: "v1.13.2-eksbuild.4" })];
    const [route] = forecastUpgrade({ model: aModelOf({ version: "1.33", addons }), to: "1.36" }).routes;
    expect(route?.hops.map(({ to, nodeRolls, addonsFirst }) => [to, nodeRolls, addonsFirst])).toEqual([
      ["1.34", { "each-hop": 1, fewest: 0 }, []],
      ["1.35", { "each-hop": 1, fewest: 0 }, []],
      ["1.36", { "each-hop": 1, fewest: 1 }, ["coredns"]],
    ]);
  });

  it("tells how long a version is supported on the day, and what a month of it costs", () => {
    const { routes, prices } = forecastUpgrade({
      model: { ...aModelOf({ version: "1.33" }), asOf: "2026-11-23" },
      to: "1.34",
    });
    expect(routes[0]?.support).toEqual([
      {
        cluster: "stage-aws1",
        version: "1.33",
        supportType: "STANDARD",
        status: "extended",
        daysOfStandardSupport: -117,
        daysOfExtendedSupport: 248,
        standardPerMonth: 73,
        extendedPerMonth: 438,
      },
    ]);
    expect([prices.verified, prices.asOf]).toEqual([false, "2026-11-23"]);
    expect(routes[0]?.hops[0]).toMatchObject({
      daysOfStandardSupport: 9,
      daysOfExtendedSupport: 374,
      removedUpstream: 6,
    });
  });
});
