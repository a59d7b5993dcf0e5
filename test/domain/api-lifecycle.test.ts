import {
  type ApiLifecycle,
  apiLifecycle,
  formatApiVersion,
  hasDeprecatedApis,
  isBuiltInGroup,
  isDeprecated,
  isServed,
  kubernetesApisHorizon,
  parseApiVersion,
  removalsBetween,
  servedApiVersions,
  servedReplacement,
  serving,
} from "../../lib/domain/api-lifecycle";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";
import { TandemError } from "../../lib/domain/tandem-error";

const versions = (...texts: string[]) => texts.map((text) => KubernetesVersion.parse(text));

function known(apiVersion: string, kind: string): ApiLifecycle {
  const lifecycle = apiLifecycle(apiVersion, kind);
  if (!lifecycle) throw new Error(`${apiVersion} ${kind} is not in the table`);
  return lifecycle;
}

const name = (api: { group: string; version: string; kind: string }) => `${formatApiVersion(api)} ${api.kind}`;

test.each([
  ["v1", { group: "", version: "v1" }],
  ["apps/v1", { group: "apps", version: "v1" }],
  ["rbac.authorization.k8s.io/v1beta1", { group: "rbac.authorization.k8s.io", version: "v1beta1" }],
  ["a/b/v1", { group: "a/b", version: "v1" }],
  ["", { group: "", version: "" }],
])("apiVersion %j splits into group and version, and back", (apiVersion, parts) => {
  expect(parseApiVersion(apiVersion)).toEqual(parts);
  expect(formatApiVersion(parts)).toBe(apiVersion);
});

test("a lifecycle tells all that a message needs", () => {
  expect(apiLifecycle("extensions/v1beta1", "Ingress")).toEqual(
    expect.objectContaining({
      ...{ group: "extensions", version: "v1beta1", kind: "Ingress" },
      ...{ introduced: "1.1", deprecated: "1.14", removed: "1.22", removedStatus: "actual" },
      replacement: { group: "networking.k8s.io", version: "v1", kind: "Ingress" },
      alternatives: [
        { group: "networking.k8s.io", version: "v1beta1", kind: "Ingress" },
        { group: "networking.k8s.io", version: "v1", kind: "Ingress" },
      ],
      ...{ category: "served", stability: "beta", servedByDefault: true },
    }),
  );
});

test("alternatives are the other versions of the resource, oldest first", () => {
  expect(
    known("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema").alternatives.map(({ version }) => version),
  ).toEqual([...["v1alpha1", "v1beta1", "v1beta3", "v1"]]);
});

test.each([
  ["cert-manager.io/v1", "Certificate"],
  ["apps/v1", "Deploymnet"],
  ["apps/v1", "constructor"],
  ["", ""],
])("%s %s has no lifecycle: it is not built in", (apiVersion, kind) => {
  expect(apiLifecycle(apiVersion, kind)).toBeUndefined();
});

