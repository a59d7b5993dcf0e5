import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { componentNames } from "../../lib/domain/third-party-api";
import { Project } from "./a-project";

const CRON = `# nightly
apiVersion: batch/v1beta1
kind: CronJob
metadata: { name: report }
`;
const CONVERTED = CRON.replace("v1beta1", "v1");
const PSP = "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: { name: strict }\n";
const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";
const LEFT =
  'PodSecurityPolicy "strict": left in policy/v1beta1, which Kubernetes 1.35 does not serve: nothing is served in its place: take it out ' +
  "(No API replacement: use Pod Security Admission (namespace labels) or an admission policy engine)";
const TABLE = "(API table of 2026-11-24)";
const TARGET = ["--target", "1.35"];

describe("tandem convert", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  function run(...argv: string[]) {
    return project.run(["convert", ...argv]);
  }

  it("shows a diff and writes nothing", async () => {
    project.write("k8s/report.yaml", CRON);
    expect(await run("k8s", ...TARGET)).toEqual({
      code: 0,
      stdout: `--- a/k8s/report.yaml
+++ b/k8s/report.yaml
@@ -1,4 +1,4 @@
 # nightly
-apiVersion: batch/v1beta1
+apiVersion: batch/v1
 kind: CronJob
 metadata: { name: report }
`,
      stderr: `k8s/report.yaml:2:1: CronJob "report": converted from batch/v1beta1 to batch/v1
Kubernetes 1.35: 1 object converted, 0 left, 0 unchanged in 1 file ${TABLE}
nothing is written yet; add --write to change the files
`,
    });
    expect(project.read("k8s/report.yaml")).toBe(CRON);
  });

  it("names a review without a name by its kind", async () => {
    project.write("review.yaml", "apiVersion: authentication.k8s.io/v1beta1\nkind: TokenReview\nspec: { token: t }\n");
    expect(
      (await run("review.yaml", ...TARGET, "--write")).stderr,
    ).toBe(`review.yaml:1:1: TokenReview: converted from authentication.k8s.io/v1beta1 to authentication.k8s.io/v1
Kubernetes 1.35: 1 object converted, 0 left, 0 unchanged in 1 file ${TABLE}
`);
  });

  it("changes the files with --write, and once only", async () => {
    project.write("k8s/report.yaml", CRON);
    project.write("k8s/web.yaml", SERVICE);
    expect(await run("k8s", ...TARGET, "--write")).toEqual({
      code: 0,
      stdout: "",
      stderr: `k8s/report.yaml:2:1: CronJob "report": converted from batch/v1beta1 to batch/v1
Kubernetes 1.35: 1 object converted, 0 left, 1 unchanged in 2 files ${TABLE}
`,
    });
    expect(project.read("k8s/report.yaml")).toBe(CONVERTED);
    expect(project.files("k8s")).toEqual(["report.yaml", "web.yaml"]);
    expect(await run("k8s", ...TARGET, "--write")).toEqual({
      code: 0,
      stdout: "",
      stderr: `Kubernetes 1.35: 0 objects converted, 0 left, 2 unchanged in 2 files ${TABLE}\n`,
    });
  });

  it("leaves what needs a decision, converts the rest, and fails", async () => {
    project.write(
      "all.yaml",
      `${CRON}---\n${PSP}---\nkind: {{ .kind }}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a }\n`,
    );
    expect(await run("all.yaml", ...TARGET, "--write")).toEqual({
      code: 1,
      stdout: "",
      stderr: `all.yaml:2:1: CronJob "report": converted from batch/v1beta1 to batch/v1
all.yaml:6:1: ${LEFT}
all.yaml:10:8: error: an unrendered template ({{ .kind }}): render the chart first ("helm template") and give its output
Kubernetes 1.35: 1 object converted, 1 left, 0 unchanged, 1 custom resource not judged, 1 unreadable in 1 file ${TABLE}
`,
    });
    expect(project.read("all.yaml").startsWith(`${CONVERTED}---\n${PSP}`)).toBe(true);
  });

  it("does not fail for what is only deprecated", async () => {
    project.write("a.yaml", "apiVersion: v1\nkind: Endpoints\nmetadata: { name: a }\n");
    const { code, stderr } = await run("a.yaml", ...TARGET);
    expect(code).toBe(0);
    expect(stderr).toBe(
      `a.yaml:1:1: Endpoints "a": left in v1, which Kubernetes 1.35 deprecates: no safe way from v1 to EndpointSlice of discovery.k8s.io/v1 is known: rewrite it by hand
Kubernetes 1.35: 0 objects converted, 1 left, 0 unchanged in 1 file ${TABLE}
`,
    );
  });

  it("converts stdin to stdout", async () => {
    const { code, stdout, stderr } = await project.run(
      ["convert", "-", ...TARGET],
      {},
      false,
      Buffer.from(`${CRON}---\n${PSP}`),
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: `${CONVERTED}---\n${PSP}`,
      stderr: `stdin:2:1: CronJob "report": converted from batch/v1beta1 to batch/v1
stdin:6:1: ${LEFT}
Kubernetes 1.35: 1 object converted, 1 left, 0 unchanged in 1 file ${TABLE}
`,
    });
  });

  it("lists for programs", async () => {
    project.write("a.yaml", `${CRON}---\n${PSP}---\nweb\n`);
    const { code, stdout, stderr } = await run("a.yaml", ...TARGET, "--format", "json", "--write");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      target: "1.35",
      dataHorizon: { table: "kubernetes-apis", retrieved: "2026-11-24", covers: { from: "1.8", to: "1.37" } },
      scanned: { files: 1, unchanged: 0, custom: 0, notManifests: 0, unreadable: 1 },
      converted: [
        {
          subject: { apiVersion: "batch/v1beta1", kind: "CronJob", name: "report" },
          location: { file: "a.yaml", line: 2, column: 1 },
          to: { apiVersion: "batch/v1", kind: "CronJob" },
          notes: [],
        },
      ],
      left: [
        {
          subject: { apiVersion: "policy/v1beta1", kind: "PodSecurityPolicy", name: "strict" },
          location: { file: "a.yaml", line: 6, column: 1 },
          reason: LEFT.split("does not serve: ")[1],
          served: false,
          server: "Kubernetes 1.35",
        },
      ],
      unreadable: [
        {
          message:
            'expected a Kubernetes object, got "web": a manifest is a mapping with apiVersion, kind and metadata',
          location: { file: "a.yaml", line: 10, column: 1 },
        },
      ],
      written: ["a.yaml"],
    });
  });

  it("knows the IngressClasses among the manifests and those that are given", async () => {
    const ingress = (name: string) =>
      `apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata:\n  name: ${name}\n  annotations: {a: b, kubernetes.io/ingress.class: ${name}}\nspec: {}\n`;
    project.write("a.yaml", `${ingress("alb")}---\n${ingress("nginx")}---\n${ingress("other")}`);
    project.write("class.yaml", "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: alb }\n");
    await run(".", ...TARGET, "--write", "--ingress-class", "nginx");
    expect(project.read("a.yaml").match(/ingressClassName: \w+|kubernetes.io\/ingress.class: \w+/g)).toEqual([
      "ingressClassName: alb",
      "ingressClassName: nginx",
      "kubernetes.io/ingress.class: other",
    ]);
  });

  it("judges custom resources by the component that is given", async () => {
    project.write("a.yaml", "apiVersion: cert-manager.io/v1alpha2\nkind: Issuer\nmetadata: { name: a }\n");
    expect((await run("a.yaml", ...TARGET)).stderr).toBe(
      `Kubernetes 1.35: 0 objects converted, 0 left, 0 unchanged, 1 custom resource not judged in 1 file ${TABLE}\n`,
    );
    const { code, stderr } = await run("a.yaml", ...TARGET, "--component", "cert-manager=v1.17.2", "--write");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `a.yaml:1:1: Issuer "a": converted from cert-manager.io/v1alpha2 to cert-manager.io/v1
Kubernetes 1.35: 1 object converted, 0 left, 0 unchanged in 1 file ${TABLE}
`,
    });
  });

  it("takes each YAML and JSON file of a folder once, and nothing that is not meant", async () => {
    for (const file of [
      "b.yml",
      "a/c.yaml",
      "a/d.json",
      "a/notes.txt",
      ".git/x.yaml",
      "node_modules/y.yaml",
      "loose",
    ]) {
      project.write(file, CRON);
    }
    project.write("a/d.json", { apiVersion: "batch/v1beta1", kind: "CronJob", metadata: { name: "json" } });
    fs.symlinkSync(project.folder, path.join(project.folder, "a/loop"));
    fs.symlinkSync("c.yaml", path.join(project.folder, "a/again.yaml"));
    fs.symlinkSync("nowhere", path.join(project.folder, "a/broken.yaml"));
    const { stderr } = await run(".", "a", "./loose", ...TARGET, "--write");
    expect(stderr.split("\n").map((line) => line.split(":")[0])).toEqual([
      "a/again.yaml",
      "a/d.json",
      "b.yml",
      "loose",
      "a/broken.yaml",
      "Kubernetes 1.35",
      "",
    ]);
    expect(stderr).toContain("a/broken.yaml:1:1: error: there is no such file: put it right, or leave it out\n");
    expect(fs.lstatSync(path.join(project.folder, "a/again.yaml")).isSymbolicLink()).toBe(true);
    expect(project.read("a/c.yaml")).toBe(CONVERTED);
  });

  it("passes over what is no manifest in a folder, says so, and takes it for one where it is named", async () => {
    project.write("k8s/a.yaml", CONVERTED);
    project.write("k8s/values.yaml", "replicas: 2\n---\n- a\n");
    project.write("k8s/package.json", { name: "web" });
    project.write("k8s/tsconfig.json", '{\n  // see: there\n  "compilerOptions": {},\n}\n');
    project.write("k8s/empty.yaml", "");
    expect(await run("k8s", ...TARGET)).toEqual({
      code: 0,
      stdout: "",
      stderr: `Kubernetes 1.35: 0 objects converted, 0 left, 1 unchanged, 5 documents passed over as no manifest in 5 files ${TABLE}\n`,
    });
    const named = await run("k8s", "k8s/values.yaml", ...TARGET);
    expect([named.code, named.stderr.split("\n")]).toEqual([
      1,
      [
        "k8s/values.yaml:1:1: error: neither apiVersion nor kind: no Kubernetes object; write both, or leave the file out if it is not meant as a manifest",
        'k8s/values.yaml:3:1: error: expected a Kubernetes object, got a sequence of 1: separate objects with "---", or put them under "items" of a v1 List',
        `Kubernetes 1.35: 0 objects converted, 0 left, 1 unchanged, 2 unreadable, 3 documents passed over as no manifest in 5 files ${TABLE}`,
        "",
      ],
    ]);
  });

  it.each([
    ["a kind and no apiVersion", "kind: Deployment\napiVersion:\n"],
    ["a template", '{{ include "web" . }}\n'],
    ["what is no YAML", "a: [1\n"],
  ])("does not pass over %s", async (_, text) => {
    project.write("k8s/a.yaml", text);
    const { code, stderr } = await run("k8s", ...TARGET);
    expect(code).toBe(1);
    expect(stderr).toContain("1 unreadable in 1 file");
  });

  it("does not touch what is no UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from(CRON), Buffer.from([0xff, 0xfe])]);
    fs.writeFileSync(path.join(project.folder, "a.yaml"), bytes);
    expect(await run("a.yaml", ...TARGET, "--write")).toEqual({
      code: 1,
      stdout: "",
      stderr: `a.yaml:1:1: error: no UTF-8 text: save it as UTF-8, or leave it out if it is no manifest
Kubernetes 1.35: 0 objects converted, 0 left, 0 unchanged, 1 unreadable in 1 file ${TABLE}
`,
    });
    expect(fs.readFileSync(path.join(project.folder, "a.yaml"))).toEqual(bytes);
  });

  it.each([
    ["a binary file", Buffer.from("apiVersion: v1\0\n")],
    ["UTF-16", Buffer.from(CRON, "utf16le")],
  ])("does not touch %s", async (_, bytes) => {
    fs.writeFileSync(path.join(project.folder, "a.yaml"), bytes);
    const { code, stderr } = await run("a.yaml", ...TARGET, "--write");
    expect([code, stderr.split("\n")[0]]).toEqual([
      1,
      "a.yaml:1:1: error: no UTF-8 text: save it as UTF-8, or leave it out if it is no manifest",
    ]);
    expect(fs.readFileSync(path.join(project.folder, "a.yaml"))).toEqual(bytes);
  });

  it("does not wait for what is named like a manifest and is none", async () => {
    project.write("k8s/a.yaml", CRON);
    execFileSync("mkfifo", [path.join(project.folder, "k8s/pipe.yaml")]);
    const { code, stderr } = await run("k8s", ...TARGET, "--write");
    expect([code, stderr]).toEqual([
      1,
      `k8s/a.yaml:2:1: CronJob "report": converted from batch/v1beta1 to batch/v1
k8s/pipe.yaml:1:1: error: no regular file: put it right, or leave it out
Kubernetes 1.35: 1 object converted, 0 left, 0 unchanged, 1 unreadable in 2 files ${TABLE}
`,
    ]);
  });

  it("shows a diff on a terminal that obeys nothing in it, and pipes it as it is", async () => {
    const text = `${CRON}# \u001b[2Jgone\r\n`;
    project.write("a\nb.yaml", text);
    const argv = ["convert", ".", ...TARGET];
    const [shown, piped] = [await project.run(argv, {}, true), await project.run(argv)];
    expect(shown.stdout).toContain("\n # \\u{1b}[2Jgone\r\n");
    expect(piped.stdout).toContain("\n # \u001b[2Jgone\r\n");
    expect(piped.stdout.split("\n").slice(0, 2)).toEqual(['--- "a/a\\012b.yaml"', '+++ "b/a\\012b.yaml"']);
  });

  it("lets no name from a manifest reach the terminal", async () => {
    project.write("a.yaml", 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: "\\e[2J" }\n');
    const { stderr } = await run("a.yaml", ...TARGET);
    expect(stderr).not.toContain("\u001b");
  });

  it.each<[string[], string]>([
    [[], "tandem convert: no files given; name files or folders, or - for stdin; see tandem convert --help"],
    [["a.yaml"], "tandem convert: no target given; write --target and a Kubernetes version; see tandem convert --help"],
    [
      ["a.yaml", "--target", "1.99"],
      "nothing is known of Kubernetes 1.99: the API table covers 1.8 to 1.37; choose a target within it, or update eks-tandem",
    ],
    [["missing.yaml", ...TARGET], "cannot read missing.yaml: there is no such file; check the path"],
    [["empty", ...TARGET], "tandem convert: no .yaml, .yml or .json file in empty; check the path"],
    [
      ["a.yaml", ...TARGET, "--component", "cert-manager"],
      'tandem convert: --component expects a name and a version such as cert-manager=1.17.2, got "cert-manager"',
    ],
    [
      ["a.yaml", ...TARGET, "--component", "certmanager=1.17.2"],
      `tandem convert: unknown component "certmanager"; did you mean cert-manager?; the components are ${componentNames().join(", ")}`,
    ],
    [
      ["a.yaml", ...TARGET, "--component", "cert-manager=latest"],
      'tandem convert: nothing is known of cert-manager "latest": the table covers 0.6.0 to 1.21.0; choose a version within it, or update eks-tandem',
    ],
    [
      ["-", "a.yaml", ...TARGET],
      "tandem convert: - stands for stdin and takes no files beside it; see tandem convert --help",
    ],
    [
      ["-", ...TARGET, "--write"],
      "tandem convert: --write changes files, and stdin is none; what was converted goes to stdout anyway; see tandem convert --help",
    ],
    [
      ["-", ...TARGET, "--format", "json"],
      "tandem convert: --format json and what was converted from stdin would both go to stdout; see tandem convert --help",
    ],
  ])("refuses %j", async (argv, problem) => {
    fs.mkdirSync(path.join(project.folder, "empty"));
    expect(await run(...argv)).toEqual({ code: 2, stdout: "", stderr: `tandem: ${problem}\n` });
  });
});
