import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ApiObject, App as Cdk8sApp, Chart } from "cdk8s";
import { App, Aspects, TerraformOutput, TerraformStack, Testing, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";

/** What cdktf does and its documentation does not say. The gate stands where it stands because of these. */
describe("cdktf, which decides where the gate stands,", () => {
  let outdir: string;
  let app: App;

  beforeEach(() => {
    outdir = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-behaviour-"));
    app = new App({ outdir });
  });
  afterEach(() => fs.rmSync(outdir, { recursive: true }));

  function stackNamed(name: string, scope: Construct = app): TerraformStack {
    const stack = new TerraformStack(scope, name);
    new TerraformOutput(stack, "output", { value: name });
    return stack;
  }

  function refusing(construct: Construct, message: string): void {
    construct.node.addValidation({ validate: () => [message] });
  }

  function writtenStacks(): string[] {
    const stacks = path.join(outdir, "stacks");
    return fs.readdirSync(stacks).filter((name) => fs.existsSync(path.join(stacks, name, "cdk.tf.json")));
  }

  it("stops at the first stack that is refused and never shows what the later ones find", () => {
    refusing(stackNamed("first"), "finding of the first");
    refusing(stackNamed("second"), "finding of the second");
    expect(() => app.synth()).toThrow("finding of the first");
    expect(() => app.synth()).not.toThrow("finding of the second");
  });

  it("writes the stacks before the refused one", () => {
    stackNamed("first");
    refusing(stackNamed("second"), "finding");
    expect(() => app.synth()).toThrow("finding");
    expect(writtenStacks()).toEqual(["first"]);
  });

  it("never runs a validation of a construct above the stacks", () => {
    const pair = new Construct(app, "pair");
    stackNamed("stack", pair);
    refusing(pair, "finding of the pair");
    expect(() => app.synth()).not.toThrow();
  });

  it("runs a validation of the app only after every stack is written", () => {
    stackNamed("stack");
    refusing(app, "finding of the app");
    expect(() => app.synth()).toThrow("finding of the app");
    expect(writtenStacks()).toEqual(["stack"]);
    expect(fs.existsSync(path.join(outdir, "manifest.json"))).toBe(false);
  });

  it("visits nothing for an aspect on the app or above the stacks, and everything for one on a stack, also without validation", () => {
    const unvalidated = new App({ outdir, skipValidation: true });
    const above = new Construct(unvalidated, "above");
    const stack = stackNamed("stack", above);
    const visited: Record<string, string[]> = { app: [], above: [], stack: [] };
    const visitor = (name: string) => ({ visit: (node: IConstruct) => visited[name]?.push(node.node.path) });
    Aspects.of(unvalidated).add(visitor("app"));
    Aspects.of(above).add(visitor("above"));
    Aspects.of(stack).add(visitor("stack"));
    unvalidated.synth();
    expect(visited.app).toEqual([]);
    expect(visited.above).toEqual([]);
    expect(visited.stack).toContain("above/stack/output");
  });

  it("cannot hold a cdk8s chart: the chart takes the root of the tree for a cdk8s app", () => {
    const chart = new Chart(stackNamed("stack"), "chart");
    new ApiObject(chart, "object", { apiVersion: "v1", kind: "ConfigMap" });
    expect(() => chart.toJson()).toThrow("resolvers is not iterable");
  });

  it("leaves a token in a cdk8s app of its own as the literal placeholder", () => {
    const chart = new Chart(new Cdk8sApp(), "chart");
    new ApiObject(chart, "object", {
      apiVersion: "v1",
      kind: "ConfigMap",
      data: { key: Token.asString({ resolve: () => "x" }) },
    });
    expect(JSON.stringify(chart.toJson())).toMatch(/"key":"\$\{TfToken\[TOKEN\.\d+\]\}"/);
  });

  it("skips validations in Testing.synth unless it is asked for them", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    refusing(stack, "finding");
    expect(() => Testing.synth(stack)).not.toThrow();
    expect(() => Testing.synth(stack, true)).toThrow("finding");
  });

  it("passes an escaped template sequence on as it is", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new TerraformOutput(stack, "output", { value: "$${a} %%{b}" });
    expect(JSON.parse(Testing.synth(stack)).output.output.value).toBe("$${a} %%{b}");
  });
});
