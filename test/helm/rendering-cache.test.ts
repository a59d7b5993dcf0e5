import * as fs from "node:fs";
import type { Model } from "../../lib/domain/model";
import { aModelOfTwins } from "../../lib/testing/build-model";
import { ChartProject, described, objectsOf, releaseIn } from "./chart-project";

let project: ChartProject;
beforeEach(() => {
  project = new ChartProject();
});
afterEach(() => project.remove());

/** Twins with a chart that asks for APIs, one that brings some, and one that does neither. */
function someTwins(staging = "1.36"): Model {
  const releases = [
    described("asks", project.copied("asks-for-things")),
    described("operator", project.copied("operator")),
    described("web", project.copied("umbrella")),
  ];
  return aModelOfTwins({ both: { version: "1.35", releases }, staging: { version: staging } });
}

/** The charts and versions that helm was run for. */
const rendered = () => project.calls().map((call) => call.replace(/^template /, ""));
const cachedAnswers = () =>
  fs
    .readdirSync(project.path("cache/charts"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"));

describe("renderings that are known", () => {
  it("run helm once for each release and version, however many clusters have it", () => {
    project.rendered(someTwins());
    // Both clusters are rendered for 1.35 and 1.36, staging for 1.37 too.
    expect(rendered()).toEqual(
      ["asks", "operator", "web"].flatMap((name) => ["1.35", "1.36", "1.37"].map((version) => `${name} v${version}`)),
    );
  });

  it("run no helm at all, and give the same byte for byte", () => {
    const cold = JSON.stringify(project.rendered(someTwins()));
    project.calls();
    const warm = JSON.stringify(project.rendered(someTwins()));
    expect(project.calls()).toEqual([]);
    expect(warm).toBe(cold);
  });

  it("need no helm program", () => {
    const cold = project.rendered(someTwins());
    expect(project.rendered(someTwins(), { PATH: "", TANDEM_HELM: undefined })).toEqual(cold);
    expect(project.said).toEqual([]);
  });

  it.each<[string, () => void, string[]]>([
    [
      "a release's values",
      () => Object.assign(project.values, { web: { replicas: 2 } }),
      ["web v1.35", "web v1.36", "web v1.37"],
    ],
    [
      "a chart's file",
      () => project.write("charts/umbrella/values.yaml", "image: {repository: a, tag: b}"),
      ["web v1.35", "web v1.36", "web v1.37"],
    ],
    [
      "what a chart that others ask for defines",
      () => Object.assign(project.values, { operator: { gadgets: { enabled: true } } }),
      ["asks v1.35", "asks v1.36", "asks v1.37", "operator v1.35", "operator v1.36", "operator v1.37"],
    ],
  ])("run helm for that alone which depends on %s", (_what, change, expected) => {
    const model = someTwins();
    project.rendered(model);
    project.calls();
    change();
    project.rendered(model);
    expect(rendered()).toEqual(expected);
  });

  it("run helm for a version that is new", () => {
    project.rendered(someTwins("1.35"));
    project.calls();
    project.rendered(someTwins("1.37"));
    expect(rendered()).toEqual(["asks v1.37", "operator v1.37", "web v1.37"]);
  });

  it("are rendered again when they failed", () => {
    const model = aModelOfTwins({ both: { version: "1.37", releases: [described("web", project.copied("broken"))] } });
    project.rendered(model);
    expect(rendered()).toEqual(["web v1.37"]);
    project.rendered(model);
    expect(rendered()).toEqual(["web v1.37"]);
    project.values.web = { name: "web" };
    expect(objectsOf(releaseIn(project.rendered(model), "web"))).toEqual(["v1 ConfigMap web"]);
  });

  it("are found again where half of one was left or damaged", () => {
    const cold = project.rendered(someTwins());
    project.calls();
    for (const file of cachedAnswers()) fs.writeFileSync(project.path("cache/charts", file), '{"objects": [');
    expect(project.rendered(someTwins())).toEqual(cold);
    expect(rendered()).toHaveLength(9);
  });

  it("are of use where the cache cannot be written", () => {
    project.write("cache/charts", "in the way");
    const model = project.rendered(someTwins());
    expect(objectsOf(releaseIn(model, "asks"))).toEqual(["example.com/v1 Part asks", "example.com/v1 Thing asks"]);
  });

  it("keep no value and nothing of objects but what the rules need", () => {
    const template = `apiVersion: v1
kind: Secret
metadata: {name: web, annotations: {a: {{ .Values.note }}}}
stringData: {password: {{ .Values.password }}}
`;
    project.values.web = { password: "hunter2-canary", note: "note-canary" };
    const releases = [described("web", project.local("web", { "templates/x.yaml": template }))];
    const model = project.rendered(aModelOfTwins({ both: { releases } }));
    const kept = cachedAnswers().map((file) => fs.readFileSync(project.path("cache/charts", file), "utf8"));
    expect(kept.filter((text) => text.includes("Secret"))).toHaveLength(2);
    expect(kept.join() + JSON.stringify(model)).not.toContain("canary");
  });

  it("leave no temporary files behind", () => {
    const { TMPDIR } = process.env;
    fs.mkdirSync(project.path("tmp"));
    process.env.TMPDIR = project.path("tmp");
    try {
      project.rendered(someTwins());
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
    expect(rendered()).toHaveLength(9);
    expect(fs.readdirSync(project.path("tmp"))).toEqual([]);
  });
});
