import { formatApiVersion } from "../../lib/domain/api-lifecycle";
import {
  componentNames,
  componentReleases,
  componentsOf,
  isDeprecatedByComponent,
  isKnownRelease,
  isServedByComponent,
  replacementByComponent,
  type ThirdPartyApi,
  thirdPartyApi,
  thirdPartyApis,
  thirdPartyApisHorizon,
} from "../../lib/domain/third-party-api";

function known(apiVersion: string, kind: string): ThirdPartyApi {
  const api = thirdPartyApi(apiVersion, kind);
  if (!api) throw new Error(`${apiVersion} ${kind} is not in the table`);
  return api;
}

test("an API says which component serves it, and when", () => {
  expect(thirdPartyApi("karpenter.sh/v1beta1", "NodePool")).toEqual({
    ...{ component: "karpenter", group: "karpenter.sh", version: "v1beta1", kind: "NodePool" },
    ...{ introduced: "0.30.0", deprecated: "1.0.0", removed: "1.1.0" },
    replacement: { group: "karpenter.sh", version: "v1", kind: "NodePool" },
    note: expect.stringContaining("migration guide"),
  });
});

test.each([
  ["example.com/v1", "Widget"],
  ["cert-manager.io/v1", "constructor"],
  ["apps/v1", "Deployment"],
])("%s %s is not in the table", (apiVersion, kind) => {
  expect(thirdPartyApi(apiVersion, kind)).toBeUndefined();
});

test.each([
  ["1.5.4", true],
  ["v1.5.4", true],
  ["1.6.0", false],
  ["1.6", false],
  ["v1.6.1", false],
  // A pre-release counts as the release it leads to.
  ["1.6.0-beta.1", false],
  ["0.10.1", false],
  ["0.11.0", true],
  // Removed stays removed, however new the component.
  ["99.0.0", false],
  // Older than the first release that was read.
  ["0.5.2", undefined],
  ["latest", undefined],
  ["release-1.5", undefined],
  ["", undefined],
])("cert-manager %s: whether it serves cert-manager.io/v1alpha2 is %s", (appVersion, expected) => {
  expect(isServedByComponent(known("cert-manager.io/v1alpha2", "Certificate"), appVersion)).toBe(expected);
});

test.each<[string, string, string, string | undefined]>([
  ["cert-manager.io/v1alpha2", "Certificate", "1.17.2", "cert-manager.io/v1 Certificate"],
  ["cert-manager.io/v1alpha2", "Certificate", "0.16.0", "cert-manager.io/v1beta1 Certificate"],
  [
    "gateway.networking.k8s.io/v1alpha2",
    "ReferencePolicy",
    "1.2.0",
    "gateway.networking.k8s.io/v1beta1 ReferenceGrant",
  ],
  ["gateway.networking.k8s.io/v1alpha2", "ReferencePolicy", "1.5.0", "gateway.networking.k8s.io/v1 ReferenceGrant"],
  ["cert-manager.io/v1", "Certificate", "1.17.2", undefined],
  ["kyverno.io/v1", "PolicyViolation", "1.10.0", undefined],
])("in the place of %s %s, release %s serves %s", (apiVersion, kind, appVersion, expected) => {
  const found = replacementByComponent(known(apiVersion, kind), appVersion);
  expect(found && `${formatApiVersion(found)} ${found.kind}`).toBe(expected);
});

test.each([
  ["1.3.0", false],
  ["1.4.0", true],
  ["v1.17.2", true],
  ["latest", false],
])("cert-manager %s: whether it deprecates cert-manager.io/v1alpha2 is %s", (appVersion, expected) => {
  expect(isDeprecatedByComponent(known("cert-manager.io/v1alpha2", "Certificate"), appVersion)).toBe(expected);
});

test.each([
  ["cert-manager", "1.17.2", true],
  ["cert-manager", "99.0.0", false],
  ["cert-manager", "latest", false],
  ["nothing", "1.0.0", false],
])("whether release %s %s was read is %s", (component, appVersion, expected) => {
  expect(isKnownRelease(component, appVersion)).toBe(expected);
});

test("all components are named", () => {
  expect(componentNames()).toContain("cert-manager");
  expect(componentNames().every((name) => componentReleases(name))).toBe(true);
});

test("of a release newer than the last one read, only what was removed before is known", () => {
  const api = known("cert-manager.io/v1", "Certificate");
  const { to } = componentReleases("cert-manager") ?? { to: "" };
  const [major, minor] = to.split(".").map(Number);
  expect(isServedByComponent(api, `${major}.${minor}.9`)).toBe(true);
  expect(isServedByComponent(api, `${major}.${Number(minor) + 1}.0`)).toBeUndefined();
});

test("an API that is older than the first release read is served from that release on", () => {
  const api = known("certmanager.k8s.io/v1alpha1", "Issuer");
  expect(api.introduced).toBe("<=0.6.0");
  expect(["0.5.0", "0.6.0", "0.10.0", "0.11.0"].map((version) => isServedByComponent(api, version))).toEqual([
    undefined,
    true,
    true,
    false,
  ]);
});

test("a component that the table does not have is unknown, not fine", () => {
  const api = { component: "somebody-elses", group: "example.com", version: "v1", kind: "Widget", introduced: "1.0.0" };
  expect(isServedByComponent(api, "1.0.0")).toBeUndefined();
  expect(componentReleases("somebody-elses")).toBeUndefined();
  expect(componentReleases("constructor")).toBeUndefined();
});

test.each([
  ["cert-manager.io", ["cert-manager"]],
  ["argoproj.io", ["argo-cd", "argo-rollouts"]],
  ["example.com", []],
])("the components of group %s are %j", (group, expected) => {
  expect(componentsOf(group)).toEqual(expected);
});

test("all APIs of a component can be listed", () => {
  const names = thirdPartyApis("external-snapshotter").map((api) => `${formatApiVersion(api)} ${api.kind}`);
  expect(names).toContain("snapshot.storage.k8s.io/v1 VolumeSnapshot");
  expect(thirdPartyApis("example")).toEqual([]);
});

test("the horizon names the table and the day, and no Kubernetes versions", () => {
  expect(thirdPartyApisHorizon()).toEqual({
    table: "third-party-apis",
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
});
