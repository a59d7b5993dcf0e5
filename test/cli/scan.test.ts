import * as fs from "node:fs";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { formatEvidence } from "../../lib/cluster/evidence-file";
import { someEvidence } from "../cluster/some-evidence";
import { testHelms } from "../helm/helms";
import { Project } from "./a-project";

const INGRESS = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata:\n  name: web\n";
const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web-app\n";
const CRONJOB = "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata:\n  name: nightly\n";

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

const scan = (...argv: string[]) => project.run(["scan", ...argv]);

/** Findings of a report in JSON, as `file:line:column severity rule`. */
function places(stdout: string): string[] {
  const { findings } = JSON.parse(stdout) as {
    findings: { rule: string; severity: string; location: { file: string; line: number; column: number } }[];
  };
  return findings.map(
    ({ rule, severity, location: { file, line, column } }) => `${file}:${line}:${column} ${severity} ${rule}`,
  );
}

async function placesOf(...argv: string[]): Promise<string[]> {
  return places((await scan(...argv, "--target", "1.35", "--format", "json")).stdout);
}

describe("the report", () => {
  it("is what other programs read, where they are asked for: annotations, code scanning and test results in one run", async () => {
    project.write("web.yaml", `${SERVICE}---\n${INGRESS}`);
    const formats = ["--format", "github,sarif,junit"];
    const outputs = ["-", "web.sarif", "web.xml"].flatMap((file) => ["--output", file]);
    const { code, stdout } = await scan("web.yaml", "--target", "1.35", ...formats, ...outputs);
    expect(code).toBe(1);
    expect(stdout.replace(/::Ingress.*/, "")).toBe(
      "::error file=web.yaml,line=6,col=1,title=removed-api%3A web.yaml\neks-tandem: 1 error, 0 warnings, 0 notes, 0 acknowledged\n",
    );
    const [{ results }] = JSON.parse(project.read("web.sarif")).runs;
    expect(results).toHaveLength(1);
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "web.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 6, startColumn: 1 },
    });
    expect(project.read("web.xml")).toContain(
      '<testcase classname="removed-api" name="web.yaml" file="web.yaml" line="6">',
    );
  });

  it("is text by default: findings by file and line, the rules, and what was looked at", async () => {
    project.write("k8s/web.yaml", `${SERVICE}---\n${INGRESS}---\n${CRONJOB}`);
    project.write("k8s/values.yaml", "replicas: 2\n");
    const { code, stdout, stderr } = await scan("k8s", "--target", "1.35");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout.replace(/data of[\s\S]*/, "")).toBe(`k8s/values.yaml
  1:1  note  unreadable-manifest
      A document of k8s/values.yaml was taken for no Kubernetes manifest: neither apiVersion nor
      kind: no Kubernetes object; write both, or leave the file out if it is not meant as a
      manifest.
      fix: Nothing, if it is none. Name the file itself, and what cannot be judged in it is an
           error.

k8s/web.yaml
  6:1  error  removed-api
      Ingress "web" uses extensions/v1beta1, which Kubernetes 1.22 removed; the target is 1.35.
      fix: Use networking.k8s.io/v1, which 1.35 serves.
  11:1  error  removed-api
      CronJob "nightly" uses batch/v1beta1, which Kubernetes 1.25 removed; the target is 1.35.
      fix: Use batch/v1, which 1.35 serves.

removed-api: An object uses an API that the cluster's Kubernetes version no longer serves.
  https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules/removed-api.md
unreadable-manifest: A manifest could not be read, so that nothing in it has been judged.
  https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules/unreadable-manifest.md

2 errors, 0 warnings, 1 note for Kubernetes 1.35
scanned: 2 files, 4 documents, 3 Kubernetes objects, by 9 rules
not judged: 0 unreadable documents, 0 custom resources, 1 document that is no manifest
`);
    expect(stdout).toMatch(/\ndata of \d{4}-\d\d-\d\d: field-changes/);
  });

  it("says plainly that nothing was found", async () => {
    project.write("web.yaml", SERVICE);
    const { code, stdout } = await scan("web.yaml", "--target", "1.35", "--target-from", "1.33");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^No findings for Kubernetes 1.35, coming from 1.33\nscanned: 1 file, 1 document, 1 Kubernetes object, by 9 rules\n/,
    );
  });

  it("is JSON for programs", async () => {
    project.write("web.yaml", INGRESS);
    const { code, stdout } = await scan("web.yaml", "--target", "1.35", "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      target: "1.35",
      dataHorizon: expect.arrayContaining([expect.objectContaining({ table: "kubernetes-apis" })]),
      scanned: { files: 1, documents: 1, objects: 1, unreadable: 0, notManifests: 0, notJudged: 0 },
      summary: { errors: 1, warnings: 0, notes: 0 },
      findings: [
        {
          rule: "removed-api",
          severity: "error",
          message: 'Ingress "web" uses extensions/v1beta1, which Kubernetes 1.22 removed; the target is 1.35.',
          remedy: "Use networking.k8s.io/v1, which 1.35 serves.",
          docsUrl: "https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules/removed-api.md",
          subject: { apiVersion: "extensions/v1beta1", kind: "Ingress", name: "web" },
          location: { file: "web.yaml", line: 1, column: 1 },
          deprecatedIn: "1.14",
          removedIn: "1.22",
          replacement: { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
        },
      ],
    });
  });

  it("is JSON also where there is nothing to find", async () => {
    project.write("web.yaml", SERVICE);
    const { stdout } = await scan("web.yaml", "--target", "1.35", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], summary: { errors: 0 } });
  });

  it("goes into a file too, in another form", async () => {
    project.write("web.yaml", INGRESS);
    const { stdout } = await scan(
      ...["web.yaml", "--target", "1.35", "--format", "text,json", "--output", "-", "--output", "out/report.json"],
    );
    expect(stdout).toContain("1 error, 0 warnings, 0 notes for Kubernetes 1.35\n");
    expect(places(project.read("out/report.json"))).toEqual(["web.yaml:1:1 error removed-api"]);
  });

  it("shows no character that a terminal obeys", async () => {
    project.write("web.yaml", INGRESS.replace("name: web", 'name: "web\\e[31m"'));
    for (const format of ["text", "json"]) {
      const { stdout } = await scan("web.yaml", "--target", "1.35", "--format", format);
      expect(stdout).not.toContain("\u001b");
      expect(stdout).toContain("[31m");
    }
  });
});

