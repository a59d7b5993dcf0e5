import { formatEvidence, readEvidence } from "../../lib/cluster/evidence-file";
import { scanEvidence } from "../../lib/scan/scan-evidence";
import { aRevision, someEvidence } from "../cluster/some-evidence";

const BARE = { listed: [], notLookedAt: [], objects: [], definitions: [], releases: [] };

/** What is found in releases: where, how grave, which rule. */
function inReleases(...releases: readonly ReturnType<typeof aRevision>[]): string[] {
  const { findings } = scanEvidence(someEvidence({ ...BARE, releases }), { target: "1.25" });
  return findings.map(({ path, severity, rule }) => `${severity} ${rule}: ${path}`);
}

describe("scanEvidence", () => {
  it("judges what was seen for the target, and tells how each thing is known", () => {
    const { findings, ...rest } = scanEvidence(someEvidence(), { target: "1.25" });
    expect(findings.map(({ path, severity, rule, message }) => [severity, rule, path, message])).toEqual([
      [
        "error",
        "unreadable-manifest",
        "cluster/prod",
        'roles.rbac.authorization.k8s.io could not be read: roles.rbac.authorization.k8s.io is forbidden: User "ci".',
      ],
      [
        "warning",
        "custom-resource-not-served",
        "cluster/prod/CustomResourceDefinition/backups.example.com",
        'CustomResourceDefinition "backups.example.com" still has v1alpha0 in status.storedVersions, which it no longer serves: ' +
          "objects may be stored in it, and an upgrade of the definition that drops it is refused.",
      ],
      [
        "note",
        "custom-resource-not-served",
        "cluster/prod/CustomResourceDefinition/backups.example.com",
        'CustomResourceDefinition "backups.example.com" still has v1alpha1 in status.storedVersions, which it marks as deprecated: ' +
          "objects may be stored in it, and an upgrade of the definition that drops it is refused.",
      ],
      [
        "error",
        "custom-resource-not-served",
        "cluster/prod/shop/Backup/nightly (last-applied)",
        'Backup "shop/nightly" uses example.com/v1alpha0, which its CustomResourceDefinition lists but does not serve.',
      ],
      [
        "error",
        "removed-api",
        "cluster/prod/shop/Ingress/web (last-applied)",
        'Ingress "shop/web" uses extensions/v1beta1, which Kubernetes 1.22 removed; the target is 1.25.',
      ],
      [
        "error",
        "removed-api",
        "cluster/prod/shop/PodDisruptionBudget/web (managed-fields: Terraform, 2024-05-06)",
        'PodDisruptionBudget "shop/web" uses policy/v1beta1, which Kubernetes 1.25 removed; the target is 1.25.',
      ],
      [
        "error",
        "removed-api",
        "release shop/docs revision 3 (deployed)",
        'CronJob "index" uses batch/v1beta1, which Kubernetes 1.25 removed; the target is 1.25.',
      ],
      [
        "note",
        "removed-api",
        "release shop/docs revision 2 (superseded)",
        'CronJob "index" uses batch/v1beta1, which Kubernetes 1.25 removed; the target is 1.25. Only a rollback to this revision applies it.',
      ],
    ]);
    expect(rest).toEqual({
      target: "1.25",
      dataHorizon: expect.arrayContaining([expect.objectContaining({ table: "kubernetes-apis" })]),
      scanned: { objects: 6, unattributed: 1, askedInDeprecated: [], unreadable: 1, revisions: 2 },
    });
  });

  it("tells what the tables say of each API, and what the cluster runs now of it", () => {
    const { findings } = scanEvidence(someEvidence({ kubernetes: "1.21" }), { target: "1.25" });
    expect(findings.find(({ subject }) => subject?.kind === "PodDisruptionBudget")).toMatchObject({
      deprecatedIn: "1.21",
      removedIn: "1.25",
      replacement: { apiVersion: "policy/v1", kind: "PodDisruptionBudget", servedByTargetFrom: true },
      servedByTargetFrom: true,
    });
  });

  it("tells of the version that the cluster is said to run now, where that is said", () => {
    const objects = [
      {
        apiVersion: "flowcontrol.apiserver.k8s.io/v1",
        kind: "FlowSchema",
        name: "ci",
        evidence: { from: "last-applied" },
      },
      { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", name: "web", evidence: { from: "last-applied" } },
    ] as const;
    const evidence = someEvidence({ ...BARE, objects });
    const said = (targetFrom?: string) =>
      scanEvidence(evidence, { target: "1.30", ...(targetFrom === undefined ? {} : { targetFrom }) }).findings.map(
        ({ severity, rule, path, message }) => `${severity} ${rule} ${path}: ${message}`,
      );
    expect(said("1.28")).toEqual([
      'warning api-not-served-yet cluster/prod/FlowSchema/ci (last-applied): FlowSchema "ci" uses flowcontrol.apiserver.k8s.io/v1, which ' +
        "Kubernetes 1.29 introduces; 1.28, which the cluster runs now, does not serve it yet.",
      'error removed-api cluster/prod/PodDisruptionBudget/web (last-applied): PodDisruptionBudget "web" uses policy/v1beta1, which ' +
        "Kubernetes 1.25 removed; the target is 1.30. 1.28 does not serve it.",
    ]);
    expect(said()).toEqual([
      'error removed-api cluster/prod/PodDisruptionBudget/web (last-applied): PodDisruptionBudget "web" uses policy/v1beta1, which ' +
        "Kubernetes 1.25 removed; the target is 1.30.",
    ]);
  });

  it("judges a file as it judged the cluster", () => {
    const live = someEvidence();
    expect(scanEvidence(readEvidence(formatEvidence(live), "prod.json"), { target: "1.25" })).toEqual(
      scanEvidence(live, { target: "1.25" }),
    );
  });

  it("finds nothing where nothing is", () => {
    const { releases: _, ...bare } = someEvidence(BARE);
    const { findings, scanned } = scanEvidence(bare, { target: "1.25" });
    expect(findings).toEqual([]);
    expect(scanned).toEqual({ objects: 0, unattributed: 0, askedInDeprecated: [], unreadable: 0 });
  });

  it("says which deprecated APIs it had to call", () => {
    const listed = [
      { resource: "podsecuritypolicies.policy", through: "policy/v1beta1", deprecated: true as const, objects: 1 },
      { resource: "deployments.apps", through: "apps/v1", objects: 1 },
    ];
    const { scanned } = scanEvidence(someEvidence({ ...BARE, listed }), { target: "1.25" });
    expect(scanned.askedInDeprecated).toEqual(["podsecuritypolicies.policy in policy/v1beta1"]);
  });

  it("tells the way out of what Helm stored", () => {
    const { findings } = scanEvidence(someEvidence({ ...BARE, releases: [aRevision()] }), { target: "1.25" });
    expect(findings.map(({ remedy }) => remedy)).toEqual([
      "Use batch/v1, which 1.25 serves. Helm reads what it stored before the next upgrade of the release, and fails on an API that the " +
        "cluster no longer serves. While it does, upgrade to a chart that renders another; afterwards helm-mapkubeapis rewrites what is " +
        "stored: helm mapkubeapis docs --namespace shop.",
    ]);
  });

  it("tells how to be allowed to look", () => {
    const notLookedAt = [
      { what: "ingresses.networking.k8s.io", why: "it answered 403" },
      { what: 'Secret "shop/x"', why: "it is empty", remedy: "Delete it." },
    ];
    const { findings } = scanEvidence(someEvidence({ ...BARE, notLookedAt }), { target: "1.25" });
    expect(findings.map(({ message, remedy }) => [message, remedy])).toEqual([
      ['Secret "shop/x" could not be read: it is empty.', "Delete it."],
      [
        "ingresses.networking.k8s.io could not be read: it answered 403.",
        "Let whoever scans list it: tandem scan --cluster --print-rbac prints the ClusterRole. Where that is not it, kubectl get shows more.",
      ],
    ]);
  });

  it("reports a document of a release that could not be read", () => {
    const releases = [aRevision({ objects: [], unreadable: ["not YAML"] })];
    const { findings } = scanEvidence(someEvidence({ ...BARE, releases }), { target: "1.25" });
    expect(findings.map(({ message }) => message)).toEqual([
      "A document of release shop/docs revision 3 (deployed) could not be read: not YAML.",
    ]);
  });

  const use = (revision: number, status: string) =>
    `error removed-api: release shop/docs revision ${revision} (${status})`;
  const past = (revision: number, status: string) =>
    `note removed-api: release shop/docs revision ${revision} (${status})`;
  it.each([
    ["the deployed one, though a later one failed", ["deployed", "failed"], [use(1, "deployed"), past(2, "failed")]],
    ["the latest, where none is deployed", ["failed", "failed"], [use(2, "failed"), past(1, "failed")]],
    ["none that was uninstalled", ["superseded", "uninstalled"], [use(1, "superseded"), past(2, "uninstalled")]],
    ["none of a release that was uninstalled whole", ["uninstalled"], [past(1, "uninstalled")]],
  ])("takes for the revision in use %s", (_, statuses, expected) => {
    expect(inReleases(...statuses.map((status, index) => aRevision({ revision: index + 1, status })))).toEqual(
      expected,
    );
  });

  it("keeps releases of the same name in two namespaces apart", () => {
    expect(inReleases(aRevision(), aRevision({ namespace: "blog", revision: 1 }))).toEqual([
      "error removed-api: release blog/docs revision 1 (deployed)",
      "error removed-api: release shop/docs revision 3 (deployed)",
    ]);
  });

  it("judges a custom resource of a release by the definitions of the cluster", () => {
    const objects = [{ apiVersion: "example.com/v1", kind: "Backup", name: "weekly" }];
    const releases = [aRevision({ objects }), aRevision({ objects, revision: 2, status: "superseded" })];
    const evidence = someEvidence({ ...BARE, definitions: someEvidence().definitions, releases });
    expect(
      scanEvidence(evidence, { target: "1.25" }).findings.filter(({ path }) => path.startsWith("release")),
    ).toEqual([]);
  });

  it("refuses a target that it knows nothing of", () => {
    expect(() => scanEvidence(someEvidence(), { target: "1.99" })).toThrow("nothing is known of Kubernetes 1.99");
  });
});
