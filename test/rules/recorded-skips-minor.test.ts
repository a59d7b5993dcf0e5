import { skipsMinor } from "../../lib/rules/skips-minor";
import { aHistory } from "../../lib/testing/build-history";
import { aCluster, aModel, anAddon, aRelease } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

type Stated = Parameters<typeof aCluster>[0];

/** What is described, after something else was recorded. */
function from(recorded: Stated, described: Stated) {
  return aModel({ clusters: [aCluster(described)], history: aHistory(["2026-11-10", aCluster(recorded)]) });
}

const oci = (version: string) =>
  aRelease({
    name: "cert-manager",
    chart: { source: "oci", reference: "oci://quay.io/jetstack/charts/cert-manager", name: "cert-manager", version },
  });
const other = (version: string) =>
  aRelease({ chart: { source: "repository", url: "https://charts.example.com", name: "web", version } });

describe("skips-minor, beside the history", () => {
  it.each<[string, Stated, Stated]>([
    ["the same", { version: "1.34" }, { version: "1.34" }],
    ["one minor version up", { version: "1.34" }, { version: "1.35" }],
    ["a version that goes down, which is downgrade's", { version: "1.35" }, { version: "1.33" }],
    ["a version that nobody knows", { version: "1.33" }, { version: null, nodeGroups: [] }],
    ["nodes that go over several versions at once", { version: "1.33" }, { version: "1.33" }],
    [
      "an add-on that goes one minor version up",
      { addons: [anAddon({ name: "vpc-cni", version: "v1.20.4-eksbuild.2" })] },
      { addons: [anAddon({ name: "vpc-cni", version: "v1.21.1-eksbuild.1" })] },
    ],
    [
      "an add-on that may skip",
      { addons: [anAddon({ version: "v1.11.4-eksbuild.2" })] },
      { addons: [anAddon({ version: "v1.13.2-eksbuild.4" })] },
    ],
    ["an add-on that is new", {}, { addons: [anAddon({ name: "vpc-cni", version: "v1.21.1-eksbuild.1" })] }],
    ["a chart that goes one minor version up", { releases: [oci("v1.20.3")] }, { releases: [oci("v1.21.0")] }],
    ["a chart that goes to another major version", { releases: [oci("v1.20.3")] }, { releases: [oci("v2.3.0")] }],
    ["a chart of which nobody says so", { releases: [other("1.0.0")] }, { releases: [other("1.9.0")] }],
  ])("passes %s", (_case, recorded, described) => {
    expect(placesOf(skipsMinor, from(recorded, described))).toEqual([]);
  });

  it("passes a cluster that nothing is recorded of", () => {
    const history = aHistory(["2026-11-10", aCluster({ name: "other", version: "1.30" })]);
    expect(placesOf(skipsMinor, aModel({ clusters: [aCluster()], history }))).toEqual([]);
    expect(placesOf(skipsMinor, aModel({ clusters: [aCluster()] }))).toEqual([]);
  });

  it("reports a control plane that skips, with each version in between", () => {
    const model = from({ version: "1.33" }, { version: "1.36" });
    expect(placesOf(skipsMinor, model)).toEqual([["skips-minor", "stage-aws1/cluster"]]);
    expect(textsOf(skipsMinor, model)).toEqual([
      [
        "Cluster stage-aws1 runs 1.33, recorded on 2026-11-10, and would go to 1.36: EKS takes a control plane one minor version at a " +
          "time and refuses it.",
        "Go to 1.34, 1.35 and 1.36 one after the other, each deployed and recorded, with its nodes and add-ons within the skew. If " +
          "stage-aws1 runs something else by now, record that first: npx tandem record stage-aws1 --state FILE.",
      ],
    ]);
  });

  it("warns of an add-on that skips, where its maintainers ask for one at a time", () => {
    const model = from(
      { addons: [anAddon({ name: "vpc-cni", version: "v1.20.4-eksbuild.2" })] },
      { addons: [anAddon({ name: "vpc-cni", version: "v1.22.4-eksbuild.3" })] },
    );
    expect(findingsOf(skipsMinor, model).map(({ path, severity }) => [path, severity])).toEqual([
      ["stage-aws1/cluster/vpc-cni", "warning"],
    ]);
    expect(textsOf(skipsMinor, model)).toEqual([
      [
        "Add-on vpc-cni of cluster stage-aws1 runs v1.20.4-eksbuild.2, recorded on 2026-11-10, and would go to v1.22.4-eksbuild.3; it " +
          "goes one minor version at a time.",
        "Deploy and record a build of v1.21 first.",
      ],
    ]);
  });

  it("warns of a chart that skips, where its maintainers ask for one at a time", () => {
    const model = from({ releases: [oci("v1.18.2")] }, { releases: [oci("v1.21.0")] });
    expect(findingsOf(skipsMinor, model).map(({ path, severity }) => [path, severity])).toEqual([
      ["stage-aws1-releases/cert-manager", "warning"],
    ]);
    expect(textsOf(skipsMinor, model)).toEqual([
      [
        "Release cert-manager of cluster stage-aws1 runs cert-manager v1.18.2, recorded on 2026-11-10, and would go to v1.21.0; its " +
          "maintainers ask to go one minor version at a time (https://cert-manager.io/docs/installation/upgrade/).",
        "Deploy and record a version 1.19.x first, the newest of them.",
      ],
    ]);
  });
});
