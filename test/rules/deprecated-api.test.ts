import { deprecatedApi } from "../../lib/rules/deprecated-api";
import { aModelOf, aModelOfTwins, aRelease } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { ci, holding } from "./kubernetes-objects";

const CLASS = ci("storage.k8s.io/v1beta1", "VolumeAttributesClass");
const CLAIM = ci("resource.k8s.io/v1beta1", "ResourceClaim");

describe("deprecated-api", () => {
  it("passes an API that is not deprecated at the cluster's version", () => {
    expect(
      placesOf(deprecatedApi, aModelOf({ version: "1.33", ...holding(CLASS, ci("apps/v1", "Deployment")) })),
    ).toEqual([]);
  });

  it("says which release removes it and what to use", () => {
    expect(textsOf(deprecatedApi, aModelOf({ version: "1.36", ...holding(CLASS) }))).toEqual([
      [
        'VolumeAttributesClass "ci" uses storage.k8s.io/v1beta1, which Kubernetes 1.34 deprecated and 1.37 removes; cluster stage-aws1 runs 1.36.',
        "Use storage.k8s.io/v1, which 1.36 serves.",
      ],
    ]);
  });

  it("calls a planned removal a forecast", () => {
    expect(findingsOf(deprecatedApi, aModelOf({ version: "1.36", ...holding(CLAIM) }))).toMatchObject([
      {
        severity: "warning",
        message:
          'ResourceClaim "ci" uses resource.k8s.io/v1beta1, which Kubernetes 1.35 deprecated and 1.38 is planned to remove ' +
          "(a forecast: such plans have moved); cluster stage-aws1 runs 1.36.",
      },
    ]);
  });

  it("is a note where no release is known to remove it", () => {
    const model = aModelOf({ version: "1.36", ...holding(ci("v1", "Endpoints", { namespace: "web" })) });
    expect(findingsOf(deprecatedApi, model)).toMatchObject([
      {
        severity: "note",
        message:
          'Endpoints "web/ci" uses v1, which Kubernetes 1.33 deprecated and no known release removes; cluster stage-aws1 runs 1.36.',
        remedy: "Use EndpointSlice of discovery.k8s.io/v1, which 1.36 serves.",
      },
    ]);
  });

  it("offers what both twins serve, not what only the newer one does", () => {
    const model = aModelOfTwins({
      both: holding(CLASS),
      staging: { version: "1.34" },
      production: { version: "1.33" },
    });
    expect(textsOf(deprecatedApi, model).map(([, remedy]) => remedy)).toEqual([
      "Plan to do without it: Kubernetes 1.34 serves nothing in its place.",
    ]);
  });

  it("leaves what is removed already to removed-api", () => {
    expect(placesOf(deprecatedApi, aModelOf({ version: "1.37", ...holding(CLASS) }))).toEqual([]);
  });

  it("leaves a cluster of unknown version to version-unknown", () => {
    expect(placesOf(deprecatedApi, aModelOf({ version: null, ...holding(CLASS) }))).toEqual([]);
  });

  it("reports a custom resource whose CustomResourceDefinition marks the version as deprecated", () => {
    const defines = {
      group: "example.com",
      kind: "Web",
      versions: [
        { name: "v1", served: true },
        { name: "v1beta1", served: true, deprecated: true },
      ],
    };
    const definition = ci("apiextensions.k8s.io/v1", "CustomResourceDefinition", { defines });
    const model = aModelOf({ version: "1.36", ...holding(definition, ci("example.com/v1beta1", "Web")) });
    expect(textsOf(deprecatedApi, model)).toEqual([
      [
        'Web "ci" uses example.com/v1beta1, which its CustomResourceDefinition in cluster stage-aws1 marks as deprecated.',
        "Use example.com/v1, which the CustomResourceDefinition serves.",
      ],
    ]);
  });

  it("reports a custom resource that its component's release deprecates", () => {
    const release = aRelease({
      name: "secrets",
      chart: {
        source: "oci",
        reference: "oci://example.com/external-secrets",
        name: "external-secrets",
        version: "0.9.0",
      },
      appVersion: "v0.9.0",
    });
    const store = ci("external-secrets.io/v1alpha1", "ClusterSecretStore");
    expect(textsOf(deprecatedApi, aModelOf({ ...holding(store), releases: [release] }))).toEqual([
      [
        'ClusterSecretStore "ci" uses external-secrets.io/v1alpha1, which external-secrets 0.5.0 deprecated and 0.16.0 removes; ' +
          "release secrets of cluster stage-aws1 is v0.9.0.",
        "Use external-secrets.io/v1beta1, which release secrets of cluster stage-aws1 (v0.9.0) serves.",
      ],
    ]);
  });
});
