import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type ApiServer, connect } from "../../lib/cluster/api-server";
import type { ClusterEvidence } from "../../lib/cluster/evidence";
import { type ObserveOptions, observeCluster, type Progress } from "../../lib/cluster/observe-cluster";
import { aCluster, applied, helmRecord, INGRESS_OF_OLD, PASSWORD, type RESOURCES, recordOf } from "./a-cluster";
import { writeKubeconfig } from "./a-kubeconfig";
import { TestApiServer, type TestCluster } from "./test-api-server";

const NOW = new Date("2026-11-25T08:00:00Z");

let folder: string;
let server: TestApiServer;
let asked: ApiServer | undefined;
/** Whether the server has something in no API that is not deprecated, so that there is no other to call. */
let mayCallDeprecated = false;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-cluster-"));
  mayCallDeprecated = false;
});

afterEach(async () => {
  asked?.close();
  await server.stop();
  fs.rmSync(folder, { recursive: true });
  if (!mayCallDeprecated) expect(server.deprecatedCalls).toEqual([]);
  expect(server.writes).toEqual([]);
});

async function reach(cluster: TestCluster): Promise<ApiServer> {
  server = await new TestApiServer(cluster).start();
  const kubeconfig = writeKubeconfig(folder, { prod: { server: `http://127.0.0.1:${server.port}` } });
  asked = await connect({ env: {}, kubeconfig, seconds: 5 });
  return asked;
}

async function observe(cluster: TestCluster, options: Partial<ObserveOptions> = {}): Promise<ClusterEvidence> {
  return observeCluster(await reach(cluster), { now: NOW, ...options });
}

