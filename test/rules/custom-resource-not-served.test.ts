import { customResourceNotServed } from "../../lib/rules/custom-resource-not-served";
import { aModelOf, aRelease } from "../../lib/testing/build-model";
import { findingsOf, placesOf, textsOf } from "./judged";
import { ci, holding } from "./kubernetes-objects";

const DEFINITION = ci("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
  defines: {
    group: "example.com",
    kind: "Web",
    versions: [
      { name: "v1", served: true },
      { name: "v1beta1", served: false },
    ],
  },
});
const certManager = (appVersion: string) =>
  aRelease({
    name: "certs",
    chart: { source: "repository", url: "https://charts.jetstack.io", name: "cert-manager", version: "v1.15.3" },
    appVersion,
  });

describe("custom-resource-not-served", () => {
  it("passes a version that the CustomResourceDefinition serves", () => {
    expect(placesOf(customResourceNotServed, aModelOf(holding(DEFINITION, ci("example.com/v1", "Web"))))).toEqual([]);
  });

  it.each([
    ["example.com/v1beta1", "lists but does not serve"],
    ["example.com/v2", "does not have"],
  ])("reports %s, which the CustomResourceDefinition %s", (apiVersion, what) => {
    const model = aModelOf(holding(DEFINITION, ci(apiVersion, "Web")));
    expect(placesOf(customResourceNotServed, model)).toEqual([
      ["custom-resource-not-served", "stage-aws1-releases/storefront"],
    ]);
    expect(textsOf(customResourceNotServed, model)).toEqual([
      [
        `Web "ci" uses ${apiVersion}, which its CustomResourceDefinition in cluster stage-aws1 ${what}.`,
        "Use example.com/v1, which the CustomResourceDefinition serves.",
      ],
    ]);
  });

  it.each([
    ["v1beta1", "warning", "which it no longer serves"],
    ["v1alpha1", "note", "which it marks as deprecated"],
    ["v0", "warning", "which it no longer serves"],
  ])("reports that objects may be stored in %s, as a %s: %s", (stored, severity, fate) => {
    const versions = [
      { name: "v1", served: true },
      { name: "v1beta1", served: false },
      { name: "v1alpha1", served: true, deprecated: true },
    ];
    const defines = { group: "example.com", kind: "Web", versions, stored: ["v1", stored] };
    const model = aModelOf(holding({ ...DEFINITION, defines }));
    expect(
      findingsOf(customResourceNotServed, model).map((each) => [each.severity, each.message, each.remedy]),
    ).toEqual([
      [
        severity,
        `CustomResourceDefinition "ci" still has ${stored} in status.storedVersions, ${fate}: objects may be stored in it, and an upgrade ` +
          "of the definition that drops it is refused.",
        "Have every object stored anew (kubectl get ci --all-namespaces -o json | kubectl replace -f -), then take " +
          `${stored} out of the list: kubectl edit customresourcedefinition ci --subresource=status.`,
      ],
    ]);
  });

  it("says so when the CustomResourceDefinition serves nothing at all", () => {
    const defines = { group: "example.com", kind: "Web", versions: [{ name: "v1", served: false }] };
    const model = aModelOf(holding({ ...DEFINITION, defines }, ci("example.com/v1", "Web")));
    expect(textsOf(customResourceNotServed, model)[0]?.[1]).toBe(
      "Serve a version in the CustomResourceDefinition, or take the object out.",
    );
  });

  it.each([
    {
      apiVersion: "cert-manager.io/v1alpha2",
      appVersion: "v1.15.3",
      why: "which cert-manager 1.6.0 removed; release certs of cluster stage-aws1 is v1.15.3",
      remedy: "Use cert-manager.io/v1, which release certs of cluster stage-aws1 (v1.15.3) serves.",
    },
    {
      apiVersion: "cert-manager.io/v1",
      appVersion: "0.11.0",
      why: "which cert-manager 1.0.0 introduces; release certs of cluster stage-aws1 is 0.11.0",
      remedy: "Use cert-manager.io/v1alpha2, which release certs of cluster stage-aws1 (0.11.0) serves.",
    },
    {
      apiVersion: "cert-manager.io/v9",
      appVersion: "1.15.3",
      why: "which no release is known to have; release certs of cluster stage-aws1 is 1.15.3",
      remedy: "Use cert-manager.io/v1, which release certs of cluster stage-aws1 (1.15.3) serves.",
    },
  ])("reports $apiVersion beside cert-manager $appVersion", ({ apiVersion, appVersion, why, remedy }) => {
    const model = aModelOf({ ...holding(ci(apiVersion, "Certificate")), releases: [certManager(appVersion)] });
    expect(textsOf(customResourceNotServed, model)).toEqual([[`Certificate "ci" uses ${apiVersion}, ${why}.`, remedy]]);
  });

  it("believes the cluster's own CustomResourceDefinition before the table", () => {
    const defines = { group: "cert-manager.io", kind: "Certificate", versions: [{ name: "v1alpha2", served: true }] };
    const objects = holding({ ...DEFINITION, defines }, ci("cert-manager.io/v1alpha2", "Certificate"));
    expect(placesOf(customResourceNotServed, aModelOf({ ...objects, releases: [certManager("1.15.3")] }))).toEqual([]);
  });

  it.each([
    ["a built-in kind", ci("batch/v1beta1", "CronJob")],
    ["a custom resource that nobody defines, which is unknown-api's", ci("example.com/v1", "Web")],
  ])("does not judge %s", (_case, object) => {
    expect(placesOf(customResourceNotServed, aModelOf(holding(object)))).toEqual([]);
  });
});
