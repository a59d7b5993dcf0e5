import type { ClusterEvidence, ObservedRelease } from "../../lib/cluster/evidence";

/** What was seen of a cluster of 1.24: an Ingress and a PodDisruptionBudget of old, custom resources and two revisions of a release. */
export function someEvidence(stated: Partial<ClusterEvidence> = {}): ClusterEvidence {
  return {
    tandem: "cluster-evidence",
    schemaVersion: 1,
    context: "prod",
    serverVersion: "v1.24.17-eks-99d6cc0",
    kubernetes: "1.24",
    observedAt: "2026-11-25T08:00:00.000Z",
    listed: [
      { resource: "ingresses.networking.k8s.io", through: "networking.k8s.io/v1", objects: 2, unattributed: 1 },
      { resource: "poddisruptionbudgets.policy", through: "policy/v1", objects: 1 },
      { resource: "backups.example.com", through: "example.com/v1", objects: 2 },
    ],
    notLookedAt: [
      { what: "roles.rbac.authorization.k8s.io", why: 'roles.rbac.authorization.k8s.io is forbidden: User "ci"' },
    ],
    objects: [
      {
        apiVersion: "extensions/v1beta1",
        kind: "Ingress",
        namespace: "shop",
        name: "web",
        evidence: { from: "last-applied" },
      },
      {
        apiVersion: "policy/v1beta1",
        kind: "PodDisruptionBudget",
        namespace: "shop",
        name: "web",
        evidence: { from: "managed-fields", manager: "Terraform", time: "2024-05-06T07:08:09Z" },
      },
      {
        apiVersion: "example.com/v1alpha0",
        kind: "Backup",
        namespace: "shop",
        name: "nightly",
        evidence: { from: "last-applied" },
      },
      {
        apiVersion: "example.com/v1",
        kind: "Backup",
        namespace: "shop",
        name: "weekly",
        evidence: { from: "last-applied" },
      },
    ],
    definitions: [
      {
        name: "backups.example.com",
        group: "example.com",
        kind: "Backup",
        versions: [
          { name: "v1", served: true },
          { name: "v1alpha1", served: true, deprecated: true },
          { name: "v1alpha0", served: false },
        ],
        stored: ["v1alpha0", "v1alpha1", "v1"],
      },
    ],
    releases: [aRevision({ revision: 2, status: "superseded" }), aRevision()],
    ...stated,
  };
}

/** Revision 3 of the release shop/docs, deployed, with a CronJob of old. */
export function aRevision(stated: Partial<ObservedRelease> = {}): ObservedRelease {
  return {
    name: "docs",
    namespace: "shop",
    revision: 3,
    status: "deployed",
    chart: { name: "docs", version: "1.2.3", appVersion: "4.5" },
    storedIn: "Secret",
    documents: 1,
    objects: [{ apiVersion: "batch/v1beta1", kind: "CronJob", name: "index" }],
    unreadable: [],
    ...stated,
  };
}