/** What was listed, without the query. */
function lists(): string[] {
  return server.asked
    .map((url) => url.replace(/\?.*/, ""))
    .filter((url) => !/^\/(version|apis?)(\/[^/]+){0,2}$/.test(url) || /^\/api\/v1\//.test(url));
}

const subjects = ({ objects }: ClusterEvidence) =>
  objects.map(({ apiVersion, kind, name, evidence }) => `${kind} ${name} ${apiVersion} ${evidence.from}`);

describe("observeCluster", () => {
  it("tells how each object was written, asks only what it must, and in APIs that are not deprecated", async () => {
    const evidence = await observe(aCluster());
    expect(evidence).toEqual({
      tandem: "cluster-evidence",
      schemaVersion: 1,
      context: "prod",
      serverVersion: "v1.24.17-eks-99d6cc0",
      kubernetes: "1.24",
      observedAt: "2026-11-25T08:00:00.000Z",
      listed: [
        { resource: "customresourcedefinitions.apiextensions.k8s.io", through: "apiextensions.k8s.io/v1", objects: 1 },
        { resource: "deployments.apps", through: "apps/v1", objects: 1 },
        { resource: "backups.example.com", through: "example.com/v1", objects: 2 },
        { resource: "ingresses.networking.k8s.io", through: "networking.k8s.io/v1", objects: 3, unattributed: 1 },
        { resource: "poddisruptionbudgets.policy", through: "policy/v1", objects: 1 },
      ],
      notLookedAt: [],
      objects: [
        {
          apiVersion: "apiextensions.k8s.io/v1",
          kind: "CustomResourceDefinition",
          name: "backups.example.com",
          evidence: { from: "last-applied" },
        },
        {
          apiVersion: "apps/v1",
          kind: "Deployment",
          namespace: "shop",
          name: "web",
          evidence: { from: "last-applied" },
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
        {
          apiVersion: "extensions/v1beta1",
          kind: "Ingress",
          namespace: "shop",
          name: "web",
          evidence: { from: "last-applied" },
        },
        {
          apiVersion: "networking.k8s.io/v1",
          kind: "Ingress",
          namespace: "shop",
          name: "docs",
          evidence: { from: "managed-fields", manager: "helm", time: "2024-05-06T07:08:09Z" },
        },
        {
          apiVersion: "policy/v1beta1",
          kind: "PodDisruptionBudget",
          namespace: "shop",
          name: "web",
          evidence: { from: "managed-fields", manager: "Terraform", time: "2024-05-06T07:08:09Z" },
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
    });
    expect(lists().sort()).toEqual([
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      "/apis/apps/v1/deployments",
      "/apis/example.com/v1/backups",
      "/apis/networking.k8s.io/v1/ingresses",
      "/apis/policy/v1/poddisruptionbudgets",
    ]);
    expect(JSON.stringify(evidence)).not.toContain(PASSWORD);
  });

  it("sees the same of a server that tells what it serves a version at a time", async () => {
    const evidence = await observe(aCluster({ aggregated: false }));
    const again = await (async () => {
      await server.stop();
      return observe(aCluster({ aggregated: true }));
    })();
    expect(evidence).toEqual(again);
  });

  it("asks for metadata alone, 500 objects at a time, and for whole definitions 50 at a time", async () => {
    const objects = Array.from({ length: 1201 }, (_, index) =>
      applied("apps/v1", "Deployment", `web-${index}`, "shop"),
    );
    const deployments = {
      group: "apps",
      versions: [{ version: "v1" }],
      resource: "deployments",
      kind: "Deployment",
      objects,
    };
    const evidence = await observe(aCluster({}, deployments));
    expect(evidence.listed.find(({ resource }) => resource === "deployments.apps")?.objects).toBe(1201);
    expect(new Set(subjects(evidence)).size).toBe(1201 + 6);
    const pages = server.asked.filter((url) => url.startsWith("/apis/apps/v1/deployments"));
    expect(pages.map((url) => url.replace(/continue=.*/, "continue=…"))).toEqual([
      "/apis/apps/v1/deployments?limit=500",
      "/apis/apps/v1/deployments?limit=500&continue=…",
      "/apis/apps/v1/deployments?limit=500&continue=…",
    ]);
    expect(server.asked).toContain("/apis/apiextensions.k8s.io/v1/customresourcedefinitions?limit=50");
  });

  const many = (count: number) => ({
    group: "apps",
    versions: [{ version: "v1" }],
    resource: "deployments",
    kind: "Deployment",
    objects: Array.from({ length: count }, (_, index) => applied("apps/v1", "Deployment", `web-${index}`, "shop")),
  });

  it("begins a list anew when the server has forgotten where it was", async () => {
    const one = await reach(aCluster({}, many(600)));
    server.expired = 2;
    const evidence = await observeCluster(one, { now: NOW });
    expect(evidence.listed.find(({ resource }) => resource === "deployments.apps")?.objects).toBe(600);
    expect(evidence.notLookedAt).toEqual([]);
  });

  it("gives a list up that always expires, and says so", async () => {
    const one = await reach(aCluster({}, many(600)));
    server.expired = 100;
    const evidence = await observeCluster(one, { now: NOW });
    expect(evidence.notLookedAt).toEqual([
      { what: "deployments.apps", why: "the list expired 3 times before it was read (410 Gone)" },
    ]);
  });

  it("says what it was not allowed to list, each once, and looks at the rest", async () => {
    const one = await reach(aCluster());
    server.forbidden.add("ingresses.networking.k8s.io").add("customresourcedefinitions.apiextensions.k8s.io");
    const evidence = await observeCluster(one, { now: NOW });
    const why = (resource: string, group: string) =>
      `${resource}.${group} is forbidden: User "ci" cannot list resource "${resource}" in API group "${group}" at the cluster scope`;
    expect(evidence.notLookedAt).toEqual([
      {
        what: "customresourcedefinitions.apiextensions.k8s.io",
        why: why("customresourcedefinitions", "apiextensions.k8s.io"),
      },
      { what: "ingresses.networking.k8s.io", why: why("ingresses", "networking.k8s.io") },
    ]);
    expect(evidence.listed.map(({ resource }) => resource)).toEqual([
      "deployments.apps",
      "backups.example.com",
      "poddisruptionbudgets.policy",
    ]);
    // Nobody could tell which versions of Backup are deprecated.
    mayCallDeprecated = true;
    expect(server.deprecatedCalls).toEqual(["/apis/example.com/v1alpha1/backups"]);
  });

  it.each([
    [true, "the extension that serves it does not answer (kubectl get apiservices)"],
    [false, "the server is currently unable to handle the request"],
  ])("says which extension does not answer (discovery at once: %s)", async (aggregated, why) => {
    const evidence = await observe(aCluster({ aggregated, stale: ["metrics.k8s.io/v1beta1"] }));
    expect(evidence.notLookedAt).toEqual([{ what: "all of metrics.k8s.io/v1beta1", why }]);
  });

  it("asks in a deprecated API only where the server has no other, and says so", async () => {
    mayCallDeprecated = true;
    const evidence = await observe(
      aCluster(
        { gitVersion: "v1.20.15" },
        {
          group: "policy",
          versions: [{ version: "v1beta1" }],
          resource: "podsecuritypolicies",
          kind: "PodSecurityPolicy",
          objects: [applied("extensions/v1beta1", "PodSecurityPolicy", "restricted")],
        },
        {
          group: "policy",
          versions: [{ version: "v1beta1", deprecated: true }],
          resource: "poddisruptionbudgets",
          kind: "PodDisruptionBudget",
        },
        { group: "batch", versions: [{ version: "v1beta1" }], resource: "cronjobs", kind: "CronJob" },
        // The same objects as those of networking.k8s.io.
        {
          group: "extensions",
          versions: [{ version: "v1beta1", deprecated: true }],
          resource: "ingresses",
          kind: "Ingress",
        },
      ),
    );
    expect(evidence.listed.filter(({ resource }) => /policy|batch|ingresses/.test(resource))).toEqual([
      { resource: "cronjobs.batch", through: "batch/v1beta1", objects: 0 },
      { resource: "ingresses.networking.k8s.io", through: "networking.k8s.io/v1", objects: 3, unattributed: 1 },
      { resource: "poddisruptionbudgets.policy", through: "policy/v1beta1", objects: 0 },
      { resource: "podsecuritypolicies.policy", through: "policy/v1beta1", objects: 1 },
    ]);
    expect(server.deprecatedCalls).toEqual(["/apis/policy/v1beta1/poddisruptionbudgets"]);
  });

  it("tells of its progress after every list", async () => {
    const told: Progress[] = [];
    await observe(aCluster(), { onProgress: (progress) => told.push(progress) });
    expect(told.map(({ listed }) => listed)).toEqual([1, 2, 3, 4, 5]);
    expect(told.at(-1)).toEqual({ listed: 5, of: 5, objects: 8 });
  });

  it("fails when the server does not say what it serves", async () => {
    const one = await reach({ ...aCluster(), resources: [] });
    jest
      .spyOn(one, "get")
      .mockImplementation(async (path) =>
        path === "/version"
          ? { status: 200, body: { gitVersion: "v1.33.1" } }
          : { status: 403, body: { message: 'forbidden: User "system:anonymous" cannot get path "/api"' } },
      );
    await expect(observeCluster(one, { now: NOW })).rejects.toThrow(
      'the API server of context "prod" does not say what it serves: /api: forbidden: User "system:anonymous" cannot get path "/api"; ' +
        "whoever scans needs what the ClusterRole system:discovery grants (--print-rbac)",
    );
  });

  it("fails when what it asks is no API server", async () => {
    const one = await reach({ ...aCluster(), gitVersion: "nginx" });
    await expect(observeCluster(one, { now: NOW })).rejects.toThrow(
      'the API server of context "prod" does not tell its version: nginx; look whether the kubeconfig names an API server',
    );
  });
});

describe("observeCluster with helmReleases", () => {
  const secrets = (...objects: readonly object[]) =>
    ({ versions: [{ version: "v1" }], resource: "secrets", kind: "Secret", objects }) as (typeof RESOURCES)[number];
  const configMaps = (...objects: readonly object[]) =>
    ({
      versions: [{ version: "v1" }],
      resource: "configmaps",
      kind: "ConfigMap",
      objects,
    }) as (typeof RESOURCES)[number];
  const other = { type: "Opaque", metadata: { name: "db", namespace: "shop" }, data: { password: PASSWORD } };

  it("does not look at Secrets or ConfigMaps unless it is asked to", async () => {
    const evidence = await observe(aCluster({}, secrets(helmRecord("web", 1, "deployed", INGRESS_OF_OLD))));
    expect(evidence.releases).toBeUndefined();
    expect(lists().filter((url) => url.startsWith("/api/v1/"))).toEqual([]);
  });

  it("reads every revision, in Secrets and in ConfigMaps, and takes no values", async () => {
    const hook = { hooks: [{ name: "m", manifest: "apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\n" }] };
    const inConfigMap = helmRecord("docs", 1, "failed", "");
    const release = Buffer.from(String((inConfigMap.data as { release: string }).release), "base64").toString();
    const evidence = await observe(
      aCluster(
        {},
        secrets(
          other,
          helmRecord("web", 10, "deployed", INGRESS_OF_OLD, hook),
          helmRecord("web", 9, "superseded", "not: [yaml\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
        ),
        configMaps({ ...inConfigMap, data: { release } }),
      ),
      { helmReleases: true },
    );
    const chart = { name: "web", version: "1.2.3", appVersion: "4.5" };
    expect(evidence.releases).toEqual([
      {
        name: "docs",
        namespace: "shop",
        revision: 1,
        status: "failed",
        chart,
        storedIn: "ConfigMap",
        documents: 0,
        objects: [],
        unreadable: [],
      },
      {
        name: "web",
        namespace: "shop",
        revision: 9,
        status: "superseded",
        chart,
        storedIn: "Secret",
        documents: 2,
        objects: [{ apiVersion: "v1", kind: "Service", name: "web" }],
        unreadable: [expect.stringContaining("not YAML")],
      },
      {
        name: "web",
        namespace: "shop",
        revision: 10,
        status: "deployed",
        chart,
        storedIn: "Secret",
        documents: 2,
        objects: [
          { apiVersion: "networking.k8s.io/v1beta1", kind: "Ingress", name: "web" },
          { apiVersion: "batch/v1", kind: "Job", name: "migrate" },
        ],
        unreadable: [],
      },
    ]);
    expect(JSON.stringify(evidence)).not.toContain(PASSWORD);
    expect(evidence.notLookedAt).toEqual([]);
  });

  it("says what it could not read: damaged records, those of Helm 2, and what it may not list", async () => {
    const tiller = {
      metadata: { name: "old.v1", namespace: "kube-system", labels: { OWNER: "TILLER" } },
      data: { release: "x" },
    };
    const one = await reach(
      aCluster({}, secrets(recordOf("web", 1, "deployed", "H4sIAAAA")), configMaps(tiller, tiller)),
    );
    const evidence = await observeCluster(one, { now: NOW, helmReleases: true });
    expect(evidence.releases).toEqual([]);
    expect(evidence.notLookedAt).toEqual([
      {
        what: 'Secret "shop/sh.helm.release.v1.web.v1"',
        why: "this is no release that Helm stored: its gzip stops before its end; helm history shows whether helm itself can read it",
        remedy: "Restore it from a backup, or delete it where the release is gone.",
      },
      {
        what: "What Helm 2 keeps in 2 ConfigMaps",
        why: "Helm 2 wrote them, in a form of its own",
        remedy: "Migrate them with helm-2to3, or delete them where nobody uses them: Helm 2 ended in November 2020.",
      },
    ]);
    server.forbidden.add("secrets");
    expect((await observeCluster(one, { now: NOW, helmReleases: true })).notLookedAt[0]).toEqual({
      what: "Helm releases in Secrets",
      why: 'secrets is forbidden: User "ci" cannot list resource "secrets" in API group "" at the cluster scope',
    });
  });
});
