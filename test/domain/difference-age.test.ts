import { differenceAge } from "../../lib/domain/difference-age";
import type { Cluster } from "../../lib/domain/model";
import { pairedClusters } from "../../lib/domain/twins";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModelOfTwins, aNodeGroup, anAddon, aRelease } from "../../lib/testing/build-model";

const stage = (stated: Partial<Cluster>) => aCluster({ name: "stage-aws1", nodeGroups: [], ...stated });
const prod = (stated: Partial<Cluster>) => aCluster({ name: "prod-aws1", nodeGroups: [], ...stated });
type Recorded = readonly (readonly [day: string, cluster: Cluster])[];

function ageOf(path: string, ...recorded: Recorded) {
  const model = { ...aModelOfTwins(), history: aHistory(...recorded) };
  const [paired] = pairedClusters(model);
  return paired && differenceAge(path, paired, model);
}

const VERSIONS: Recorded = [
  ["2026-01-01", stage({ version: "1.34" })],
  ["2026-01-02", prod({ version: "1.34" })],
  ["2026-02-01", stage({ version: "1.35" })],
  ["2026-03-01", prod({ version: "1.35" })],
  ["2026-04-01", stage({ version: "1.36" })],
];

describe("since when twins are not alike", () => {
  it.each(["versions", "versions.controlPlane"])("is the day of the record that last set them apart: %s", (path) => {
    expect(ageOf(path, ...VERSIONS)).toEqual({ since: "2026-04-01", isAtLeast: false });
  });

  it("reaches back over changes that did not make them alike", () => {
    const later: Recorded = [...VERSIONS, ["2026-05-01", stage({ version: "1.37" })]];
    expect(ageOf("versions", ...later)).toEqual({ since: "2026-04-01", isAtLeast: false });
  });

  it("may be longer where they were not alike when both were first recorded", () => {
    expect(
      ageOf("versions", ["2026-01-01", stage({ version: "1.35" })], ["2026-01-05", prod({ version: "1.34" })]),
    ).toEqual({
      since: "2026-01-05",
      isAtLeast: true,
    });
  });

  it("is not known where they run the same, or one is not recorded", () => {
    expect(ageOf("versions", ...VERSIONS.slice(0, 4))).toBeUndefined();
    expect(ageOf("versions", ["2026-01-01", stage({ version: "1.35" })])).toBeUndefined();
  });

  it("is told of a part that only one of them has", () => {
    const recorded: Recorded = [
      ["2026-01-01", stage({})],
      ["2026-01-01", prod({})],
      ["2026-02-01", stage({ addons: [anAddon()] })],
    ];
    expect(ageOf("addons.coredns", ...recorded)).toEqual({ since: "2026-02-01", isAtLeast: false });
  });

  it.each([
    ["addons.coredns.version", "2026-02-01"],
    ["releases.metrics-server.chart.version", "2026-03-01"],
    ["nodeGroups.general.version", "2026-04-01"],
    ["versions.nodes", "2026-04-01"],
    ["releases.metrics-server.values.replicas", undefined],
    ["nodeGroups.general.size", undefined],
    ["addons.core", undefined],
    ["supportType", undefined],
  ])("is the part's that %s decides", (path, since) => {
    const chart = { source: "oci", reference: "oci://a/b", name: "b" } as const;
    const parts = (addon: string, version: string, nodes: string): Partial<Cluster> => ({
      addons: [anAddon({ version: addon })],
      releases: [aRelease({ chart: { ...chart, version } })],
      nodeGroups: [aNodeGroup({ version: nodes })],
    });
    const recorded: Recorded = [
      ["2026-01-01", stage(parts("v1", "1.0.0", "1.34"))],
      ["2026-01-01", prod(parts("v1", "1.0.0", "1.34"))],
      ["2026-02-01", stage(parts("v2", "1.0.0", "1.34"))],
      ["2026-03-01", stage(parts("v2", "2.0.0", "1.34"))],
      ["2026-04-01", stage(parts("v2", "2.0.0", "1.35"))],
    ];
    expect(ageOf(path, ...recorded)).toEqual(since && { since, isAtLeast: false });
  });
});
