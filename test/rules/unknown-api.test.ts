import { unknownApi } from "../../lib/rules/unknown-api";
import { aModelOf, anAddon, aRelease } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { ci, holding } from "./kubernetes-objects";

const CERTIFICATE = ci("cert-manager.io/v1", "Certificate");
const certManager = (appVersion?: string) => {
  const { contents: _, ...release } = aRelease({
    name: "cert-manager",
    chart: { source: "repository", url: "https://charts.jetstack.io", name: "cert-manager", version: "v1.15.3" },
    appVersion: appVersion ?? "",
  });
  const { appVersion: _stated, ...rest } = release;
  return appVersion === undefined ? rest : release;
};

describe("unknown-api", () => {
  it("passes built-in APIs, removed ones too: those are known", () => {
    const objects = [ci("apps/v1", "Deployment"), ci("batch/v1beta1", "CronJob")];
    expect(placesOf(unknownApi, aModelOf({ version: "1.33", ...holding(...objects) }))).toEqual([]);
  });

  it.each([
    [
      "a version that no release has",
      ci("apps/v3", "Deployment"),
      "Use Deployment of apps/v1, if that is what it is meant to be.",
    ],
    [
      "a kind in the wrong group",
      ci("apps/v1", "Ingress"),
      "Use Ingress of networking.k8s.io/v1, if that is what it is meant to be.",
    ],
    [
      "a misspelt kind",
      ci("networking.k8s.io/v1", "Ingres"),
      "Use Ingress of networking.k8s.io/v1, if that is what it is meant to be.",
    ],
    [
      "a kind near to none",
      ci("apps/v1", "Xyzzy"),
      "Correct the apiVersion or the kind; `kubectl api-resources` lists what the cluster serves.",
    ],
  ])("reports %s in a group of Kubernetes' own, with the nearest known", (_case, object, remedy) => {
    const model = aModelOf({ version: "1.33", ...holding(object) });
    expect(findingsOf(unknownApi, model)).toMatchObject([
      { path: "stage-aws1-releases/storefront", severity: "error", remedy },
    ]);
  });

  it("says which releases it looked through", () => {
    expect(textsOf(unknownApi, aModelOf({ version: "1.33", ...holding(ci("apps/v3", "Deployment")) }))[0]?.[0]).toBe(
      'Deployment "ci" uses apps/v3, but no Kubernetes release from 1.8 to 1.37 has Deployment there.',
    );
  });

  it("reports it also in a cluster of unknown version: no version has it", () => {
    expect(placesOf(unknownApi, aModelOf({ version: null, ...holding(ci("apps/v3", "Deployment")) }))).toHaveLength(1);
  });

  it("reports what is no resource of any cluster", () => {
    const model = aModelOf({ ...holding(ci("client.authentication.k8s.io/v1", "ExecCredential")) });
    expect(findingsOf(unknownApi, model)).toMatchObject([
      {
        severity: "error",
        message:
          'ExecCredential "ci" uses client.authentication.k8s.io/v1, which is a file that a component reads; no cluster serves it.',
      },
    ]);
  });

  it.each([
    {
      case: "nobody defines it",
      object: ci("example.com/v1", "Web"),
      releases: [],
      message:
        'Web "ci" uses example.com/v1, which was not judged: no CustomResourceDefinition in cluster stage-aws1 defines it, and no table knows it.',
      remedy:
        "Check it with kubectl api-resources, add the CustomResourceDefinition to the manifests so that it is judged, or acknowledge unknown-api here.",
    },
    {
      case: "its component is not deployed",
      object: CERTIFICATE,
      releases: [],
      message:
        'Certificate "ci" uses cert-manager.io/v1, which was not judged: it comes with cert-manager, and cluster stage-aws1 has no release of it.',
      remedy: "Add the release with its appVersion, or acknowledge unknown-api here if cert-manager comes another way.",
    },
    {
      case: "its component's version is not stated",
      object: CERTIFICATE,
      releases: [certManager()],
      message:
        'Certificate "ci" uses cert-manager.io/v1, which was not judged: release cert-manager of cluster stage-aws1 does not state its appVersion.',
      remedy: "State the appVersion of release cert-manager of cluster stage-aws1.",
    },
    {
      case: "its component's version is beyond the table",
      object: CERTIFICATE,
      releases: [certManager("99.0.0")],
      message:
        'Certificate "ci" uses cert-manager.io/v1, which was not judged: release cert-manager of cluster stage-aws1 is 99.0.0, ' +
        "and the table knows Certificate of cert-manager 0.6.0 to 1.21.0 only.",
      remedy:
        "Check it with kubectl api-resources, add the CustomResourceDefinition to the manifests so that it is judged, or acknowledge unknown-api here.",
    },
    {
      case: "its component is not known to have the kind",
      object: ci("cert-manager.io/v1", "Web"),
      releases: [certManager("1.15.3")],
      message:
        'Web "ci" uses cert-manager.io/v1, which was not judged: release cert-manager of cluster stage-aws1 is 1.15.3, ' +
        "and the table knows Web of cert-manager 0.6.0 to 1.21.0 only.",
      remedy:
        "Check it with kubectl api-resources, add the CustomResourceDefinition to the manifests so that it is judged, or acknowledge unknown-api here.",
    },
  ])("warns of a custom resource that was not judged because $case", ({ object, releases, message, remedy }) => {
    expect(findingsOf(unknownApi, aModelOf({ ...holding(object), releases }))).toMatchObject([
      { severity: "warning", message, remedy },
    ]);
  });

  it.each([
    ["a release", { releases: [certManager("v1.15.3")] }],
    ["an EKS add-on", { addons: [anAddon({ name: "cert-manager", version: "v1.15.3-eksbuild.1" })] }],
  ])("passes a custom resource that %s of its component serves", (_case, parts) => {
    expect(placesOf(unknownApi, aModelOf({ ...holding(CERTIFICATE), ...parts }))).toEqual([]);
  });

  it("passes a custom resource that the cluster's own manifests define", () => {
    const defines = { group: "example.com", kind: "Web", versions: [{ name: "v1", served: true }] };
    const definition = ci("apiextensions.k8s.io/v1", "CustomResourceDefinition", { defines });
    expect(placesOf(unknownApi, aModelOf({ ...holding(definition, ci("example.com/v1", "Web")) }))).toEqual([]);
  });
});
