import type { Difference, Json } from "../../lib/domain/model";
import { undeclaredDifference } from "../../lib/rules/undeclared-difference";
import {
  aModelOf,
  aModelOfTwins,
  aNodeGroup,
  anAddon,
  anObject,
  aRelease,
  type StatedTwins,
  someManifests,
} from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const declared = (path: string, staging: Json = "a", production: Json = "b"): Difference => ({
  path,
  staging,
  production,
  because: "cost",
});
const undeclared = (twins: StatedTwins) =>
  textsOf(undeclaredDifference, aModelOfTwins(twins)).map(([message]) => message);
const chart = (version: string) =>
  ({ source: "repository", url: "https://example.com", name: "web", version }) as const;

describe("undeclared-difference", () => {
  it("passes twins that are alike, in different accounts and regions", () => {
    const both = { addons: [anAddon()], releases: [aRelease()], manifests: [someManifests()] };
    expect(undeclared({ both, staging: { region: "eu-west-1" } })).toEqual([]);
  });

  it("does not apply to a cluster without a twin", () => {
    expect(placesOf(undeclaredDifference, aModelOf())).toEqual([]);
  });

  it("names both values, and where to declare them", () => {
    const model = aModelOfTwins({ staging: { supportType: "STANDARD" }, production: { supportType: "EXTENDED" } });
    expect(placesOf(undeclaredDifference, model)).toEqual([["undeclared-difference", "stage-aws1/cluster"]]);
    expect(textsOf(undeclaredDifference, model)).toEqual([
      [
        "supportType is STANDARD in stage-aws1 and EXTENDED in prod-aws1, and no differs() declares it.",
        "Give both the same, or state differs({ staging, production, because }) at supportType of pair aws1.",
      ],
    ]);
  });

  const DIFFERENCES: { path: string; twins: StatedTwins; message: string }[] = [
    {
      path: "versions.controlPlane",
      twins: { both: { nodeGroups: [] }, staging: { version: "1.36" }, production: { version: "1.35" } },
      message: "versions.controlPlane is 1.36 in stage-aws1 and 1.35 in prod-aws1, and no differs() declares it.",
    },
    {
      path: "clients.kubectl",
      twins: { staging: { clients: { kubectl: "1.35" } } },
      message: "clients.kubectl is 1.35 in stage-aws1 and not set in prod-aws1, and no differs() declares it.",
    },
    {
      path: "nodeGroups.general.size.max",
      twins: { staging: { nodeGroups: [aNodeGroup({ size: { min: 2, max: 9 } })] } },
      message: "nodeGroups.general.size.max is 9 in stage-aws1 and 4 in prod-aws1, and no differs() declares it.",
    },
    {
      path: "nodeGroups.general.instanceTypes",
      twins: { staging: { nodeGroups: [aNodeGroup({ instanceTypes: ["m7g.large", "m7g.xlarge"] })] } },
      message:
        'nodeGroups.general.instanceTypes is ["m7g.large","m7g.xlarge"] in stage-aws1 and ["m7g.large"] in prod-aws1, and no differs() declares it.',
    },
    {
      path: "nodeGroups.general.releaseVersion",
      twins: { staging: { nodeGroups: [aNodeGroup({ releaseVersion: "1.35.2-20260214" })] } },
      message:
        "nodeGroups.general.releaseVersion is 1.35.2-20260214 in stage-aws1 and not set in prod-aws1, and no differs() declares it.",
    },
    {
      path: "addons.coredns.version",
      twins: { both: { addons: [anAddon()] }, staging: { addons: [anAddon({ version: "v1.14.3-eksbuild.23" })] } },
      message:
        "addons.coredns.version is v1.14.3-eksbuild.23 in stage-aws1 and v1.13.2-eksbuild.4 in prod-aws1, and no differs() declares it.",
    },
    {
      path: "releases.metrics-server.chart.version",
      twins: {
        both: { releases: [aRelease({ chart: chart("1.0.0") })] },
        staging: { releases: [aRelease({ chart: chart("1.1.0") })] },
      },
      message:
        "releases.metrics-server.chart.version is 1.1.0 in stage-aws1 and 1.0.0 in prod-aws1, and no differs() declares it.",
    },
    {
      path: "releases.metrics-server.chart",
      twins: {
        both: { releases: [aRelease({ chart: chart("1.0.0") })] },
        staging: { releases: [aRelease({ chart: { source: "local", folder: "charts/web", name: "web" } })] },
      },
      message:
        'releases.metrics-server.chart is {"source":"local","folder":"charts/web"} in stage-aws1 and ' +
        '{"source":"repository","url":"https://example.com","name":"web","version":"1.0.0"} in prod-aws1, and no differs() declares it.',
    },
    {
      path: "releases.metrics-server.appVersion",
      twins: { both: { releases: [aRelease()] }, staging: { releases: [aRelease({ appVersion: "0.9.0" })] } },
      message:
        "releases.metrics-server.appVersion is 0.9.0 in stage-aws1 and 0.8.1 in prod-aws1, and no differs() declares it.",
    },
    {
      path: "releases.metrics-server.values",
      twins: { both: { releases: [aRelease()] }, staging: { releases: [aRelease({ valuesHash: "sha256:1" })] } },
      message: "releases.metrics-server.values differ between stage-aws1 and prod-aws1, and no differs() declares it.",
    },
    {
      path: "manifests.storefront.options.namespace",
      twins: { both: { manifests: [someManifests()] }, staging: { manifests: [someManifests({ namespace: "web" })] } },
      message:
        "manifests.storefront.options.namespace is web in stage-aws1 and default in prod-aws1, and no differs() declares it.",
    },
  ];

  it.each(DIFFERENCES)("reports an undeclared $path", ({ twins, message }) => {
    expect(undeclared(twins)).toEqual([message]);
  });

  it.each(DIFFERENCES)("passes a declared $path, and what is declared above or below it", ({ path, twins }) => {
    const above = path.split(".").slice(0, -1).join(".");
    const paths = [path, `${path}.0`, ...(above ? [above] : [])];
    expect(paths.map((each) => undeclared({ ...twins, differences: [declared(each)] }))).toEqual(paths.map(() => []));
  });

  it.each(DIFFERENCES)("does not take a declaration beside $path for it", ({ path, twins }) => {
    expect(
      undeclared({ ...twins, differences: [declared(`${path}s`), declared("nodeGroups.other"), declared("aws")] }),
    ).toHaveLength(1);
  });

  describe("the version of node groups", () => {
    const twins = { both: { version: "1.36" }, production: { nodeGroups: [aNodeGroup({ version: "1.35" })] } };
    const own = { both: { version: "1.36" }, production: { nodeGroups: [aNodeGroup({ version: "1.34" })] } };

    it.each([
      declared("versions.nodes", "1.36", "1.35"),
      declared("versions", { controlPlane: "1.36", nodes: "1.36" }, { controlPlane: "1.36", nodes: "1.35" }),
    ])("is declared by $path for all groups that name none", (difference) => {
      expect(undeclared({ ...twins, differences: [difference] })).toEqual([]);
    });

    it.each([
      declared("versions.nodes", "1.36", "1.35"),
      declared("versions", { controlPlane: "1.36", nodes: "1.36" }, { controlPlane: "1.36", nodes: "1.35" }),
    ])("is not declared by $path for a group that names its own", (difference) => {
      expect(undeclared({ ...own, differences: [difference] })).toEqual([
        "nodeGroups.general.version is 1.36 in stage-aws1 and 1.34 in prod-aws1, and no differs() declares it.",
      ]);
    });
  });

  it.each([
    ["Node group gpu is", { nodeGroups: [aNodeGroup(), aNodeGroup({ name: "gpu" })] }, "stage-aws1/cluster/gpu"],
    ["Add-on coredns is", { addons: [anAddon()] }, "stage-aws1/cluster/coredns"],
    ["Release metrics-server is", { releases: [aRelease()] }, "stage-aws1-releases/metrics-server"],
    ["Manifests storefront are", { manifests: [someManifests()] }, "stage-aws1-releases/storefront"],
  ])("reports that %s in one twin only", (subject, staging, path) => {
    const model = aModelOfTwins({ staging });
    expect(placesOf(undeclaredDifference, model)).toEqual([["undeclared-difference", path]]);
    expect(textsOf(undeclaredDifference, model)).toEqual([
      [
        `${subject} in stage-aws1 and not in its twin prod-aws1.`,
        "Add it to pair aws1, so that both clusters get it; if it is meant for one only, acknowledge undeclared-difference on it with the reason.",
      ],
    ]);
  });

  it("reports an object that only one twin has, where it stands", () => {
    const location = { file: "web.yaml", line: 4, column: 1 };
    const model = aModelOfTwins({
      both: { manifests: [someManifests()] },
      production: { manifests: [someManifests({ objects: [anObject(), anObject({ name: "cart", location })] })] },
    });
    expect(textsOf(undeclaredDifference, model)).toEqual([
      [
        'Deployment "web/cart" (apps/v1) of manifests storefront is in prod-aws1 and not in its twin stage-aws1.',
        "Make it in both clusters; if it is meant for one only, acknowledge undeclared-difference on manifests storefront with the reason.",
      ],
    ]);
    expect(findingsOf(undeclaredDifference, model)).toMatchObject([
      { path: "prod-aws1-releases/storefront", location, subject: { kind: "Deployment", name: "cart" } },
    ]);
  });

  it("passes objects that only one twin has where the manifests' source is declared to differ", () => {
    const twins = {
      both: { manifests: [someManifests()] },
      production: { manifests: [someManifests({ objects: [] })] },
    };
    expect(undeclared({ ...twins, differences: [declared("manifests.storefront.source")] })).toEqual([]);
  });

  it("does not compare what objects hold: their function is given the environment", () => {
    const holding = (hash: string) => ({ manifests: [someManifests({ objects: [anObject({ hash })] })] });
    expect(undeclared({ staging: holding("sha256:1"), production: holding("sha256:2") })).toEqual([]);
  });

  it("leaves a value that only Terraform knows to version-unknown", () => {
    const nodeGroups = [aNodeGroup({ version: "1.35", amiType: null })];
    expect(undeclared({ both: { version: "1.35" }, staging: { version: null, nodeGroups } })).toEqual([]);
  });
});
