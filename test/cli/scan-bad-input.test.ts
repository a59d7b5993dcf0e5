import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { main } from "../../lib/cli/main";
import { Project } from "./a-project";

const INGRESS = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: web }\n";
const SERVICE = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";
const REMOVED = 'Ingress "web" uses extensions/v1beta1, which Kubernetes 1.22 removed; the target is 1.35.';
const PLAN = { format_version: "2.0", terraform_version: "9.0.0", planned_values: { root_module: {} } };
const NEWER =
  'plan.json is JSON of Terraform in format "2.0"; 0.1 to 1.x can be read: update eks-tandem, or run terraform show -json with an older Terraform';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

/** Exit code, what was found, and what stderr says. */
async function scan(...argv: string[]) {
  const { code, stdout, stderr } = await project.run(["scan", ...argv, "--target", "1.35", "--format", "json"]);
  const findings: { location: { file: string }; severity: string; message: string }[] =
    stdout === "" ? [] : JSON.parse(stdout).findings;
  const found = findings.map(({ location, severity, message }) => `${location.file}: ${severity}: ${message}`);
  return { code, found, stderr };
}

/** Of a whole file, or of a document in it. */
function unreadable(file: string, why: string): string {
  const isWhole = /^(it is a binary|the file is empty|.* is JSON of Terraform)/.test(why);
  return `${file}: error: ${isWhole ? "" : "A document of "}${file} could not be read: ${why}.`;
}

const BINARY = "it is a binary file, or UTF-16 without a byte order mark";
const DEEP = "nested more than 200 levels deep, which no Kubernetes object is: flatten it";

it.each<[what: string, content: string | Buffer, message: string]>([
  ["a binary file", Buffer.from("\x7fELF\x02\x01\x01\0\0"), BINARY],
  ["UTF-16 without a byte order mark", Buffer.from(INGRESS, "utf16le"), BINARY],
  [
    "Latin-1",
    Buffer.from(`# caf\xe9\n${INGRESS}`, "latin1"),
    "bytes that are no UTF-8: save the file as UTF-8, or leave it out if it is no text",
  ],
  [
    "a template of Go",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}-web\n",
    'an unrendered template ({{ .Release.Name }}-web): render the chart first ("helm template") and give its output',
  ],
  ["10,000 levels of brackets", `${INGRESS}spec: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`, DEEP],
  ["100,000 brackets that nothing closes", "[".repeat(100_000), DEEP],
  [
    "aliases that expand to billions",
    `${INGRESS}a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join("")}`,
    "its aliases expand to more than 1000000 values: write out what is meant",
  ],
  ["an empty file", "", "the file is empty, so there is nothing to judge: write a manifest into it or leave it out"],
])("says that it cannot read %s", async (_, content, message) => {
  fs.writeFileSync(path.join(project.folder, "web.yaml"), content);
  expect(await scan("web.yaml")).toEqual({ code: 1, found: [unreadable("web.yaml", message)], stderr: "" });
});

it.each<[what: string, content: string | Buffer]>([
  ["UTF-16 with a byte order mark", Buffer.from(`\uFEFF${INGRESS}`, "utf16le")],
  ["UTF-16 of the other byte order", Buffer.from(`\uFEFF${INGRESS}`, "utf16le").swap16()],
  ["UTF-8 with a byte order mark", `\uFEFF${INGRESS}`],
  ["lines that end as on Windows", INGRESS.replaceAll("\n", "\r\n")],
])("reads %s", async (_, content) => {
  fs.writeFileSync(path.join(project.folder, "web.yaml"), content);
  expect(await scan("web.yaml")).toEqual({ code: 1, found: [`web.yaml: error: ${REMOVED}`], stderr: "" });
});

it("enters folders once whose links go round, and tells of links that lead nowhere", async () => {
  project.write("k8s/a/web.yaml", INGRESS);
  fs.symlinkSync("..", path.join(project.folder, "k8s/a/up"));
  fs.symlinkSync("nowhere", path.join(project.folder, "k8s/gone.yaml"));
  fs.symlinkSync("round.yaml", path.join(project.folder, "k8s/round.yaml"));
  const { code, found } = await scan("k8s");
  expect(code).toBe(1);
  expect(found.map((line) => line.split(": ")[0])).toEqual(["k8s/a/web.yaml", "k8s/gone.yaml", "k8s/round.yaml"]);
});

it("judges a file once, however often it is named", async () => {
  project.write("k8s/web.yaml", INGRESS);
  const { found } = await scan("k8s", "k8s/web.yaml", "./k8s/../k8s/web.yaml", "k8s/");
  expect(found).toEqual([`k8s/web.yaml: error: ${REMOVED}`]);
});

it("takes a file for meant that is named beside its folder", async () => {
  project.write("k8s/notes.yaml", "- just a list\n");
  expect((await scan("k8s")).code).toBe(0);
  expect((await scan("k8s", "k8s/notes.yaml")).code).toBe(1);
});

