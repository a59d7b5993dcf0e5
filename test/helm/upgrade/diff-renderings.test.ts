import type { ObjectChange } from "../../../lib/domain/chart-diff";
import { diffRenderings } from "../../../lib/helm/upgrade/diff-renderings";

const RELEASE = { namespace: "store", applyCrds: "helm show crds web" };

function diff(before: string, after: string): ObjectChange[] {
  return diffRenderings(before, after, RELEASE);
}

/** A document as helm prints it. */
function from(template: string, object: string): string {
  return `---\n# Source: ${template}\n${object.trim()}\n`;
}

interface Parts {
  readonly apiVersion?: string;
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

/** A document that a template gives, as JSON, which is YAML. */
function object(kind: string, parts: Parts = {}, template = "web/templates/a.yaml"): string {
  const { apiVersion = "v1", metadata, ...others } = parts;
  return from(template, JSON.stringify({ apiVersion, kind, metadata: { name: "a", ...metadata }, ...others }));
}

/** What happens to the one object that changes, without what it is. */
function fate(before: string, after: string) {
  const [change, ...others] = diff(before, after);
  expect(others).toEqual([]);
  if (!change) return undefined;
  const { apiVersion, kind, namespace, name, template, ...rest } = change;
  return rest;
}

describe("what is the same", () => {
  test.each<[string, string, string]>([
    ["order, comments, quotes", "data: { a: x, b: 'z' }", '# why\ndata:\n  b: z\n  a: "x"'],
    ["null and nothing", "data: { a: x, b: null }", "data: { a: x }"],
    ["no labels and none", "metadata: { name: a, labels: {} }", "metadata: { name: a }"],
    ["the release's namespace, stated", "metadata: { name: a, namespace: store }", "metadata: { name: a }"],
  ])("%s", (_, before, after) => {
    const whole = (part: string) =>
      `apiVersion: v1\nkind: ConfigMap\n${part}${part.includes("name: a") ? "" : "\nmetadata: { name: a }"}`;
    expect(diff(from("web/templates/a.yaml", whole(before)), from("web/templates/a.yaml", whole(after)))).toEqual([]);
  });

  test("another template, another order of objects, or a List", () => {
    const [a, b] = [object("ConfigMap"), object("Secret", {}, "web/templates/b.yaml")];
    const list = from(
      "web/templates/c.yaml",
      JSON.stringify({
        apiVersion: "v1",
        kind: "List",
        items: [{ apiVersion: "v1", kind: "Secret", metadata: { name: "a" } }],
      }),
    );
    expect(diff(a + b, list + object("ConfigMap", {}, "web/templates/z.yaml"))).toEqual([]);
  });
});

describe("one object", () => {
  test("is told with its template and its fields", () => {
    const [before, after] = ["x", "y"].map((a) =>
      object("ConfigMap", { metadata: { namespace: "shop" }, data: { a } }),
    );
    expect(diff(`${before}`, `${after}`)).toEqual([
      {
        change: "changed",
        apiVersion: "v1",
        kind: "ConfigMap",
        namespace: "shop",
        name: "a",
        template: "web/templates/a.yaml",
        fields: [{ path: "data.a", from: "x", to: "y" }],
      },
    ]);
  });

  test("is the same in another version of its API, and in another group that Kubernetes moved it to", () => {
    expect(
      fate(
        object("Ingress", { apiVersion: "extensions/v1beta1" }),
        object("Ingress", { apiVersion: "networking.k8s.io/v1" }),
      ),
    ).toEqual({
      change: "changed",
      fields: [{ path: "apiVersion", from: "extensions/v1beta1", to: "networking.k8s.io/v1" }],
    });
  });

  test("is another one in another group, namespace, or under another name", () => {
    const before = object("Service") + object("ConfigMap") + object("Secret");
    const after =
      object("Service", { apiVersion: "serving.knative.dev/v1" }) +
      object("ConfigMap", { metadata: { namespace: "other" } }) +
      object("Secret", { metadata: { name: "b" } });
    expect(diff(before, after).map(({ change, kind, name }) => `${kind} ${name} ${change}`)).toEqual([
      "ConfigMap a deleted",
      "ConfigMap a added",
      "Secret a deleted",
      "Secret b added",
      "Service a added",
      "Service a deleted",
    ]);
  });

  test.each<[string, string, string, object]>([
    ["added", "", object("ConfigMap"), { change: "added" }],
    ["deleted", object("ConfigMap"), "", { change: "deleted" }],
    [
      "kept",
      object("ConfigMap", { metadata: { annotations: { "helm.sh/resource-policy": "keep" } } }),
      "",
      { change: "left-behind", why: "helm.sh/resource-policy: keep" },
    ],
    [
      "a CustomResourceDefinition among the templates",
      object("CustomResourceDefinition", { apiVersion: "apiextensions.k8s.io/v1" }, "web/templates/crds/a.yaml"),
      "",
      { change: "deleted", why: "with it goes every object that it defines" },
    ],
  ])("%s", (_, before, after, expected) => expect(fate(before, after)).toEqual(expected));
});

describe("crds/", () => {
  const crd = (scope: string, template = "web/crds/a.yaml") =>
    object("CustomResourceDefinition", { apiVersion: "apiextensions.k8s.io/v1", spec: { scope } }, template);
  const left = { change: "left-behind" };
  const why = {
    changed: "left as it is: Helm never upgrades crds/",
    added: "not added: Helm installs crds/ only together with a new release",
    deleted: "crds/ is never upgraded or deleted by Helm",
  };
  const command = "helm show crds web";

  test.each<[string, string, string, object]>([
    [
      "that changes",
      crd("Cluster"),
      crd("Namespaced"),
      { ...left, why: why.changed, command, fields: [{ path: "spec.scope", from: "Cluster", to: "Namespaced" }] },
    ],
    ["that is new", "", crd("Cluster"), { ...left, why: why.added, command }],
    ["that goes", crd("Cluster"), "", { ...left, why: why.deleted }],
    ["a subchart's", "", crd("Cluster", "web/charts/db/crds/a.yaml"), { ...left, why: why.added, command }],
    ["a folder of templates of that name", "", crd("Cluster", "web/templates/crds/a.yaml"), { change: "added" }],
    [
      "that moves to the templates",
      crd("Cluster"),
      crd("Cluster", "web/templates/a.yaml"),
      {
        change: "added",
        blocks: true,
        why: "is in the cluster already, where it came from crds/ without Helm's ownership labels: the upgrade fails unless it takes it over",
        remedy: "run this one upgrade with --take-ownership (take_ownership of helm_release)",
      },
    ],
    [
      "that moves there from the templates",
      crd("Cluster", "web/templates/a.yaml"),
      crd("Cluster"),
      { change: "deleted", why: "moves to crds/, and with it goes every object that it defines" },
    ],
  ])("one %s", (_, before, after, expected) => expect(fate(before, after)).toEqual(expected));

  test("a file of many: only its first document has helm's line", () => {
    const second = crd("Cluster")
      .replace("# Source: web/crds/a.yaml\n", "# Source: hack/generate.go\n")
      .replace('"a"', '"b"');
    const changes = diff("", from("web/crds/a.yaml", "") + crd("Cluster").replace(/^.*\n.*\n/, "---\n") + second);
    expect(changes.map(({ name, change, template }) => [name, change, template])).toEqual([
      ["a", "left-behind", "web/crds/a.yaml"],
      ["b", "left-behind", "web/crds/a.yaml"],
    ]);
  });
});

describe("a hook", () => {
  const hook = (when: string, image: string, policy?: string) =>
    object("Job", {
      apiVersion: "batch/v1",
      metadata: { annotations: { "helm.sh/hook": when, ...(policy && { "helm.sh/hook-delete-policy": policy }) } },
      spec: { template: { image } },
    });
  const job = object("Job", { apiVersion: "batch/v1", spec: { template: { image: "a" } } });
  const left = { change: "left-behind", hook: "pre-upgrade", why: "hook: Helm does not track it" };

  test.each<[string, string, string, object]>([
    [
      "changes without a word on immutable fields: Helm makes it anew",
      hook("pre-upgrade", "a"),
      hook("pre-upgrade", "b"),
      { change: "changed", hook: "pre-upgrade", fields: [{ path: "spec.template.image", from: "a", to: "b" }] },
    ],
    ["is added", "", hook("pre-upgrade", "a"), { change: "added", hook: "pre-upgrade" }],
    ["is left behind", hook("pre-upgrade", "a"), "", left],
    ["is left behind by the default policy", hook("pre-upgrade", "a", "before-hook-creation"), "", left],
    [
      "that cleans up after itself",
      hook("pre-upgrade", "a", "before-hook-creation,hook-succeeded"),
      "",
      { change: "deleted", hook: "pre-upgrade", why: "hook: it runs no more" },
    ],
    [
      "that runs when the release goes was never there",
      hook("pre-delete", "a"),
      "",
      { change: "deleted", hook: "pre-delete", why: "hook: it runs no more" },
    ],
    ["that was an object of the release", job, hook("post-upgrade", "a"), { change: "deleted", why: "becomes a hook" }],
    [
      "that becomes an object of the release",
      hook("pre-upgrade", "a"),
      job,
      {
        change: "added",
        blocks: true,
        why: "is in the cluster already, where a hook made it without Helm's ownership labels: the upgrade fails unless it takes it over",
        remedy: "run this one upgrade with --take-ownership (take_ownership of helm_release)",
      },
    ],
    ["that becomes one and is gone by then", hook("pre-upgrade", "a", "hook-succeeded"), job, { change: "added" }],
  ])("%s", (_, before, after, expected) => expect(fate(before, after)).toEqual(expected));
});

describe("fields that the API server refuses to change", () => {
  type Case = [string, string, Parts, Parts, string | undefined];
  const claims = (storage: string, label: string) => ({
    spec: { serviceName: "a", volumeClaimTemplates: [{ metadata: { labels: { "helm.sh/chart": label } }, storage }] },
  });

  test.each<Case>([
    ["Deployment", "apps/v1", { spec: { selector: { a: 1 } } }, { spec: { selector: { a: 2 } } }, "spec.selector is"],
    ["DaemonSet", "apps/v1", { spec: { selector: { a: 1 } } }, { spec: { selector: { a: 2 } } }, "spec.selector is"],
    ["Deployment", "apps/v1", { spec: { replicas: 1 } }, { spec: { replicas: 2 } }, undefined],
    ["StatefulSet", "apps/v1", claims("1Gi", "a"), claims("2Gi", "a"), "spec.volumeClaimTemplates is"],
    ["StatefulSet", "apps/v1", claims("1Gi", "a"), claims("1Gi", "b"), "spec.volumeClaimTemplates is"],
    [
      "StatefulSet",
      "apps/v1",
      claims("1Gi", "a"),
      { spec: { serviceName: "b" } },
      "spec.serviceName and spec.volumeClaimTemplates are",
    ],
    [
      "StatefulSet",
      "apps/v1",
      { spec: { replicas: 1, template: 1, updateStrategy: {} } },
      { spec: { replicas: 2, template: 2, minReadySeconds: 1, podManagementPolicy: "OrderedReady" } },
      undefined,
    ],
    ["Job", "batch/v1", { spec: { template: { a: 1 } } }, { spec: { template: { a: 2 } } }, "spec.template is"],
    ["Job", "batch/v1", { spec: { parallelism: 1 } }, { spec: { parallelism: 2 } }, undefined],
    ["CronJob", "batch/v1", { spec: { jobTemplate: 1 } }, { spec: { jobTemplate: 2 } }, undefined],
    ["Service", "v1", { spec: { clusterIP: "10.0.0.1" } }, { spec: { clusterIP: "10.0.0.2" } }, "spec.clusterIP is"],
    ["Service", "v1", { spec: { clusterIP: "None" } }, { spec: {} }, undefined],
    ["ConfigMap", "v1", { data: { a: "1" } }, { data: { a: "2" } }, undefined],
    ["ConfigMap", "v1", { immutable: true, data: { a: "1" } }, { immutable: true, data: { a: "2" } }, "data is"],
    ["Secret", "v1", { immutable: true, data: {} }, { data: {} }, "immutable is"],
    ["Secret", "v1", { type: "Opaque" }, { type: "kubernetes.io/tls" }, "type is"],
    ["Secret", "v1", {}, { type: "Opaque" }, undefined],
    [
      "RoleBinding",
      "rbac.authorization.k8s.io/v1",
      { roleRef: { name: "x" } },
      { roleRef: { name: "y" } },
      "roleRef is",
    ],
    [
      "PersistentVolumeClaim",
      "v1",
      { spec: { accessModes: ["x"] } },
      { spec: { accessModes: ["y"] } },
      "spec.accessModes is",
    ],
    ["PersistentVolumeClaim", "v1", { spec: { resources: 1 } }, { spec: { resources: 2 } }, undefined],
    [
      "StorageClass",
      "storage.k8s.io/v1",
      { parameters: { type: "gp2" } },
      { parameters: { type: "gp3" } },
      "parameters is",
    ],
    ["StorageClass", "storage.k8s.io/v1", {}, { reclaimPolicy: "Delete" }, undefined],
  ])("%s of %s: %j to %j", (kind, apiVersion, before, after, refused) => {
    const change = fate(object(kind, { apiVersion, ...before }), object(kind, { apiVersion, ...after }));
    expect(change?.why).toBe(refused && `${refused} immutable: the upgrade fails unless the object is deleted first`);
    expect(change?.blocks).toBe(refused && true);
    expect(change?.change).toBe("changed");
  });

  const immediately = "right before the upgrade";

  test.each<[string, string, Parts, string, string]>([
    [
      "StatefulSet",
      "apps/v1",
      { spec: { serviceName: "b" } },
      "kubectl delete statefulset a --namespace store --cascade=orphan",
      `${immediately}; its pods and volumes stay`,
    ],
    [
      "StatefulSet",
      "apps/v1",
      { spec: { selector: {} } },
      "kubectl delete statefulset a --namespace store",
      `${immediately}; its pods are away until the new ones run, its volumes stay`,
    ],
    ["Job", "batch/v1", { spec: { template: {} } }, "kubectl delete job a --namespace store", immediately],
    [
      "ClusterRoleBinding",
      "rbac.authorization.k8s.io/v1",
      { roleRef: {} },
      "kubectl delete clusterrolebinding a",
      immediately,
    ],
    [
      "PersistentVolumeClaim",
      "v1",
      { metadata: { namespace: "it's" }, spec: { volumeName: "x" } },
      "kubectl delete persistentvolumeclaim a --namespace 'it'\\''s'",
      `${immediately}, after a backup: its data goes with it unless the volume's reclaim policy is Retain`,
    ],
  ])("%s of %s with %j has a way out", (kind, apiVersion, { metadata = {}, ...after }, command, remedy) => {
    const [before, now] = [object(kind, { apiVersion, metadata }), object(kind, { apiVersion, metadata, ...after })];
    expect(fate(before, now)).toMatchObject({ command, remedy });
  });
});

describe("labels that change with any version", () => {
  const labelled = (version: string, image = "a", kind = "Deployment") => {
    const labels = {
      "helm.sh/chart": `web-${version}`,
      "app.kubernetes.io/version": version,
      chart: version,
      app: "web",
    };
    const annotations = { "checksum/config": version };
    return object(kind, {
      apiVersion: kind === "Job" ? "batch/v1" : "apps/v1",
      metadata: { labels },
      spec: { template: { metadata: { labels, annotations }, spec: { image } } },
    });
  };
  const labels = ["app.kubernetes.io/version", "chart", "checksum/config", "helm.sh/chart"];

  test("are told apart, and that pods are replaced for them alone", () => {
    expect(fate(labelled("1"), labelled("2"))).toEqual({
      change: "changed",
      replacesPods: true,
      labels,
      onlyLabels: true,
    });
  });

  test("do not hide what else changes", () => {
    expect(fate(labelled("1"), labelled("2", "b"))).toEqual({
      change: "changed",
      replacesPods: true,
      fields: [{ path: "spec.template.spec.image", from: "a", to: "b" }],
      labels,
    });
  });

  test("still block a Job", () => {
    expect(fate(labelled("1", "a", "Job"), labelled("2", "a", "Job"))).toMatchObject({ blocks: true, labels });
    expect(fate(labelled("1", "a", "Job"), labelled("2", "a", "Job"))).not.toHaveProperty("onlyLabels");
  });

  test("are no such labels in a selector", () => {
    const selecting = (chart: string) => object("Service", { spec: { selector: { "helm.sh/chart": chart } } });
    expect(fate(selecting("a"), selecting("b"))?.fields).toEqual([
      { path: 'spec.selector["helm.sh/chart"]', from: "a", to: "b" },
    ]);
  });
});

test("the pods of a workload with updateStrategy OnDelete stay", () => {
  const daemons = (image: string) =>
    object("DaemonSet", { apiVersion: "apps/v1", spec: { updateStrategy: { type: "OnDelete" }, template: { image } } });
  expect(fate(daemons("a"), daemons("b"))).not.toHaveProperty("replacesPods");
});

test("of a Secret nothing is shown but metadata and type", () => {
  const secret = (text: string, type: string) =>
    object("Secret", { metadata: { labels: { tier: text } }, type, data: { user: text }, stringData: { note: text } });
  expect(fate(secret("one", "a"), secret("two", "b"))?.fields).toEqual([
    { path: "metadata.labels.tier", from: "one", to: "two" },
    { path: "type", from: "a", to: "b" },
    { path: "data.user", from: "(redacted)", to: "(redacted)" },
    { path: "stringData.note", from: "(redacted)", to: "(redacted)" },
  ]);
});

describe("a document that cannot be read", () => {
  const broken = from("web/templates/broken.yaml", "a: [");

  test.each([
    ["before", broken, ""],
    ["after", "", broken],
  ])("%s the upgrade is an error that names its template", (when, before, after) => {
    expect(() => diff(before, after)).toThrow(
      new RegExp(`^what web/templates/broken.yaml renders ${when} the upgrade cannot be read: not YAML: `),
    );
  });

  test("says nothing of what stands in it", () => {
    const text = from(
      "web/templates/broken.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata:\n  a: 'hunter2",
    );
    expect(() => diff(text, "")).toThrow(expect.not.stringContaining("hunter2"));
  });
});
