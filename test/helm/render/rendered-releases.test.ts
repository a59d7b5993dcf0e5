import * as fs from "node:fs";
import * as path from "node:path";
import type { Chart, Release } from "../../../lib/domain/model";
import { digestOfFiles, readChartFolder } from "../../../lib/helm/chart/chart-folder";
import { chartId, writeLock } from "../../../lib/helm/lock/lock-file";
import { aModelOf, aModelOfTwins, someManifests } from "../../../lib/testing/build-model";
import { ChartProject, clusterIn, described, objectsOf, releaseIn } from "../chart-project";
import { testHelms } from "../helms";

const PSP = "policy/v1beta1 PodSecurityPolicy web";
const CONFIG = "v1 ConfigMap web";

let project: ChartProject;
const start = (program?: string) => {
  project = new ChartProject(program);
};
afterEach(() => project.remove());

/** A model whose clusters all have these releases. */
const twins = (staging: string | null, production: string | null, ...releases: Release[]) =>
  aModelOfTwins({ both: { releases }, staging: { version: staging }, production: { version: production } });
const alone = (version: string | null, ...releases: Release[]) => aModelOf({ version, releases });

describe.each(testHelms)("releases rendered by helm $version", ({ program }) => {
  beforeEach(() => start(program));

  it("are rendered for the cluster's version, the next one, and the one that the older twin still runs", () => {
    const web = described("web", project.copied("psp-below-1-25"));
    const model = project.rendered(twins("1.25", "1.24", web));
    const [staging, production] = [releaseIn(model, "web"), releaseIn(model, "web", "prod-aws1")];
    expect(staging.renderings?.map(({ at, kubernetes }) => `${at} ${kubernetes}`)).toEqual([
      "current 1.25",
      "next 1.26",
      "before 1.24",
    ]);
    expect(production.renderings?.map(({ at, kubernetes }) => `${at} ${kubernetes}`)).toEqual([
      "current 1.24",
      "next 1.25",
    ]);
    expect(objectsOf(production)).toEqual([PSP, CONFIG]);
    expect(objectsOf(staging)).toEqual([CONFIG]);
  });

  it("hold of other versions only what is not the same", () => {
    const web = described("web", project.copied("psp-below-1-25"));
    const model = project.rendered(twins("1.25", "1.24", web));
    const [current, next, before] = releaseIn(model, "web").renderings ?? [];
    const template = "psp-below-1-25/templates/psp.yaml";
    const psp = { apiVersion: "policy/v1beta1", kind: "PodSecurityPolicy", name: "web", template };
    expect(current).not.toHaveProperty("gone");
    expect(next).toEqual({ at: "next", kubernetes: "1.26", documents: 1, objects: [], gone: [], unreadable: [] });
    expect(before).toEqual({ ...next, at: "before", kubernetes: "1.24", documents: 2, objects: [psp] });
    expect(releaseIn(model, "web", "prod-aws1").renderings?.[1]).toEqual({
      ...next,
      kubernetes: "1.25",
      gone: ["policy/v1beta1 PodSecurityPolicy  web"],
    });
  });

  it("tell the chart which APIs a cluster serves by our table, and not by what helm's client knows", () => {
    const web = described("web", project.copied("by-capabilities"));
    const model = project.rendered(twins("1.22", "1.18", web));
    // Kubernetes 1.18 has NetworkPolicy in networking.k8s.io/v1, so that the chart's question about Ingress is answered with yes.
    expect(objectsOf(releaseIn(model, "web", "prod-aws1"))).toEqual([
      "policy/v1beta1 PodDisruptionBudget web",
      "networking.k8s.io/v1 Ingress web",
    ]);
    expect(objectsOf(releaseIn(model, "web"))).toEqual([
      "policy/v1 PodDisruptionBudget web",
      "networking.k8s.io/v1 Ingress web",
    ]);
  });

  it("do not tell a chart of an API that helm's client has and the cluster has lost", () => {
    const template = `{{ if .Capabilities.APIVersions.Has "policy/v1beta1" }}apiVersion: policy/v1beta1{{ else }}apiVersion: policy/v1{{ end }}
kind: PodDisruptionBudget
metadata: {name: web}
`;
    const web = described("web", project.local("web", { "templates/pdb.yaml": template }));
    expect(objectsOf(releaseIn(project.rendered(alone("1.36", web)), "web"))).toEqual([
      "policy/v1 PodDisruptionBudget web",
    ]);
    expect(objectsOf(releaseIn(project.rendered(alone("1.24", web)), "web"))).toEqual([
      "policy/v1beta1 PodDisruptionBudget web",
    ]);
  });

  it("include hooks, tests, subcharts that are on, and crds/, each with its template", () => {
    const chart = project.locked("umbrella");
    project.values.full = { cache: { enabled: true } };
    const model = project.rendered(alone("1.35", described("web", chart), described("full", chart)));
    const facts = ({ renderings = [] }: Release) =>
      renderings[0]?.objects.map(({ kind, name, template }) => `${kind} ${name} ${template}`);
    const web = [
      "CustomResourceDefinition widgets.umbrella.example.com umbrella/crds/widgets.yaml",
      "PersistentVolumeClaim web-data umbrella/templates/claim.yaml",
      "Service web-queue umbrella/charts/queue/templates/service.yaml",
      "Deployment web umbrella/templates/deployment.yaml",
      "Pod web-answers umbrella/templates/tests/answers.yaml",
      "Job web-migrate umbrella/templates/migrate.yaml",
    ];
    expect(facts(releaseIn(model, "web"))).toEqual(web);
    expect(facts(releaseIn(model, "full"))?.filter((line) => line.startsWith("Service"))).toEqual([
      "Service full-cache umbrella/charts/cache/templates/service.yaml",
      "Service full-queue umbrella/charts/queue/templates/service.yaml",
    ]);
    expect(releaseIn(model, "web").renderings?.[0]?.objects[0]?.defines).toEqual({
      group: "umbrella.example.com",
      kind: "Widget",
      versions: [
        { name: "v1alpha1", served: false },
        { name: "v1", served: true },
      ],
    });
    expect(releaseIn(model, "web").contents).toMatchObject({
      version: "2.0.0",
      appVersion: "3.1.0",
      kubeVersion: ">=1.25.0-0",
      crds: [{ name: "widgets.umbrella.example.com", hash: expect.stringMatching(/^sha256:/) }],
    });
  });

  it("see the custom resources that other charts define: in crds/, and by templates", () => {
    const releases = (name: string) => [
      described("asks", project.copied("asks-for-things")),
      described(name, project.copied("operator")),
    ];
    project.values.gadgeteer = { gadgets: { enabled: true } };
    const withGadgets = project.rendered(alone("1.35", ...releases("gadgeteer")));
    expect(objectsOf(releaseIn(withGadgets, "asks"))).toEqual([
      "example.com/v2 Gadget asks",
      "example.com/v1 Part asks",
      "example.com/v1 Thing asks",
    ]);
    const without = project.rendered(alone("1.35", ...releases("operator")));
    expect(objectsOf(releaseIn(without, "asks"))).toEqual(["example.com/v1 Part asks", "example.com/v1 Thing asks"]);
    expect(objectsOf(releaseIn(without, "asks"), "next")).toEqual([]);
  });

  it("see those that manifests of the same cluster define, and not those of another cluster", () => {
    const defines = { group: "example.com", kind: "Thing", versions: [{ name: "v1", served: true }] };
    const objects = [
      { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name: "x", hash: "", defines },
    ];
    const model = aModelOfTwins({
      both: { releases: [described("asks", project.copied("asks-for-things"))] },
      staging: { manifests: [someManifests({ objects })] },
    });
    const rendered = project.rendered(model);
    expect(objectsOf(releaseIn(rendered, "asks"))).toEqual(["example.com/v1 Thing asks"]);
    expect(objectsOf(releaseIn(rendered, "asks", "prod-aws1"))).toEqual([]);
  });

  it("see those that a chart defines only because another chart does", () => {
    const defining = (kind: string, needs: string) => {
      const crd = {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `${kind.toLowerCase()}s.example.com` },
        spec: { group: "example.com", names: { kind }, versions: [{ name: "v1", served: true }] },
      };
      const template = `{{ if .Capabilities.APIVersions.Has "${needs}" }}${JSON.stringify(crd)}{{ end }}`;
      return described(kind.toLowerCase(), project.local(kind.toLowerCase(), { "templates/crd.yaml": template }));
    };
    const chain = [defining("C", "example.com/v1/B"), defining("B", "example.com/v1/A"), defining("A", "apps/v1")];
    const model = project.rendered(alone("1.35", ...chain));
    for (const kind of ["A", "B", "C"])
      expect(objectsOf(releaseIn(model, kind.toLowerCase()))).toEqual([
        `apiextensions.k8s.io/v1 CustomResourceDefinition ${kind.toLowerCase()}s.example.com`,
      ]);
    expect(releaseIn(model, "c").renderings?.map(({ documents }) => documents)).toEqual([1, 1]);
  });

  it("are the same whatever the order of releases and clusters, and however often", () => {
    const releases = [
      described("asks", project.copied("asks-for-things")),
      described("operator", project.copied("operator")),
      described("web", project.locked("umbrella")),
    ];
    const model = twins("1.36", "1.35", ...releases);
    const backwards = {
      ...model,
      clusters: [...model.clusters]
        .reverse()
        .map((cluster) => ({ ...cluster, releases: [...cluster.releases].reverse() })),
    };
    const cold = { TANDEM_CACHE: project.path("other-cache") };
    const [first, second] = [project.rendered(model), project.rendered(backwards, cold)];
    for (const name of ["stage-aws1", "prod-aws1"])
      expect([...clusterIn(second, name).releases].reverse()).toEqual(clusterIn(first, name).releases);
    expect(JSON.stringify(project.rendered(model))).toBe(JSON.stringify(first));
  });
});

