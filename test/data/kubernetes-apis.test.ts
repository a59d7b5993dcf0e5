import { readFileSync } from "node:fs";
import { join } from "node:path";
import table from "../../lib/data/kubernetes-apis.json";
import { type ApiId, apiLifecycle, formatApiVersion } from "../../lib/domain/api-lifecycle";
import { KubernetesVersion } from "../../lib/domain/kubernetes-version";

interface Row extends ApiId {
  category?: string;
  introduced?: string;
  deprecated?: string;
  removed?: string;
  removedStatus?: string;
  codeRemoved?: string;
  replacement?: ApiId;
  servedByDefault: boolean;
  servedOnEksSince?: string;
  note?: string;
  sources: string[];
}

const rows = table.rows as Row[];
const text = readFileSync(join(__dirname, "../../lib/data/kubernetes-apis.json"), "utf8");
const name = (api: ApiId) => `${formatApiVersion(api)} ${api.kind}`;
const byName = new Map(rows.map((row) => [name(row), row]));
const release = (version = "") => KubernetesVersion.parse(version.replace("<=", ""));

test("the header says where the facts are from, when they were read and how far they reach", () => {
  expect(table).toMatchObject({
    table: "kubernetes-apis",
    source: expect.stringContaining("https://github.com/kubernetes/api"),
    sourceVersion: expect.stringMatching(/\d{4}-\d\d-\d\d/),
    retrieved: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    covers: { from: "1.8", to: "1.37" },
  });
});

test("it has the 228 APIs that were collected, and the webhook payload that one of them is replaced by", () => {
  expect(rows).toHaveLength(229);
  expect(byName.size).toBe(229);
  const counted = (status: string) => rows.filter(({ removedStatus }) => removedStatus === status).length;
  expect({ actual: counted("actual"), planned: counted("planned") }).toEqual({ actual: 121, planned: 24 });
});

test("there is one row a line, sorted by group, kind and version", () => {
  const lines = text.split("\n").filter((line) => line.startsWith("    { "));
  expect(lines.map((line) => JSON.parse(line.replace(/,$/, "")))).toEqual(rows);
  const keys = rows.map(({ group, kind, version }) => [group, kind, version].join("\0"));
  expect(keys).toEqual([...keys].sort());
});

test("every row has the columns of a lifecycle and no other, and no empty ones", () => {
  const minor = expect.stringMatching(/^1\.\d+$/);
  const api = {
    group: expect.any(String),
    version: expect.stringMatching(/^v\d+((alpha|beta)\d+)?$/),
    kind: expect.stringMatching(/^[A-Z]\w+$/),
  };
  const columns: Record<string, unknown> = {
    ...api,
    category: expect.stringMatching(/^(config-file|payload)$/),
    introduced: expect.stringMatching(/^(<=)?1\.\d+$/),
    ...{ deprecated: minor, removed: minor, codeRemoved: minor, servedOnEksSince: minor },
    removedStatus: expect.stringMatching(/^(actual|planned)$/),
    replacement: api,
    servedByDefault: expect.any(Boolean),
    note: expect.stringMatching(/[\w)]\.$/),
    sources: expect.arrayContaining([expect.any(String)]),
  };
  for (const row of rows) {
    expect(row).toEqual(Object.fromEntries(Object.keys(row).map((column) => [column, columns[column]])));
    expect(row).toMatchObject({ ...api, servedByDefault: columns.servedByDefault, sources: columns.sources });
  }
});

test("every source is in the legend, and every entry of the legend is the source of something", () => {
  expect([...new Set(rows.flatMap(({ sources }) => sources))].sort()).toEqual(Object.keys(table.sources).sort());
});

test("an API is introduced before it is deprecated, and deprecated no later than it is removed", () => {
  const wrong = rows.filter(({ introduced, deprecated, removed, codeRemoved }) => {
    const dates = [introduced, deprecated, removed].filter((date) => date !== undefined).map(release);
    const isOrdered = dates.every((date, index) => index === 0 || !date.isBefore(dates[index - 1] ?? date));
    const isBrief = introduced !== undefined && [deprecated, removed].includes(introduced);
    return !isOrdered || isBrief || (codeRemoved !== undefined && !release(codeRemoved).isAfter(release(removed)));
  });
  expect(wrong.map(name)).toEqual([]);
});

test("a removal has a status, and the two agree with the horizon: what is planned lies beyond it", () => {
  for (const row of rows) {
    expect([name(row), row.removedStatus !== undefined]).toEqual([name(row), row.removed !== undefined]);
    if (row.removed) {
      const status = release(row.removed).isAfter(release(table.covers.to)) ? "planned" : "actual";
      expect([name(row), row.removedStatus]).toEqual([name(row), status]);
    }
  }
});

test("a replacement is in the table, is there for good longer than what it replaces, and has not gone itself", () => {
  const wrong = rows.filter((row) => {
    if (!row.replacement) return false;
    const replacement = byName.get(name(row.replacement));
    if (!replacement || replacement.removedStatus === "actual") return true;
    return (
      replacement.removed !== undefined &&
      row.removed !== undefined &&
      !release(replacement.removed).isAfter(release(row.removed))
    );
  });
  expect(wrong.map(name)).toEqual([]);
});

test("only what is deprecated or removed has a replacement", () => {
  expect(rows.filter((row) => row.replacement && !row.deprecated && !row.removed).map(name)).toEqual([]);
});

test("the alternatives of an API are rows of the table, itself not among them, its replacement always", () => {
  for (const row of rows) {
    const alternatives = apiLifecycle(formatApiVersion(row), row.kind)?.alternatives.map(name) ?? ["none at all"];
    expect(alternatives.filter((alternative) => !byName.has(alternative) || alternative === name(row))).toEqual([]);
    if (row.replacement) expect(alternatives).toContain(name(row.replacement));
  }
});

