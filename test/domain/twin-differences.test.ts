import type { Chart } from "../../lib/domain/model";
import { identityOf, loneObjects, loneParts, speaksOf, valueDifferences } from "../../lib/domain/twin-differences";
import { type PairedClusters, pairedClusters } from "../../lib/domain/twins";
import {
  aModelOfTwins,
  aNodeGroup,
  anAddon,
  anObject,
  aRelease,
  type StatedTwins,
  someManifests,
} from "../../lib/testing/build-model";

function twins(stated: StatedTwins): PairedClusters {
  const [paired] = pairedClusters(aModelOfTwins(stated));
  if (!paired) throw new Error("no pair");
  return paired;
}

describe("valueDifferences", () => {
  it("names each value that differs as closely as it can, with the construct it stands in", () => {
    const paired = twins({
      staging: { nodeGroups: [aNodeGroup({ version: "1.35", size: { min: 1, max: 9 }, capacityType: "SPOT" })] },
      production: { nodeGroups: [aNodeGroup({ version: "1.35", amiId: "ami-1" })] },
    });
    expect(
      valueDifferences(paired).map(({ path, staging, production, construct }) => [
        path,
        staging,
        production,
        construct.path,
      ]),
    ).toEqual([
      ["nodeGroups.general.amiId", undefined, "ami-1", "stage-aws1/cluster/general"],
      ["nodeGroups.general.capacityType", "SPOT", "ON_DEMAND", "stage-aws1/cluster/general"],
      ["nodeGroups.general.size.min", 1, 2, "stage-aws1/cluster/general"],
      ["nodeGroups.general.size.max", 9, 4, "stage-aws1/cluster/general"],
    ]);
  });

  it("names what differs in pods' credentials in the words of the description", () => {
    const identity = (serviceAccount: string) => ({ serviceAccounts: [serviceAccount], policies: ["ReadOnlyAccess"] });
    const paired = twins({
      staging: {
        addons: [anAddon({ podIdentity: identity("a") })],
        releases: [aRelease({ podIdentity: { ...identity("a"), policyHash: "sha256:1" } })],
        manifests: [someManifests({ podIdentity: identity("a") })],
      },
      production: {
        addons: [anAddon()],
        releases: [aRelease({ podIdentity: { ...identity("a"), namespace: "apps", policyHash: "sha256:2" } })],
        manifests: [someManifests({ podIdentity: identity("b") })],
      },
    });
    expect(valueDifferences(paired).map(({ path }) => path)).toEqual([
      "addons.coredns.podIdentity",
      "releases.metrics-server.podIdentity.namespace",
      "releases.metrics-server.podIdentity.policy",
      "manifests.storefront.options.podIdentity.serviceAccount",
    ]);
  });

  it("tells what is not set from what only Terraform knows", () => {
    const paired = twins({
      both: { version: "1.35" },
      staging: { clients: { kubectl: "1.35" }, nodeGroups: [aNodeGroup({ version: "1.35", releaseVersion: null })] },
    });
    expect(valueDifferences(paired).map(({ path, production }) => [path, production])).toEqual([
      ["clients.kubectl", undefined],
    ]);
  });
});

describe("valueDifferences of charts", () => {
  it.each<[string, Chart, Chart, string[]]>([
    [
      "a repository's",
      { source: "repository", url: "https://charts.example.com", name: "web", version: "1.0.0" },
      { source: "repository", url: "https://charts.example.com", name: "shop", version: "1.1.0" },
      ["releases.web.chart.name", "releases.web.chart.version"],
    ],
    [
      "a registry's, whose name follows from the reference",
      { source: "oci", reference: "oci://registry.example.com/web", name: "web", version: "1.0.0" },
      { source: "oci", reference: "oci://registry.example.com/shop", name: "shop", version: "1.0.0" },
      ["releases.web.chart.reference"],
    ],
    [
      "a folder's, whose name follows from it",
      { source: "local", folder: "charts/web", name: "web" },
      { source: "local", folder: "charts/shop", name: "shop" },
      ["releases.web.chart.folder"],
    ],
  ])("name what the user stated of %s", (_what, staging, production, paths) => {
    const release = (chart: Chart) => ({ releases: [aRelease({ name: "web", chart })] });
    const paired = twins({ staging: release(staging), production: release(production) });
    expect(valueDifferences(paired).map(({ path }) => path)).toEqual(paths);
  });
});

describe("loneParts and loneObjects", () => {
  it("are what only one twin has, of either", () => {
    const paired = twins({
      staging: {
        addons: [anAddon()],
        manifests: [someManifests({ objects: [anObject({ name: "cart" }), anObject()] })],
      },
      production: { nodeGroups: [], manifests: [someManifests()] },
    });
    expect(loneParts(paired).map(({ path, kind, cluster }) => [path, kind, cluster.name])).toEqual([
      ["nodeGroups.general", "node group", "stage-aws1"],
      ["addons.coredns", "add-on", "stage-aws1"],
    ]);
    expect(loneObjects(paired).map(({ path, object, cluster }) => [path, object.name, cluster.name])).toEqual([
      ["manifests.storefront.source", "cart", "stage-aws1"],
    ]);
  });

  it("do not say of each object what is said of its manifests", () => {
    expect(loneObjects(twins({ staging: { manifests: [someManifests()] } }))).toEqual([]);
  });
});

describe("speaksOf", () => {
  it.each([
    ["nodeGroups.general.size", "nodeGroups.general.size", true],
    ["nodeGroups.general", "nodeGroups.general.size", true],
    ["releases.web.values.replicas", "releases.web.values", true],
    ["nodeGroups.gen", "nodeGroups.general", false],
    ["nodeGroups.general.size", "nodeGroups.general.sizes", false],
  ])("a difference at %s, of %s: %s", (path, other, expected) => {
    expect(speaksOf({ path, staging: 1, production: 2, because: "cost" }, other)).toBe(expected);
  });
});

describe("identityOf", () => {
  it("tells objects apart by API version, kind, namespace and name, and by nothing they hold", () => {
    const object = anObject();
    const others = [{ apiVersion: "apps/v2" }, { kind: "DaemonSet" }, { namespace: "shop" }, { name: "cart" }];
    expect(new Set([object, ...others.map((other) => ({ ...object, ...other }))].map(identityOf)).size).toBe(5);
    expect(identityOf(anObject({ hash: "sha256:1", path: "elsewhere" }))).toBe(identityOf(object));
  });
});