describe("which versions are rendered", () => {
  beforeEach(() => start());
  const versions = (staging: string | null, production: string | null) => {
    const model = twins(staging, production, described("web", project.copied("deprecated")));
    return releaseIn(project.rendered(model), "web").renderings?.map(({ at, kubernetes }) => `${at} ${kubernetes}`);
  };

  it.each<[string, string | null, string | null, string[] | undefined]>([
    ["no next one beyond the table of APIs", "1.37", "1.37", ["current 1.37"]],
    ["none before where the twin is ahead", "1.35", "1.36", ["current 1.35", "next 1.36"]],
    ["the one before although it is further back", "1.36", "1.34", ["current 1.36", "next 1.37", "before 1.34"]],
    ["none before where nobody knows the twin's", "1.36", null, ["current 1.36", "next 1.37"]],
    ["none at all where nobody knows the cluster's", null, "1.36", undefined],
    ["none at all where the cluster's is no version", "banana", "1.36", undefined],
  ])("%s", (_what, staging, production, expected) => {
    expect(versions(staging, production)).toEqual(expected);
  });

  it("what the chart says is told also where nobody knows the cluster's version", () => {
    const model = project.rendered(alone(null, described("web", project.copied("deprecated"))));
    expect(releaseIn(model, "web")).toMatchObject({ contents: { version: "1.0.0", deprecated: true } });
    expect(project.calls()).toEqual([]);
  });
});

