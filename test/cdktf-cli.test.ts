import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "..");

describe("the commands that users run at the root", () => {
  let output: string;

  beforeEach(() => {
    output = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-cli-"));
  });
  afterEach(() => fs.rmSync(output, { recursive: true }));

  function run(command: string, ...args: readonly string[]) {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", TANDEM_AS_OF: "2026-11-24", CI: "1", NO_COLOR: "1" };
    const program = path.join(ROOT, "node_modules/.bin", command);
    return spawnSync(program, args, { cwd: ROOT, encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
  }

  it("cdktf synth writes the four stacks of the example pair", () => {
    const { status, stdout, stderr } = run("cdktf", "synth", "--output", output);
    expect([status, stderr.replace(/.*nodedir.*\n/, "")]).toEqual([0, expect.anything()]);
    expect(stdout).toContain("stage-shop");
    expect(fs.readdirSync(path.join(output, "stacks")).sort()).toEqual([
      "prod-shop",
      "prod-shop-releases",
      "stage-shop",
      "stage-shop-releases",
    ]);
    expect(fs.existsSync(path.join(output, "tandem.model.json"))).toBe(true);
  });

  it("cdktf synth of a refused app fails and shows the report", () => {
    const app = "node --import tsx examples/kubelet-ahead-refused/main.ts";
    const { status, stdout, stderr } = run("cdktf", "synth", "--output", output, "--app", app);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("kubelet-skew");
    expect(fs.existsSync(path.join(output, "stacks/stage-aws1/cdk.tf.json"))).toBe(false);
  });

  it("cdk8s synth writes the storefront, which this package's own validation finds in order", () => {
    const { status, stdout } = run("cdk8s", "synth", "--output", output, "--no-check-upgrade");
    expect(status).toBe(0);
    expect(stdout).toMatch(/Status +│ success/);
    expect(stdout).toMatch(/Target +│ Kubernetes 1\.35/);
    expect(fs.readdirSync(output).sort()).toEqual(["construct-metadata.json", "storefront.k8s.yaml"]);
  });
});