describe("the exit code", () => {
  it.each([
    ["error", 0],
    ["warning", 1],
    ["note", 1],
  ])("follows --fail-on %s for a warning", async (failOn, code) => {
    project.write("widget.yaml", "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: lever\n");
    expect(await scan("widget.yaml", "--target", "1.35", "--fail-on", failOn)).toMatchObject({ code });
  });

  it.each<[string, string[], string]>([
    [
      "no target",
      ["web.yaml"],
      "tandem scan: for which version? name the Kubernetes minor version to judge for: --target 1.35",
    ],
    [
      "a target beyond the tables",
      ["web.yaml", "--target", "1.99"],
      "nothing is known of Kubernetes 1.99: the API table covers 1.8 to 1.37; choose a target within it, or update eks-tandem",
    ],
    [
      "a target that is no minor version",
      ["web.yaml", "--target", "1.35.2"],
      'expected a Kubernetes minor version such as "1.33", got "1.35.2": EKS manages patch releases; write "1.35"',
    ],
    [
      "nothing to scan",
      ["--target", "1.35"],
      "tandem scan: nothing to scan: name files or folders, - for stdin, or --cluster; see tandem scan --help",
    ],
    ["a path that is not there", ["gone.yaml", "--target", "1.35"], "cannot scan gone.yaml: there is no such file"],
    [
      "links that go round",
      ["round.yaml", "--target", "1.35"],
      "cannot scan round.yaml: its symbolic links go round in a circle",
    ],
    [
      "a folder without anything",
      ["empty", "--target", "1.35"],
      "tandem scan: nothing was scanned: no .yaml, .yml, .json or .tgz in empty; name the files, or let --include find them",
    ],
    [
      "an option of --cluster alone",
      ["web.yaml", "--target", "1.35", "--context", "prod"],
      "tandem scan: --context says more of --cluster, which is not given; give both or neither",
    ],
    [
      "values that are not there",
      ["chart", "--target", "1.35", "--values", "gone.yaml"],
      "values cannot be read from gone.yaml: there is no such file",
    ],
  ])("is 2 for %s", async (_, argv, message) => {
    project.write("web.yaml", SERVICE);
    project.write("empty/README.md", "nothing");
    project.write("chart/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    fs.symlinkSync("round.yaml", path.join(project.folder, "round.yaml"));
    expect(await scan(...argv)).toEqual({ code: 2, stdout: "", stderr: `tandem: ${message}\n` });
  });
});

describe("folders", () => {
  it("are looked through at any depth, for what may hold manifests, but not in .git and node_modules", async () => {
    for (const file of ["b/c/d.yml", "a.yaml", ".hidden/e.json", "node_modules/x.yaml", ".git/x.yaml", "x.txt"]) {
      project.write(file, file.endsWith(".json") ? { apiVersion: "v1", kind: "Pod", metadata: {} } : INGRESS);
    }
    expect(await placesOf(".")).toEqual([
      ".hidden/e.json:1:2 error unreadable-manifest",
      "a.yaml:1:1 error removed-api",
      "b/c/d.yml:1:1 error removed-api",
    ]);
  });

  it("are looked through for more, or for less, where that is asked for", async () => {
    for (const file of ["a.tpl", "k8s/b.yaml", "k8s/test/c.yaml", "x/manifests/d"]) project.write(file, INGRESS);
    expect(await placesOf(".", "--include", "*.tpl", "--include", "**/manifests/*", "--exclude", "**/test")).toEqual([
      "a.tpl:1:1 error removed-api",
      "k8s/b.yaml:1:1 error removed-api",
      "x/manifests/d:1:1 error removed-api",
    ]);
  });

  it("are entered once, wherever symbolic links lead", async () => {
    project.write("k8s/web.yaml", INGRESS);
    fs.symlinkSync("..", path.join(project.folder, "k8s/up"));
    fs.symlinkSync("k8s", path.join(project.folder, "also"));
    expect(await placesOf(".")).toEqual(["also/web.yaml:1:1 error removed-api"]);
  });

  it("with links to nothing say so and are scanned all the same", async () => {
    project.write("k8s/web.yaml", INGRESS);
    fs.symlinkSync("gone", path.join(project.folder, "k8s/dead.yaml"));
    expect(await placesOf("k8s")).toEqual([
      "k8s/dead.yaml:1:1 error unreadable-manifest",
      "k8s/web.yaml:1:1 error removed-api",
    ]);
  });

  it("may be named with a slash, absolutely, and beside files of any name", async () => {
    project.write("k8s/web.yaml", INGRESS);
    project.write("manifest", INGRESS);
    expect(await placesOf("k8s/", "manifest", path.join(project.folder, "k8s"))).toEqual([
      "k8s/web.yaml:1:1 error removed-api",
      "manifest:1:1 error removed-api",
    ]);
  });
});

describe("what is piped in", () => {
  const piped = (pieces: readonly string[], ...argv: string[]) =>
    project.run(["scan", "-", "--target", "1.35", "--format", "json", ...argv], {}, false, pieces);

  it("is scanned like a file, wherever it is cut", async () => {
    const { code, stdout } = await piped([`${SERVICE}---\napiVers`, INGRESS.slice("apiVers".length)]);
    expect(code).toBe(1);
    expect(places(stdout)).toEqual(["stdin:6:1 error removed-api"]);
  });

  it("is an error where it is nothing: the program before the pipe has failed", async () => {
    const { code, stdout } = await piped([]);
    expect(code).toBe(1);
    expect(places(stdout)).toEqual(["stdin:1:1 error unreadable-manifest"]);
  });

  it("may be a Terraform plan, and may stand beside files", async () => {
    project.write("a.yaml", INGRESS);
    const manifest = { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget", metadata: { name: "web" } };
    const resource = {
      address: "kubernetes_manifest.web",
      mode: "managed",
      type: "kubernetes_manifest",
      provider_name: "registry.terraform.io/hashicorp/kubernetes",
      values: { manifest },
    };
    const plan = { format_version: "1.2", planned_values: { root_module: { resources: [resource] } } };
    const { stdout } = await piped([JSON.stringify(plan, null, 2)], "a.yaml");
    expect(places(stdout)).toEqual([
      "a.yaml:1:1 error removed-api",
      expect.stringMatching(/^stdin:\d+:\d+ error removed-api$/),
    ]);
  });
});

describe("files of other kinds", () => {
  it("are told from manifests: evidence of a cluster, gzip, kustomizations", async () => {
    project.write("seen.json", formatEvidence(someEvidence()));
    project.write("k8s/kustomization.yaml", "resources: [web.yaml]\n");
    project.write("k8s/web.yaml", SERVICE);
    fs.writeFileSync(path.join(project.folder, "web.yaml.gz"), gzipSync(INGRESS));
    const { code, stdout } = await scan("seen.json", "k8s", "web.yaml.gz", "--target", "1.35");
    expect(code).toBe(1);
    expect(stdout).toContain("      web.yaml.gz could not be read: it is compressed with gzip.\n");
    expect(stdout).toContain(
      "note: 1 kustomization was not built (k8s), their files were scanned as they are: kustomize build k8s\n      | tandem scan - --target 1.35\n",
    );
    expect(stdout).toContain("\nseen.json\n  1:1, cluster/prod  error  unreadable-manifest\n");
    expect(stdout).toContain("  1:1, cluster/prod/shop/Ingress/web (last-applied)  error  removed-api\n");
  });

  it("are rendered where they are charts", async () => {
    project.write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    project.write("charts/web/values.yaml", "api: extensions/v1beta1\n");
    project.write("charts/web/templates/ingress.yaml", INGRESS.replace("extensions/v1beta1", "{{ .Values.api }}"));
    project.write("good.yaml", "api: networking.k8s.io/v1\n");
    const env = { TANDEM_HELM: testHelms[0]?.program ?? "" };
    const { stdout } = await project.run(["scan", "charts", "--target", "1.35", "--format", "json"], env);
    expect(places(stdout)).toEqual(["charts/web/templates/ingress.yaml:1:1 error removed-api"]);
    expect(await project.run(["scan", "charts", "--target", "1.35", "--values", "good.yaml"], env)).toMatchObject({
      code: 0,
    });
  });
});
