import type { RenderedObject, Rendering } from "../../lib/domain/model";
import { allRules } from "../../lib/rules";
import { evaluate } from "../../lib/rules/evaluate";
import { aModelOf, aModelOfTwins, aRelease, aRenderedObject, aRendering } from "../../lib/testing/build-model";

/** What the rules of the APIs group say of objects that a chart renders. */
const web = (stated: Partial<Rendering>, chart: "repository" | "local" = "repository") =>
  aRelease({
    name: "web",
    chart:
      chart === "local"
        ? { source: "local", folder: "charts/web", name: "web" }
        : { source: "repository", url: "https://charts.example.com", name: "web", version: "1.2.0" },
    renderings: [aRendering({ kubernetes: "1.33", ...stated })],
  });
const object = (apiVersion: string, kind: string, stated: Partial<RenderedObject> = {}) =>
  aRenderedObject({ apiVersion, kind, name: "ci", template: "web/templates/ci.yaml", ...stated });
const APIS = [
  "removed-api",
  "deprecated-api",
  "api-not-served-yet",
  "api-off-by-default",
  "unknown-api",
  "custom-resource-not-served",
  "unreadable-manifest",
  "removed-field",
];
const textsIn = (model: Parameters<typeof evaluate>[0]) =>
  evaluate(
    model,
    allRules.filter(({ id }) => APIS.includes(id)),
  ).findings.map(({ rule, path, message, remedy }) => [rule, path, message, remedy]);

const CHART_WRITES =
  "The chart writes it: change the chart's version (npx tandem charts outdated lists the newer ones) or the values of the release.";

describe("objects that a chart renders", () => {
  it("are judged by the version that they were rendered for, with the chart, the release and the template in the message", () => {
    const releases = [web({ objects: [object("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema")] })];
    expect(textsIn(aModelOf({ version: "1.33", releases }))).toEqual([
      [
        "removed-api",
        "stage-aws1-releases/web",
        'FlowSchema "ci", which chart web 1.2.0 of https://charts.example.com renders for release web (web/templates/ci.yaml), uses flowcontrol.apiserver.k8s.io/v1beta3, ' +
          "which Kubernetes 1.32 removed; cluster stage-aws1 runs 1.33.",
        `Use flowcontrol.apiserver.k8s.io/v1, which 1.33 serves. ${CHART_WRITES}`,
      ],
    ]);
  });

  it("are changed in the chart where it is the project's own", () => {
    const releases = [web({ objects: [object("batch/v1beta1", "CronJob")] }, "local")];
    expect(textsIn(aModelOf({ version: "1.33", releases }))[0]?.[3]).toBe(
      "Use batch/v1, which 1.33 serves. The chart writes it: change the chart or the values of the release.",
    );
  });

  it("are not judged at the twin's version: the twin has a rendering of its own", () => {
    const renders = (kubernetes: string, apiVersion: string) => ({
      version: kubernetes,
      releases: [web({ kubernetes, objects: [object(apiVersion, "FlowSchema")] })],
    });
    const model = aModelOfTwins({
      staging: renders("1.33", "flowcontrol.apiserver.k8s.io/v1"),
      production: renders("1.31", "flowcontrol.apiserver.k8s.io/v1beta3"),
    });
    expect(textsIn(model)).toEqual([]);
  });

  it.each<[string, RenderedObject, string]>([
    [
      "api-not-served-yet",
      object("storage.k8s.io/v1", "VolumeAttributesClass"),
      'VolumeAttributesClass "ci", which chart web 1.2.0 of https://charts.example.com renders for release web (web/templates/ci.yaml), uses storage.k8s.io/v1, which ' +
        "Kubernetes 1.34 introduces; cluster stage-aws1 runs 1.33.",
    ],
    [
      "unknown-api",
      object("apps/v7", "Deployment"),
      'Deployment "ci", which chart web 1.2.0 of https://charts.example.com renders for release web (web/templates/ci.yaml), uses apps/v7, but no Kubernetes release ' +
        "from 1.8 to 1.37 has Deployment there.",
    ],
    [
      "unknown-api",
      object("example.com/v1", "Web"),
      'Web "ci", which chart web 1.2.0 of https://charts.example.com renders for release web (web/templates/ci.yaml), uses example.com/v1, which was not judged: no ' +
        "CustomResourceDefinition in cluster stage-aws1 defines it, and no table knows it.",
    ],
  ])("are found by %s", (rule, rendered, message) => {
    const findings = textsIn(aModelOf({ version: "1.33", releases: [web({ objects: [rendered] })] }));
    expect(findings.map(([id, , text]) => [id, text])).toEqual([[rule, message]]);
  });

  it("are judged by the CustomResourceDefinitions that the charts of the cluster bring", () => {
    const defines = {
      group: "example.com",
      kind: "Web",
      versions: [
        { name: "v1", served: true },
        { name: "v1beta1", served: false },
      ],
    };
    const crd = object("apiextensions.k8s.io/v1", "CustomResourceDefinition", { defines });
    const operator = { ...web({ objects: [crd] }), name: "operator" };
    const user = web({ objects: [object("example.com/v1", "Web"), object("example.com/v1beta1", "Web")] });
    expect(textsIn(aModelOf({ version: "1.33", releases: [operator, user] }))).toEqual([
      [
        "custom-resource-not-served",
        "stage-aws1-releases/web",
        'Web "ci", which chart web 1.2.0 of https://charts.example.com renders for release web (web/templates/ci.yaml), uses example.com/v1beta1, which its ' +
          "CustomResourceDefinition in cluster stage-aws1 lists but does not serve.",
        `Use example.com/v1, which the CustomResourceDefinition serves. ${CHART_WRITES}`,
      ],
    ]);
  });

  it("that cannot be read are found", () => {
    const releases = [web({ objects: [], documents: 1, unreadable: [{ message: "web/templates/ci.yaml: no kind." }] })];
    expect(textsIn(aModelOf({ version: "1.33", releases }))).toEqual([
      [
        "unreadable-manifest",
        "stage-aws1-releases/web",
        "A document that chart web 1.2.0 of https://charts.example.com renders for release web in cluster stage-aws1 could not be read: web/templates/ci.yaml: no kind.",
        "Correct the values or the chart; helm template with both shows the document.",
      ],
    ]);
  });

  it("of the next version are not judged yet: the cluster does not run it", () => {
    const release = {
      ...web({ objects: [] }),
      renderings: [
        aRendering({ kubernetes: "1.33", objects: [] }),
        aRendering({ at: "next", kubernetes: "1.34", objects: [object("batch/v1beta1", "CronJob")] }),
      ],
    };
    expect(textsIn(aModelOf({ version: "1.33", releases: [release] }))).toEqual([]);
  });

  it("count as judged", () => {
    const releases = [web({ objects: [object("apps/v1", "Deployment"), object("v1", "Namespace")] })];
    expect(evaluate(aModelOf({ version: "1.33", releases })).scanned.objects).toBe(2);
  });
});
