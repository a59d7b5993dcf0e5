import type { Release } from "../../lib/domain/model";
import { storedManifest } from "../../lib/rules/stored-manifest";
import { aHistory } from "../../lib/testing/build-history";
import {
  aCluster,
  aModel,
  aModelOf,
  aModelOfTwins,
  aRelease,
  aRenderedObject,
  aRendering,
} from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";

const PSP = aRenderedObject({
  apiVersion: "policy/v1beta1",
  kind: "PodSecurityPolicy",
  name: "web",
  template: "web/templates/psp.yaml",
});
const DEPLOYMENT = aRenderedObject();

const web = (...renderings: ReturnType<typeof aRendering>[]) =>
  aRelease({
    name: "web",
    namespace: "apps",
    chart: { source: "repository", url: "https://charts.example.com", name: "web", version: "1.2.0" },
    renderings,
  });

describe("stored-manifest", () => {
  it("warns while the cluster still runs the old version, with the order of the repair", () => {
    const release = web(
      aRendering({ kubernetes: "1.24", objects: [DEPLOYMENT, PSP] }),
      aRendering({ at: "next", kubernetes: "1.25", objects: [] }),
    );
    const model = aModelOf({ version: "1.24", releases: [release] });
    expect(findingsOf(storedManifest, model)).toMatchObject([{ severity: "warning", path: "stage-aws1-releases/web" }]);
    expect(textsOf(storedManifest, model)).toEqual([
      [
        "Release web of cluster stage-aws1 stores a manifest that Kubernetes 1.25 cannot read: chart web 1.2.0 of https://charts.example.com renders " +
          'PodSecurityPolicy "web" of policy/v1beta1 at 1.24, which 1.25 removes. Once the control plane runs 1.25, every upgrade ' +
          "of the release fails, whatever the chart renders by then.",
        "In this order: 1. while the control plane runs 1.24, take a version of the chart that does not render it (npx tandem charts " +
          "outdated) or switch it off in the values, and npx cdktf deploy stage-aws1-releases; 2. then raise versions.controlPlane to " +
          "1.25 and npx cdktf deploy stage-aws1. Where neither leaves it out, rewrite what is stored before step 2: helm plugin install " +
          "https://github.com/helm/helm-mapkubeapis, then helm mapkubeapis web --namespace apps.",
      ],
    ]);
  });

  it("refuses a cluster that is ahead of its twin and would have stored such a manifest before", () => {
    const staging = web(
      aRendering({ kubernetes: "1.25", objects: [DEPLOYMENT] }),
      aRendering({ at: "before", kubernetes: "1.24", objects: [PSP] }),
    );
    const production = web(aRendering({ kubernetes: "1.24", objects: [DEPLOYMENT, PSP] }));
    const model = aModelOfTwins({
      staging: { version: "1.25", releases: [staging] },
      production: { version: "1.24", releases: [production] },
    });
    expect(findingsOf(storedManifest, model)).toMatchObject([
      { severity: "warning", path: "prod-aws1-releases/web" },
      { severity: "error", path: "stage-aws1-releases/web" },
    ]);
    expect(textsOf(storedManifest, model)[1]).toEqual([
      "Release web of cluster stage-aws1 (staging) may store a manifest that Kubernetes 1.25 cannot read: chart web 1.2.0 of https://charts.example.com renders " +
        'PodSecurityPolicy "web" of policy/v1beta1 at 1.24, which its twin prod-aws1 runs and from which it is upgraded; 1.25 removed ' +
        "it. That the chart renders without it at 1.25 does not help: the next upgrade of the release reads the stored manifest first " +
        "and fails.",
      "If stage-aws1 still runs 1.24: leave versions.controlPlane there, first take a version of the chart that does not render it (npx " +
        "tandem charts outdated) or switch it off in the values and npx cdktf deploy stage-aws1-releases, then upgrade the control plane " +
        "with npx cdktf deploy stage-aws1. If it runs 1.25 already, rewrite what is stored: helm plugin install " +
        "https://github.com/helm/helm-mapkubeapis, then helm mapkubeapis web --namespace apps; then acknowledge stored-manifest here " +
        "until 1.26.",
    ]);
  });

  it.each(["crds", "hook"] as const)("says nothing of what Helm does not store: %s", (keeper) => {
    const objects = [{ ...PSP, keeper }];
    const staging = web(
      aRendering({ kubernetes: "1.25", objects: [] }),
      aRendering({ at: "before", kubernetes: "1.24", objects }),
    );
    const production = web(aRendering({ kubernetes: "1.24", objects }));
    const model = aModelOfTwins({
      staging: { version: "1.25", releases: [staging] },
      production: { version: "1.24", releases: [production] },
    });
    expect(findingsOf(storedManifest, model)).toEqual([]);
  });

  it("has a chart of the project's own changed", () => {
    const release = aRelease({
      chart: { source: "local", folder: "charts/web", name: "web" },
      renderings: [aRendering({ kubernetes: "1.24", objects: [PSP] })],
    });
    expect(textsOf(storedManifest, aModelOf({ version: "1.24", releases: [release] }))[0]?.[1]).toMatch(
      /^In this order: 1\. while the control plane runs 1\.24, change the chart so that it does not render it or switch it off in the values, and /,
    );
  });

  it("names three objects and counts the rest", () => {
    const objects = ["a", "b", "c", "d", "e"].map((name) => ({ ...PSP, name }));
    const model = aModelOf({ version: "1.24", releases: [web(aRendering({ kubernetes: "1.24", objects }))] });
    expect(textsOf(storedManifest, model)[0]?.[0]).toContain(
      'renders PodSecurityPolicy "a" of policy/v1beta1, PodSecurityPolicy "b" of policy/v1beta1, PodSecurityPolicy "c" of ' +
        "policy/v1beta1 and 2 more at 1.24",
    );
  });

  it.each([
    ["an API that the next version serves", "1.23", [PSP]],
    ["an API that is removed already, which removed-api tells", "1.25", [PSP]],
    ["a version that is not known", null, [PSP]],
    ["nothing of the kind", "1.24", [DEPLOYMENT]],
  ])("passes %s", (_case, version, objects) => {
    const releases = [web(aRendering({ kubernetes: version ?? "1.24", objects }))];
    expect(placesOf(storedManifest, aModelOf({ version, releases }))).toEqual([]);
  });

  it("passes a release that nobody rendered", () => {
    expect(placesOf(storedManifest, aModelOf({ version: "1.24", releases: [web()] }))).toEqual([]);
  });

  describe("beside the history", () => {
    const described = web(
      aRendering({ kubernetes: "1.25", objects: [DEPLOYMENT] }),
      aRendering({ at: "before", kubernetes: "1.24", objects: [PSP] }),
    );
    const recorded = (version: string, release: Release) =>
      aModel({
        clusters: [aCluster({ version: "1.25", releases: [described] })],
        history: aHistory(["2026-11-10", aCluster({ version, releases: [release] })]),
      });

    it("refuses the upgrade of a cluster that has stored such a manifest, also without a twin", () => {
      const model = recorded("1.24", described);
      expect(findingsOf(storedManifest, model)).toMatchObject([{ severity: "error", path: "stage-aws1-releases/web" }]);
      expect(textsOf(storedManifest, model)[0]?.[0]).toBe(
        "Release web of cluster stage-aws1 may store a manifest that Kubernetes 1.25 cannot read: chart web 1.2.0 of " +
          'https://charts.example.com renders PodSecurityPolicy "web" of policy/v1beta1 at 1.24, which is recorded and from which it is ' +
          "upgraded; 1.25 removed it. That the chart renders without it at 1.25 does not help: the next upgrade of the release reads the " +
          "stored manifest first and fails.",
      );
    });

    it("tells that nobody looked at what another chart has stored", () => {
      const older = { ...described, chart: { ...described.chart, version: "1.1.0" } as Release["chart"] };
      const model = recorded("1.24", older);
      expect(findingsOf(storedManifest, model)).toMatchObject([{ severity: "note", path: "stage-aws1-releases/web" }]);
      expect(textsOf(storedManifest, model)).toEqual([
        [
          "Release web of cluster stage-aws1 goes to another chart in the same step in which its cluster goes from 1.24 to 1.25. What is " +
            "stored was rendered by the recorded one (1.1.0@sha256:0), and whether 1.25 can read it was not looked at.",
          "Take two steps: npx cdktf deploy stage-aws1-releases with the new chart and npx tandem record stage-aws1; then the control " +
            "plane with npx cdktf deploy stage-aws1.",
        ],
      ]);
    });

    it("passes a cluster that is recorded to run the new version, whatever its twin runs", () => {
      expect(placesOf(storedManifest, recorded("1.25", described))).toEqual([]);
    });
  });
});
