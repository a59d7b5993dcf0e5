import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ApiLifecycleValidation, type ApiLifecycleValidationProps, TandemError } from "eks-tandem";

const ROOT = path.resolve(__dirname, "../..");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "validation-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const FLOW_SCHEMA = "apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata:\n  name: ci\n";
const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.example.com}
spec: {group: example.com, names: {kind: Gadget}, versions: [{name: v1, served: true}]}
`;

/** What the plugin reports of manifests, as cdk8s-cli would show it. */
async function reported(texts: Readonly<Record<string, string>>, props: ApiLifecycleValidationProps) {
  const manifests = Object.entries(texts).map(([name, text]) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  });
  const lines: string[] = [];
  await new ApiLifecycleValidation(props).validate({
    manifests,
    report: {
      addViolation: ({ ruleName, recommendation, violatingResources }) => {
        lines.push(`${ruleName}: ${recommendation}`);
        for (const { resourceName, locations, manifestPath } of violatingResources)
          lines.push(`  ${path.basename(manifestPath)} ${resourceName} ${locations.join()}`);
      },
      submit: (status, metadata) => lines.push(`${status} ${JSON.stringify(metadata)}`),
    },
  });
  return lines;
}

const summary = (objects: number, unreadable = 0, target = "1.35") =>
  JSON.stringify({
    Target: `Kubernetes ${target}`,
    Objects: String(objects),
    Unreadable: String(unreadable),
    "API table": "of 2026-11-24",
  });

describe("the validation plugin of cdk8s", () => {
  it("refuses a removed API, the same advice once", async () => {
    const second = FLOW_SCHEMA.replace("ci", "cd");
    expect(await reported({ "a.yaml": FLOW_SCHEMA, "b.yaml": `# x\n${second}` }, { target: "1.35" })).toEqual([
      "removed-api (error): Use flowcontrol.apiserver.k8s.io/v1, which 1.35 serves.",
      '  a.yaml ci 1:1 FlowSchema "ci" uses flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes 1.32 removed; the target is 1.35.',
      '  b.yaml cd 2:1 FlowSchema "cd" uses flowcontrol.apiserver.k8s.io/v1beta3, which Kubernetes 1.32 removed; the target is 1.35.',
      `failure ${summary(2)}`,
    ]);
  });

  it.each([
    [undefined, "success"],
    ["warning", "failure"],
  ] as const)("reports a warning, and with failOn %s it is a %s", async (failOn, status) => {
    const lines = await reported({ "a.yaml": FLOW_SCHEMA }, { target: "1.31", ...(failOn && { failOn }) });
    expect(lines[0]).toContain("deprecated-api (warning): ");
    expect(lines.at(-1)).toBe(`${status} ${summary(1, 0, "1.31")}`);
  });

  it("judges files together: a custom resource may be defined in another", async () => {
    const gadget = "apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: web}\n";
    expect(await reported({ "crd.yaml": CRD, "web.yaml": gadget }, { target: "1.35" })).toEqual([
      `success ${summary(2)}`,
    ]);
  });

  it("refuses what it cannot read", async () => {
    const lines = await reported({ "a.yaml": "x: [\n" }, { target: "1.35" });
    expect(lines).toEqual([
      expect.stringContaining("unreadable-manifest (error): "),
      expect.stringContaining("  a.yaml (unreadable) 1:"),
      `failure ${summary(0, 1)}`,
    ]);
  });

  it.each<[object | undefined, string]>([
    [
      undefined,
      'cdk8s.yaml, validation ApiLifecycleValidation: properties.target must be a Kubernetes minor version in quotes, such as "1.35", got nothing',
    ],
    [
      { target: 1.3 },
      'cdk8s.yaml, validation ApiLifecycleValidation: properties.target must be a Kubernetes minor version in quotes, such as "1.35", got 1.3',
    ],
    [{ target: "banana" }, 'expected a Kubernetes minor version such as "1.33", got "banana"'],
    [
      { target: "1.35", failOn: "never" },
      'cdk8s.yaml, validation ApiLifecycleValidation: properties.failOn must be one of error, warning, note, got "never"',
    ],
  ])("refuses the properties %j", (properties, message) => {
    expect(() => new ApiLifecycleValidation(properties)).toThrow(new TandemError(message));
  });
});

/** With the package as built: `npm test` builds it first. */
describe("cdk8s synth", () => {
  function link(target: string, name: string): void {
    const place = path.join(folder, name);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.symlinkSync(path.join(ROOT, target), place);
  }

  function synth(validation: string, apiVersion: string) {
    for (const name of ["cdk8s", "constructs"]) link(`node_modules/${name}`, `node_modules/${name}`);
    fs.writeFileSync(
      path.join(folder, "app.js"),
      `const { App, ApiObject, Chart } = require("cdk8s");
const app = new App();
const chart = new Chart(app, "shop");
new ApiObject(chart, "ci", { apiVersion: "${apiVersion}", kind: "FlowSchema" });
app.synth();
`,
    );
    fs.writeFileSync(
      path.join(folder, "cdk8s.yaml"),
      `language: typescript
app: node app.js
pluginsDirectory: ${path.join(folder, "plugins")}
validations:
  - ${validation}
    version: 0.1.0
    class: ApiLifecycleValidation
    properties: { target: "1.35" }
`,
    );
    const program = path.join(ROOT, "node_modules/.bin/cdk8s");
    const { status, stdout } = spawnSync(program, ["synth", "--no-check-upgrade"], { cwd: folder, encoding: "utf8" });
    return { status, stdout };
  }

  it("refuses a removed API, with the construct's path", () => {
    link(".", "node_modules/eks-tandem");
    const { status, stdout } = synth("package: ./node_modules/eks-tandem", "flowcontrol.apiserver.k8s.io/v1beta3");
    expect(status).toBe(2);
    expect(stdout).toContain("removed-api (error)");
    expect(stdout).toContain("- Construct Path: shop/ci");
    expect(stdout).toContain("- Manifest Path: dist/shop.k8s.yaml");
    expect(stdout).toContain("Recommendation: Use flowcontrol.apiserver.k8s.io/v1, which 1.35 serves.");
  });

  it("lets an API through that is served, also where cdk8s has installed the package itself", () => {
    link(".", "plugins/eks-tandem/0.1.0/node_modules/eks-tandem");
    const { status, stdout } = synth("package: eks-tandem", "flowcontrol.apiserver.k8s.io/v1");
    expect(stdout).toMatch(/Status +│ success/);
    expect(status).toBe(0);
  });
});