test("built-in groups are told from those of custom resources, also those long gone", () => {
  expect(["", "apps", "extensions", "cert-manager.io", "example.com"].map(isBuiltInGroup)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ["apps/v1", "Deployment", "1.33", "served"],
  ["apps/v1", "Deployment", "1.8", "not-yet"],
  ["batch/v1beta1", "CronJob", "1.24", "served"],
  ["batch/v1beta1", "CronJob", "1.25", "removed"],
  ["batch/v1", "CronJob", "1.20", "not-yet"],
  // Betas are on by default only up to 1.23; newer versions of those stay on.
  ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.28", "served"],
  ["admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicy", "1.29", "off-by-default"],
  ["admissionregistration.k8s.io/v1alpha1", "MutatingAdmissionPolicy", "1.33", "off-by-default"],
  // EKS serves these two although upstream does not.
  ["storage.k8s.io/v1beta1", "VolumeAttributesClass", "1.31", "served"],
  ["storage.k8s.io/v1beta1", "VolumeAttributesClass", "1.37", "removed"],
  ["resource.k8s.io/v1beta1", "ResourceClaim", "1.32", "off-by-default"],
  ["resource.k8s.io/v1beta1", "ResourceClaim", "1.33", "served"],
  ["audit.k8s.io/v1", "Policy", "1.33", "not-an-api"],
  ["kubescheduler.config.k8s.io/v1beta2", "KubeSchedulerConfiguration", "1.33", "not-an-api"],
  ["admission.k8s.io/v1beta1", "AdmissionReview", "1.33", "not-an-api"],
  ["v1", "ComponentStatus", "1.33", "served"],
  ["apps/v1beta1", "ReplicaSet", "1.15", "off-by-default"],
  ["cert-manager.io/v1", "Certificate", "1.33", "unknown"],
])("%s %s at %s is %s on EKS", (apiVersion, kind, version, expected) => {
  expect(serving(apiVersion, kind, KubernetesVersion.parse(version))).toBe(expected);
});

test.each([
  ["apps/v1", "Deployment", "1.38", "unknown"],
  ["apps/v1", "Deployment", "1.7", "unknown"],
  // A plan beyond the horizon is no more than a plan.
  ["resource.k8s.io/v1beta1", "ResourceClaim", "1.38", "unknown"],
  // What has gone does not come back.
  ["extensions/v1beta1", "Ingress", "1.99", "removed"],
  ["extensions/v1beta1", "Job", "1.7", "removed"],
])("beyond what the table covers, %s %s at %s is %s", (apiVersion, kind, version, expected) => {
  expect(serving(apiVersion, kind, KubernetesVersion.parse(version))).toBe(expected);
});

test.each([
  ["extensions/v1beta1", "Ingress", "1.21", true],
  ["extensions/v1beta1", "Ingress", "1.22", false],
  ["apps/v1", "Deployment", "1.8", false],
  ["apps/v1", "Deployment", "1.38", undefined],
  ["cert-manager.io/v1", "Certificate", "1.33", undefined],
])("isServed(%j, %j, %j) is %s", (apiVersion, kind, version, expected) => {
  expect(isServed(apiVersion, kind, version)).toBe(expected);
});

test("isServed refuses a version that is none", () => {
  expect(() => isServed("apps/v1", "Deployment", "1.33.2")).toThrow(TandemError);
  expect(() => isServed("apps/v1", "Deployment", "1.33.2")).toThrow(
    'expected a Kubernetes minor version such as "1.33", got "1.33.2": EKS manages patch releases; write "1.33"',
  );
});

test.each([
  ["flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", ["1.27"], "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema"],
  ["flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", ["1.30"], "flowcontrol.apiserver.k8s.io/v1 FlowSchema"],
  [
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "FlowSchema",
    ["1.30", "1.27"],
    "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema",
  ],
  ["extensions/v1beta1", "Ingress", ["1.18"], "networking.k8s.io/v1beta1 Ingress"],
  ["extensions/v1beta1", "Ingress", ["1.18", "1.22"], undefined],
  // The newest, not the one called stable: autoscaling/v1 would lose the metrics.
  ["autoscaling/v2beta1", "HorizontalPodAutoscaler", ["1.22"], "autoscaling/v2beta2 HorizontalPodAutoscaler"],
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", ["1.26"], "autoscaling/v2 HorizontalPodAutoscaler"],
  // An API that is not served yet has an older one to fall back on.
  ["policy/v1", "PodDisruptionBudget", ["1.20"], "policy/v1beta1 PodDisruptionBudget"],
  ["policy/v1beta1", "PodSecurityPolicy", ["1.25"], undefined],
  ["apps/v1beta1", "Deployment", ["1.38"], undefined],
  ["v1", "Endpoints", ["1.33"], "discovery.k8s.io/v1 EndpointSlice"],
])("%s %s: at %j the newest served alternative is %s", (apiVersion, kind, at, expected) => {
  const replacement = servedReplacement(known(apiVersion, kind), versions(...at));
  expect(replacement && name(replacement)).toBe(expected);
});

test("removals between two releases are those after the first, up to the second", () => {
  expect(removalsBetween("1.24", "1.26").map((api) => `${api.removed} ${name(api)}`)).toEqual([
    "1.25 autoscaling/v2beta1 HorizontalPodAutoscaler",
    "1.25 batch/v1beta1 CronJob",
    "1.25 discovery.k8s.io/v1beta1 EndpointSlice",
    "1.25 events.k8s.io/v1beta1 Event",
    "1.25 node.k8s.io/v1beta1 RuntimeClass",
    "1.25 policy/v1beta1 PodDisruptionBudget",
    "1.25 policy/v1beta1 PodSecurityPolicy",
    "1.26 autoscaling/v2beta2 HorizontalPodAutoscaler",
    "1.26 flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema",
    "1.26 flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration",
  ]);
});

test("removals include planned ones, and say so", () => {
  const planned = removalsBetween("1.37", "1.38");
  expect(new Set(planned.map(({ removedStatus }) => removedStatus))).toEqual(new Set(["planned"]));
  expect(planned.map(name)).toContain("resource.k8s.io/v1beta1 ResourceClaim");
});

test("nothing is removed between a release and itself", () => {
  expect(removalsBetween("1.25", "1.25")).toEqual([]);
});

test("removals are sorted by release as a number: 1.9 before 1.16", () => {
  const releases = removalsBetween("1.5", "1.16").map(({ removed }) => removed);
  expect([...new Set(releases)]).toEqual(["1.6", "1.8", "1.9", "1.14", "1.16"]);
});

test("removalsBetween refuses versions in the wrong order, and says how to write it", () => {
  expect(() => removalsBetween("1.30", "1.9")).toThrow(
    new TandemError('expected the older version first, got "1.30" to "1.9": write removalsBetween("1.9", "1.30")'),
  );
});

test.each([
  ["batch/v1beta1", "CronJob", "1.20", false],
  ["batch/v1beta1", "CronJob", "1.21", true],
  ["batch/v1beta1", "CronJob", "1.30", true],
  ["batch/v1", "CronJob", "1.37", false],
])("%s %s at %s: deprecated is %s", (apiVersion, kind, version, expected) => {
  expect(isDeprecated(known(apiVersion, kind), KubernetesVersion.parse(version))).toBe(expected);
});

test.each([
  ["policy", "PodDisruptionBudget", true, "a removed version of its own"],
  ["networking.k8s.io", "NetworkPolicy", true, "a removed version in the group that it came from"],
  ["", "Endpoints", true, "a deprecated version of its own"],
  ["", "Secret", false, "one API since ever"],
  ["apps", "Website", undefined, "nothing in the table"],
])("of %s %s it is %s that it has deprecated APIs: %s", (group, kind, expected, _why) => {
  expect(hasDeprecatedApis(group, kind)).toBe(expected);
});

describe("the APIs that a cluster serves, as helm takes them", () => {
  const at = (version: string) => servedApiVersions(KubernetesVersion.parse(version));

  it.each([
    ["policy/v1beta1/PodSecurityPolicy", "1.24", true],
    ["policy/v1beta1/PodSecurityPolicy", "1.25", false],
    ["policy/v1beta1", "1.24", true],
    ["policy/v1beta1", "1.25", false],
    ["policy/v1", "1.20", false],
    ["policy/v1", "1.21", true],
    ["v1", "1.36", true],
    ["v1/Pod", "1.36", true],
    ["apps/v1", "1.36", true],
    ["extensions/v1beta1/Ingress", "1.21", true],
    ["extensions/v1beta1/Ingress", "1.22", false],
    ["batch/v2alpha1", "1.20", false],
    ["kubelet.config.k8s.io/v1beta1", "1.36", false],
    ["cert-manager.io/v1", "1.36", false],
  ])("%s at %s: %s", (api, version, expected) => {
    expect(at(version).includes(api)).toBe(expected);
  });

  it("are sorted, each once, and a version stands there wherever one of its kinds does", () => {
    const apis = at("1.36");
    expect(apis).toEqual([...new Set(apis)].sort());
    const versions = apis.filter((api) => /\/[A-Z]/.test(api)).map((api) => api.slice(0, api.lastIndexOf("/")));
    expect(apis.filter((api) => !/\/[A-Z]/.test(api))).toEqual([...new Set(versions)].sort());
  });

  it("are none where the table does not reach", () => {
    expect(at("1.99")).toEqual([]);
  });
});

test("the horizon says how far the table reaches", () => {
  expect(kubernetesApisHorizon()).toEqual({
    table: "kubernetes-apis",
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.8", to: "1.37" },
  });
});