test("alpha APIs are off by default and stable ones on, as long as they are served over REST", () => {
  const wrong = rows.filter(({ category, version, servedByDefault }) => {
    if (category || version.includes("beta")) return false;
    return servedByDefault === version.includes("alpha");
  });
  expect(wrong.map(name)).toEqual([]);
});

// Read by hand in https://kubernetes.io/docs/reference/using-api/deprecation-guide/, so that a broken refresh cannot pass by being consistent.
test.each([
  ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.32", "flowcontrol.apiserver.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration", "1.32", "flowcontrol.apiserver.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", "1.29", "flowcontrol.apiserver.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "CSIStorageCapacity", "1.27", "storage.k8s.io/v1"],
  ["flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "1.26", "flowcontrol.apiserver.k8s.io/v1"],
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.26", "autoscaling/v2"],
  ["batch/v1beta1", "CronJob", "1.25", "batch/v1"],
  ["discovery.k8s.io/v1beta1", "EndpointSlice", "1.25", "discovery.k8s.io/v1"],
  ["events.k8s.io/v1beta1", "Event", "1.25", "events.k8s.io/v1"],
  ["autoscaling/v2beta1", "HorizontalPodAutoscaler", "1.25", "autoscaling/v2"],
  ["policy/v1beta1", "PodDisruptionBudget", "1.25", "policy/v1"],
  ["policy/v1beta1", "PodSecurityPolicy", "1.25", undefined],
  ["node.k8s.io/v1beta1", "RuntimeClass", "1.25", "node.k8s.io/v1"],
  ["admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration", "1.22", "admissionregistration.k8s.io/v1"],
  ["apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", "1.22", "apiextensions.k8s.io/v1"],
  ["certificates.k8s.io/v1beta1", "CertificateSigningRequest", "1.22", "certificates.k8s.io/v1"],
  ["extensions/v1beta1", "Ingress", "1.22", "networking.k8s.io/v1"],
  ["networking.k8s.io/v1beta1", "Ingress", "1.22", "networking.k8s.io/v1"],
  ["rbac.authorization.k8s.io/v1beta1", "ClusterRole", "1.22", "rbac.authorization.k8s.io/v1"],
  ["storage.k8s.io/v1beta1", "StorageClass", "1.22", "storage.k8s.io/v1"],
  ["apps/v1beta1", "Deployment", "1.16", "apps/v1"],
  ["extensions/v1beta1", "DaemonSet", "1.16", "apps/v1"],
  ["extensions/v1beta1", "NetworkPolicy", "1.16", "networking.k8s.io/v1"],
])(
  "the migration guide says: %s %s is removed in %s, and %s is to be used",
  (apiVersion, kind, removed, replacement) => {
    const row = byName.get(`${apiVersion} ${kind}`);
    expect(row).toMatchObject({
      removed,
      removedStatus: "actual",
      sources: expect.arrayContaining(["migration-guide"]),
    });
    expect(row?.replacement && name(row.replacement)).toBe(replacement && `${replacement} ${kind}`);
  },
);

test.each([
  // Removals after those of the guide, which ends with 1.32.
  ["authentication.k8s.io/v1beta1", "SelfSubjectReview", "1.33", "actual"],
  ["admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicy", "1.34", "actual"],
  ["storage.k8s.io/v1beta1", "VolumeAttributesClass", "1.37", "actual"],
  ["networking.k8s.io/v1beta1", "ServiceCIDR", "1.37", "actual"],
  // What the lifecycle tags have wrong: the release dropped them earlier.
  ["networking.k8s.io/v1alpha1", "ClusterCIDR", "1.29", "actual"],
  ["coordination.k8s.io/v1alpha1", "LeaseCandidate", "1.32", "actual"],
  ["resource.k8s.io/v1alpha3", "ResourceClaim", "1.34", "actual"],
  ["storage.k8s.io/v1alpha1", "VolumeAttachment", "1.23", "actual"],
  // What other tools have wrong (1.33, 1.29, 1.22, 1.17 and 1.36).
  ["admissionregistration.k8s.io/v1alpha1", "ValidatingAdmissionPolicy", "1.32", "actual"],
  ["flowcontrol.apiserver.k8s.io/v1beta1", "PriorityLevelConfiguration", "1.26", "actual"],
  ["rbac.authorization.k8s.io/v1alpha1", "ClusterRole", "1.23", "actual"],
  ["scheduling.k8s.io/v1alpha1", "PriorityClass", "1.23", "actual"],
  ["resource.k8s.io/v1beta1", "ResourceClaim", "1.38", "planned"],
  ["resource.k8s.io/v1beta1", "DeviceClass", "1.38", "planned"],
])("%s %s: removed in %s, %s", (apiVersion, kind, removed, removedStatus) => {
  expect(byName.get(`${apiVersion} ${kind}`)).toMatchObject({ removed, removedStatus });
});

test("there is no row for a kind that other tools made up, and no removal of the AdmissionReview that is still sent", () => {
  expect(byName.has("flowcontrol.apiserver.k8s.io/v1beta1 FlowControl")).toBe(false);
  expect(byName.get("admission.k8s.io/v1beta1 AdmissionReview")).not.toHaveProperty("removed");
});

test("EKS turns on what upstream leaves off in two places", () => {
  const exceptions = rows.filter(({ servedOnEksSince }) => servedOnEksSince);
  expect(new Set(exceptions.map(({ group, servedOnEksSince }) => `${group} ${servedOnEksSince}`))).toEqual(
    new Set(["resource.k8s.io 1.33", "storage.k8s.io 1.31"]),
  );
  expect(exceptions.every((row) => !row.servedByDefault && row.sources.includes("eks-release-notes"))).toBe(true);
});
