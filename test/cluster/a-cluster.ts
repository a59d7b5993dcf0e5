import { gzipSync } from "node:zlib";
import type { TestCluster, TestObject, TestResource } from "./test-api-server";

export const PASSWORD = "correct-horse-battery";

/** An object that kubectl applied in an API. */
export function applied(apiVersion: string, kind: string, name: string, namespace?: string): TestObject {
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  const body = { apiVersion, kind, metadata: { ...metadata, annotations: {} }, spec: { password: PASSWORD } };
  return {
    metadata: {
      ...metadata,
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": `${JSON.stringify(body)}\n` },
      managedFields: [entry("kubectl-client-side-apply", apiVersion)],
    },
    spec: { password: PASSWORD },
  };
}

/** An object that others wrote. */
export function managed(name: string, namespace: string | undefined, ...entries: readonly object[]): TestObject {
  return { metadata: { name, ...(namespace !== undefined && { namespace }), managedFields: entries }, spec: {} };
}

export function entry(manager: string, apiVersion: string, time = "2024-05-06T07:08:09Z"): object {
  return { manager, operation: "Update", apiVersion, time, fieldsType: "FieldsV1", fieldsV1: {} };
}

/** A Secret, or a ConfigMap, in which Helm keeps a revision. */
export function helmRecord(
  name: string,
  revision: number,
  status: string,
  manifest: string,
  more: object = {},
): TestObject {
  const release = {
    name,
    info: { status, notes: PASSWORD },
    chart: { metadata: { name: "web", version: "1.2.3", appVersion: "4.5" }, values: { password: PASSWORD } },
    config: { password: PASSWORD },
    manifest,
    hooks: [],
    version: revision,
    namespace: "shop",
    ...more,
  };
  return recordOf(name, revision, status, gzipSync(JSON.stringify(release)).toString("base64"));
}

/** One whose content is given: base64 of gzip. */
export function recordOf(name: string, revision: number, status: string, release: string): TestObject {
  return {
    type: "helm.sh/release.v1",
    metadata: {
      name: `sh.helm.release.v1.${name}.v${revision}`,
      namespace: "shop",
      labels: { name, owner: "helm", status, version: String(revision) },
    },
    data: { release: Buffer.from(release).toString("base64") },
  };
}

export const INGRESS_OF_OLD = `---
# Source: web/templates/ingress.yaml
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata:
  name: web
spec:
  password: ${PASSWORD}
`;

const LIST_ONLY = ["get", "list"];

/** What a cluster of 1.24 serves that matters here: policy, autoscaling and batch in APIs that 1.25 and 1.26 remove. */
export const RESOURCES: readonly TestResource[] = [
  {
    versions: [{ version: "v1" }],
    resource: "pods",
    kind: "Pod",
    objects: [managed("web-0", "shop", entry("kubelet", "v1"))],
  },
  { versions: [{ version: "v1" }], resource: "secrets", kind: "Secret", objects: [] },
  { versions: [{ version: "v1" }], resource: "configmaps", kind: "ConfigMap", objects: [] },
  {
    versions: [{ version: "v1" }],
    resource: "events",
    kind: "Event",
    objects: [managed("e", "shop", entry("kubelet", "v1"))],
  },
  { versions: [{ version: "v1" }], resource: "componentstatuses", kind: "ComponentStatus", verbs: LIST_ONLY },
  {
    group: "apps",
    versions: [{ version: "v1" }],
    resource: "deployments",
    kind: "Deployment",
    objects: [applied("apps/v1", "Deployment", "web", "shop")],
  },
  {
    group: "networking.k8s.io",
    versions: [{ version: "v1" }],
    resource: "ingresses",
    kind: "Ingress",
    objects: [
      applied("extensions/v1beta1", "Ingress", "web", "shop"),
      managed("docs", "shop", entry("helm", "networking.k8s.io/v1")),
      managed("mystery", "shop"),
    ],
  },
  {
    group: "policy",
    // A server prefers the stable one; this one does not, so that a scan has to choose.
    versions: [{ version: "v1beta1", deprecated: true }, { version: "v1" }],
    resource: "poddisruptionbudgets",
    kind: "PodDisruptionBudget",
    objects: [managed("web", "shop", entry("Terraform", "policy/v1beta1"))],
  },
  {
    group: "metrics.k8s.io",
    versions: [{ version: "v1beta1" }],
    resource: "pods",
    kind: "PodMetrics",
    verbs: LIST_ONLY,
    objects: [managed("web-0", "shop")],
  },
  {
    group: "apiextensions.k8s.io",
    versions: [{ version: "v1" }],
    resource: "customresourcedefinitions",
    kind: "CustomResourceDefinition",
    objects: [
      {
        ...applied("apiextensions.k8s.io/v1", "CustomResourceDefinition", "backups.example.com"),
        spec: {
          group: "example.com",
          names: { kind: "Backup", plural: "backups" },
          versions: [
            { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
            { name: "v1alpha1", served: true, deprecated: true, storage: false },
            { name: "v1alpha0", served: false, storage: false },
          ],
        },
        status: { storedVersions: ["v1alpha0", "v1alpha1", "v1"] },
      },
    ],
  },
  {
    group: "example.com",
    versions: [{ version: "v1alpha1", deprecated: true }, { version: "v1" }],
    resource: "backups",
    kind: "Backup",
    objects: [
      applied("example.com/v1alpha0", "Backup", "nightly", "shop"),
      applied("example.com/v1", "Backup", "weekly", "shop"),
    ],
  },
];

/** A cluster with these resources in the place of those of the same name. */
export function aCluster(changes: Partial<TestCluster> = {}, ...instead: readonly TestResource[]): TestCluster {
  const isReplaced = ({ group, resource }: TestResource) =>
    instead.some((each) => each.group === group && each.resource === resource);
  return {
    gitVersion: "v1.24.17-eks-99d6cc0",
    aggregated: true,
    ...changes,
    resources: [...RESOURCES.filter((each) => !isReplaced(each)), ...instead],
  };
}
