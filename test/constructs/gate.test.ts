import * as fs from "node:fs";
import * as path from "node:path";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { Acknowledgements, AmiType, type ClusterPair, differs, HelmChart, SynthesisRefused } from "eks-tandem";
import { findings } from "eks-tandem/testing";
import type { Model } from "../../lib/domain/model";
import { AS_OF, anApp, aPair, GROUP, removeApps } from "./build-app";

beforeEach(() => {
  process.env.TANDEM_AS_OF = AS_OF;
});
afterEach(() => {
  delete process.env.TANDEM_AS_OF;
  removeApps();
});

/** An app with a node group that EKS would refuse, in both clusters. */
function aBrokenApp(): App {
  const app = anApp();
  aPair(app).addNodeGroup("old", { ...GROUP, amiType: AmiType.AL2_ARM_64 });
  return app;
}

function refusalOf(app: App): string {
  try {
    app.synth();
  } catch (error) {
    expect(error).toBeInstanceOf(SynthesisRefused);
    return (error as Error).message;
  }
  throw new Error("the app was not refused");
}

function filesIn(app: App): string[] {
  return fs
    .readdirSync(app.outdir, { recursive: true, encoding: "utf8" })
    .filter((file) => fs.statSync(path.join(app.outdir, file)).isFile());
}

describe("the gate", () => {
  it("reports every finding of every cluster at once", () => {
    const report = refusalOf(aBrokenApp());
    expect(report).toContain("stage-aws1/cluster/old");
    expect(report).toContain("prod-aws1/cluster/old");
    expect(report.match(/ami-type-unavailable/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it("writes nothing but the model when it refuses", () => {
    const app = aBrokenApp();
    refusalOf(app);
    expect(filesIn(app)).toEqual(["tandem.model.json"]);
  });

  it("leaves what an earlier synth wrote as it was when it refuses", () => {
    const app = anApp();
    const pair = aPair(app);
    app.synth();
    const before = Object.fromEntries(
      filesIn(app).map((file) => [file, fs.readFileSync(path.join(app.outdir, file), "utf8")]),
    );
    const again = new App({ outdir: app.outdir });
    aPair(again).addNodeGroup("old", { ...GROUP, amiType: AmiType.AL2_ARM_64 });
    refusalOf(again);
    const after = Object.fromEntries(
      filesIn(app).map((file) => [file, fs.readFileSync(path.join(app.outdir, file), "utf8")]),
    );
    expect({ ...after, "tandem.model.json": "" }).toEqual({ ...before, "tandem.model.json": "" });
    expect(pair.staging.clusterName).toBe("stage-aws1");
  });

  it("guards a stack of the user's that stands before ours", () => {
    const app = anApp();
    const earlier = new TerraformStack(app, "earlier");
    new TerraformOutput(earlier, "output", { value: "x" });
    aPair(app).addNodeGroup("old", { ...GROUP, amiType: AmiType.AL2_ARM_64 });
    refusalOf(app);
    expect(filesIn(app)).toEqual(["tandem.model.json"]);
  });

  it("guards stacks of the user's wherever they stand in the tree, also those made after ours", () => {
    const app = anApp();
    const infrastructure = new Construct(app, "infrastructure");
    new TerraformOutput(new TerraformStack(infrastructure, "before"), "output", { value: "x" });
    aPair(app).addNodeGroup("old", { ...GROUP, amiType: AmiType.AL2_ARM_64 });
    new TerraformOutput(new TerraformStack(infrastructure, "after"), "output", { value: "x" });
    refusalOf(app);
    expect(filesIn(app)).toEqual(["tandem.model.json"]);
    new TerraformOutput(new TerraformStack(infrastructure, "later"), "output", { value: "x" });
    refusalOf(app);
    expect(filesIn(app)).toEqual(["tandem.model.json"]);
  });

  it("lets an app pass whose findings are acknowledged, and judges again at the next synth", () => {
    const app = anApp();
    const pair = aPair(app);
    pair.addNodeGroup("old", { ...GROUP, amiType: AmiType.AL2_ARM_64 });
    Acknowledgements.of(pair).add({ rule: "ami-type-unavailable", reason: "a test" });
    app.synth();
    expect(filesIn(app)).toContain(path.join("stacks", "prod-aws1", "cdk.tf.json"));
    pair.addNodeGroup("older", { ...GROUP, version: "1.30" });
    expect(refusalOf(app)).toContain("kubelet-skew");
  });

  it("runs in Testing.synth when validations are asked for", () => {
    const app = aBrokenApp();
    const stack = app.node.findChild("prod-aws1") as TerraformStack;
    expect(() => Testing.synth(stack)).not.toThrow();
    expect(() => Testing.synth(stack, true)).toThrow("ami-type-unavailable");
  });

  it("writes the same model for the same app, with paths and files that no machine changes", () => {
    const model = () => {
      const app = aBrokenApp();
      refusalOf(app);
      return fs.readFileSync(path.join(app.outdir, "tandem.model.json"), "utf8");
    };
    expect(model()).toBe(model());
    expect(model()).not.toContain(path.resolve("."));
    expect((JSON.parse(model()) as Model).asOf).toBe(AS_OF);
  });

  it("hands the values of the releases over in the file that TANDEM_VALUES_FILE names, also when it refuses", () => {
    const app = aBrokenApp();
    const pair = app.node.findChild("aws1") as ClusterPair;
    pair.addHelmRelease("web", {
      chart: HelmChart.repository("https://charts.example.com", "web", "1.0.0"),
      namespace: "web",
      values: { replicas: differs({ staging: 1, production: 2, because: "cost" }) },
    });
    const file = path.join(app.outdir, "private", "values.json");
    process.env.TANDEM_VALUES_FILE = file;
    refusalOf(app);
    delete process.env.TANDEM_VALUES_FILE;
    expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual({
      "stage-aws1-releases/web": { values: { replicas: 1 }, standIns: [], unseen: [] },
      "prod-aws1-releases/web": { values: { replicas: 2 }, standIns: [], unseen: [] },
    });
    expect(fs.readFileSync(path.join(app.outdir, "tandem.model.json"), "utf8")).not.toContain('replicas":');
  });

  it("judges on the day that TANDEM_AS_OF names, and refuses a day that does not exist", () => {
    process.env.TANDEM_AS_OF = "2026-02-30";
    expect(() => aBrokenApp().synth()).toThrow('TANDEM_AS_OF: expected a date such as "2026-11-23", got "2026-02-30"');
  });

  it("judges today when no day is named", () => {
    delete process.env.TANDEM_AS_OF;
    const app = aBrokenApp();
    refusalOf(app);
    const { asOf } = JSON.parse(fs.readFileSync(path.join(app.outdir, "tandem.model.json"), "utf8")) as Model;
    expect(Math.abs(Date.now() - Date.parse(asOf))).toBeLessThan(2 * 24 * 3600 * 1000);
  });

  it("gives users' tests the same findings without writing", () => {
    const app = aBrokenApp();
    expect(findings(app).map(({ rule, path: at }) => [rule, at])).toEqual([
      ["ami-type-unavailable", "prod-aws1/cluster/old"],
      ["ami-type-unavailable", "stage-aws1/cluster/old"],
    ]);
    expect(filesIn(app)).toEqual([]);
  });
});