describe("what is rendered", () => {
  beforeEach(() => start());
  const lockAndRenderings = (chart: Chart) => {
    const { lock, contents, renderings } = releaseIn(project.rendered(alone("1.36", described("web", chart))), "web");
    return { lock, isRead: contents !== undefined, at: renderings?.map(({ at }) => at) };
  };
  const rendered = { isRead: true, at: ["current", "next"] };
  const nothing = { isRead: false, at: undefined };

  it("is a local chart as it is, in a project without a lock file", () => {
    expect(lockAndRenderings(project.copied("deprecated"))).toEqual({
      lock: { state: "unlocked-folder" },
      ...rendered,
    });
  });

  it("is a chart whose archive is the locked one", () => {
    const chart = project.locked("deprecated");
    expect(lockAndRenderings(chart)).toEqual({
      lock: {
        state: "locked",
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        archive: expect.stringMatching(/^\.tandem\/charts\/deprecated-1\.0\.0\.[0-9a-f]{12}\.tgz$/),
      },
      ...rendered,
    });
  });

  it.each<[string, (chart: Chart, archive: string) => Chart | undefined, object]>([
    [
      "an archive that is another",
      (_chart, archive) => void fs.appendFileSync(archive, "x"),
      { state: "digest-mismatch", found: expect.stringMatching(/^sha256:/) },
    ],
    ["an archive that is not there", (_chart, archive) => void fs.rmSync(archive), { state: "no-archive" }],
    [
      "a version that is not locked",
      (chart) => ({ ...chart, version: "9.9.9" }) as Chart,
      { state: "not-locked", others: ["1.0.0"] },
    ],
  ])("is nothing of %s", (_what, change, lock) => {
    const chart = project.locked("deprecated");
    const folder = project.path(".tandem/charts");
    const changed = change(chart, path.join(folder, fs.readdirSync(folder)[0] ?? "")) ?? chart;
    expect(lockAndRenderings(changed)).toEqual({ lock: expect.objectContaining(lock), ...nothing });
    expect(project.calls()).toEqual([]);
  });

  it("is a local chart as it was locked, and nothing of it once it is another", () => {
    const chart = project.copied("deprecated");
    const { source, name } = chartId(chart);
    project.lockedArchive("other", "1.0.0", Buffer.from("x"));
    expect(lockAndRenderings(chart)).toEqual({ lock: { state: "not-locked", others: [] }, ...nothing });
    const digest = digestOfFiles(readChartFolder(project.path("charts/deprecated")));
    const locked = { digest, archive: "charts/deprecated" };
    writeLock(project.folder, { schemaVersion: 1, charts: [{ source, name, version: "1.0.0", digest }], versions: [] });
    expect(lockAndRenderings(chart)).toEqual({ lock: { state: "locked", ...locked }, ...rendered });
    project.write("charts/deprecated/values.yaml", "greeting: other");
    const found = expect.stringMatching(/^sha256:/);
    expect(lockAndRenderings(chart)).toEqual({ lock: { state: "digest-mismatch", ...locked, found }, ...nothing });
  });

  it("is nothing of a chart that is to be downloaded, in a project without a lock file", () => {
    const chart = {
      source: "oci",
      reference: "oci://registry.example.com/web",
      name: "web",
      version: "1.0.0",
    } as const;
    expect(lockAndRenderings(chart)).toEqual({ lock: { state: "no-lock-file" }, ...nothing });
  });

  it("is nothing for a version that the chart's kubeVersion excludes, and no failure", () => {
    const chart = project.local("web", { "templates/x.yaml": "" }, { kubeVersion: ">=1.36.0-0" });
    const model = project.rendered(twins("1.36", "1.35", described("web", chart)));
    expect(releaseIn(model, "web").renderings?.map(({ at }) => at)).toEqual(["current", "next"]);
    expect(releaseIn(model, "web", "prod-aws1").renderings?.map(({ at }) => at)).toEqual(["next"]);
    const older = project.rendered(alone("1.30", described("web", chart)));
    expect(releaseIn(older, "web")).toMatchObject({ renderings: [], contents: { kubeVersion: ">=1.36.0-0" } });
  });

  it("is the chart with the release's name, namespace and values", () => {
    const template = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-{{ .Values.tag }}
  namespace: {{ .Release.Namespace }}
`;
    project.values.web = { tag: "a{b},c" };
    const chart = project.local("web", { "templates/x.yaml": template, "values.yaml": "tag: default" });
    const { renderings } = releaseIn(project.rendered(alone("1.36", described("web", chart))), "web");
    expect(renderings?.[0]?.objects).toEqual([
      { apiVersion: "v1", kind: "ConfigMap", namespace: "apps", name: "web-a{b},c", template: "web/templates/x.yaml" },
    ]);
  });

  it("is nothing in a model without releases: no file is read", () => {
    project.write("tandem.lock.json", "damaged");
    const model = aModelOf();
    expect(project.rendered(model)).toBe(model);
    expect(() => project.rendered(alone("1.36", described("web", project.copied("deprecated"))))).toThrow(
      "tandem.lock.json is no lock of eks-tandem",
    );
  });
});