it("shows names from files without obeying them", async () => {
  const name = 'a\u001b[31m\n"b.yaml';
  fs.writeFileSync(path.join(project.folder, name), INGRESS.replace("web", '"\\e[31mred\\nline\\u202e"'));
  const { stdout } = await project.run(["scan", ".", "--target", "1.35"], {}, true);
  const ownColours = ["\u001b[1m", "\u001b[31m", "\u001b[0m"];
  const rest = ownColours.reduce((text, colour) => text.replaceAll(colour, ""), stdout);
  expect([rest.includes("\u001b"), rest.includes("red\nline"), rest.includes("\u202e")]).toEqual([false, false, false]);
  expect(stdout).toContain('a\\u{1b}[31m\\u{a}"b.yaml');
  expect(stdout).toContain('Ingress "\\u{1b}[31mred\\u{a}line\\u{202e}"');
});

it("takes what is named like an option after --", async () => {
  project.write("--help.yaml", SERVICE);
  const { code, stdout } = await project.run(["scan", "--target", "1.35", "--", "--help.yaml"]);
  expect([code, stdout.split("\n")[0]]).toEqual([0, "No findings for Kubernetes 1.35"]);
});

describe("a plan of a newer Terraform", () => {
  it("is an error where it is named", async () => {
    project.write("plan.json", PLAN);
    expect(await scan("plan.json")).toEqual({ code: 2, found: [], stderr: `tandem: ${NEWER}\n` });
  });

  it("is a finding in a folder, whose rest is judged", async () => {
    project.write("k8s/plan.json", PLAN);
    project.write("k8s/web.yaml", INGRESS);
    expect(await scan("k8s")).toEqual({
      code: 1,
      found: [unreadable("k8s/plan.json", `k8s/${NEWER}`), `k8s/web.yaml: error: ${REMOVED}`],
      stderr: "",
    });
  });

  it("is read while only the minor version of its format is newer", async () => {
    project.write("plan.json", { ...PLAN, format_version: "1.99" });
    expect(await scan("plan.json")).toEqual({ code: 0, found: [], stderr: "" });
  });
});

it.each([
  [
    "a plan",
    '{"format_version":"1.2","x":"',
    "tandem: stdin is a Terraform plan or state of more than 256 MiB, which is more than is read at once: leave out what is not looked at " +
      "(terraform show -json PLAN | jq '{format_version, planned_values, values}'), or plan in parts with -target\n",
  ],
  [
    "evidence",
    '{"tandem":"cluster-evidence","x":"',
    "tandem: stdin is evidence of a cluster of more than 256 MiB, which is more than is read at once: judge the cluster live\n",
  ],
])("stops reading %s from stdin that is beyond what can be read at once", async (_, beginning, message) => {
  const piece = Buffer.alloc(16 << 20, "x");
  let given = 0;
  async function* endless() {
    yield Buffer.from(beginning);
    for (; given < 100; given += 1) yield piece;
  }
  let stderr = "";
  const io = {
    stdin: Readable.from(endless()),
    stdout: { write: () => true },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
    cwd: project.folder,
  };
  expect([await main(["scan", "-", "--target", "1.35"], io), stderr]).toEqual([2, message]);
  expect(given).toBeLessThan(20);
});

it("says that a chart's archive breaks off", async () => {
  const archive = gzipSync(Buffer.alloc(10_000, "x")).subarray(0, 20);
  fs.writeFileSync(path.join(project.folder, "web-1.0.0.tgz"), archive);
  expect(await scan("web-1.0.0.tgz")).toEqual({
    code: 1,
    found: [
      "web-1.0.0.tgz: error: chart web-1.0.0.tgz was not rendered for Kubernetes 1.35, so that nothing in it was judged: the archive of " +
        "web-1.0.0.tgz is refused: it is no gzip archive (unexpected end of file); no chart that Helm packaged is like this: look at where " +
        "it comes from before you use it. Correct it, or leave it out.",
    ],
    stderr: "",
  });
});

describe("tells at once that there is nothing to do", () => {
  it.each<[what: string, files: Record<string, string>, argv: string[], message: string]>([
    [
      "in an empty folder",
      { "k8s/notes.txt": "" },
      ["k8s"],
      "nothing was scanned: no .yaml, .yml, .json or .tgz in k8s; name the files, or let --include find them",
    ],
    [
      "with a kustomization alone",
      { "prod/kustomization.yaml": "resources: [../base]\n" },
      ["prod"],
      "nothing was scanned: a kustomization tells what to build and is no manifest: kustomize build prod | tandem scan - --target 1.35",
    ],
    [
      "with a path of nothing",
      {},
      [""],
      "an argument is empty; is it a variable that is not set? See tandem scan --help",
    ],
    [
      "for values without a chart",
      { "web.yaml": SERVICE, "values.yaml": "a: 1\n" },
      ["web.yaml", "--values", "values.yaml"],
      "--values is for charts, and there is none; name the chart's folder or its archive, or leave --values out",
    ],
  ])("%s", async (_, files, argv, message) => {
    for (const [file, content] of Object.entries(files)) project.write(file, content);
    expect(await scan(...argv)).toEqual({ code: 2, found: [], stderr: `tandem: tandem scan: ${message}\n` });
  });

  it("and finds that stdin is empty", async () => {
    const message = "the file is empty, so there is nothing to judge: write a manifest into it or leave it out";
    expect(await scan("-")).toEqual({ code: 1, found: [unreadable("stdin", message)], stderr: "" });
  });
});
