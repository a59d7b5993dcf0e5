import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type ResourceChange, readPlan } from "../../lib/guard/read-plan";

/** Terraform, of the PATH or as `TERRAFORM_BINARY_NAME` names it for cdktf too. The resource is built in: no provider is fetched. */
const TERRAFORM = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
const isThere = spawnSync(TERRAFORM, ["version"]).status === 0;

const CONFIGURATION = `
variable "size" {}
variable "password" {
  default   = "hunter2"
  sensitive = true
}
resource "terraform_data" "replaced" {
  triggers_replace = { sizes = [var.size] }
}
resource "terraform_data" "replaced_after" {
  triggers_replace = [var.size]
  lifecycle {
    create_before_destroy = true
  }
}
resource "terraform_data" "updated" {
  input = [var.size, var.password]
}
resource "terraform_data" "deleted" {
  count = var.size == "1" ? 1 : 0
}
resource "terraform_data" "same" {}
`;

(isThere ? describe : describe.skip)("a plan of Terraform itself", () => {
  let folder: string;

  const terraform = (...argv: string[]) => {
    const env = { ...process.env, TF_CLI_CONFIG_FILE: os.devNull, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
    return execFileSync(TERRAFORM, argv, { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  };
  const plan = (...argv: string[]) => {
    terraform("plan", "-out=plan.out", "-var=size=2", ...argv);
    return readPlan(terraform("show", "-json", "plan.out"), "plan.json");
  };
  const shown = ({ address, actions, replacePaths, reason }: ResourceChange) =>
    [address, actions.join(), JSON.stringify(replacePaths), reason ?? ""].join(" ");

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-guard-"));
    fs.writeFileSync(path.join(folder, "main.tf"), CONFIGURATION);
    terraform("init");
    terraform("apply", "-auto-approve", "-var=size=1");
  }, 60_000);
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it("says what it does, what forces it and why", () => {
    const read = plan();
    expect(read.changes.map(shown).sort()).toEqual([
      "terraform_data.deleted[0] delete [] delete_because_count_index",
      'terraform_data.replaced delete,create [["triggers_replace"]] replace_because_cannot_update',
      'terraform_data.replaced_after create,delete [["triggers_replace"]] replace_because_cannot_update',
      "terraform_data.same no-op [] ",
      "terraform_data.updated update [] ",
    ]);
    expect(read).toMatchObject({ name: "plan.json", isComplete: true, drift: [] });
    expect(read.day).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it("marks what is sensitive, which is not kept", () => {
    const { changes } = plan();
    const updated = changes.find(({ address }) => address === "terraform_data.updated");
    expect(updated?.after).toMatchObject({ input: ["2", undefined] });
    expect(updated?.unknown).toMatchObject({ output: true });
    expect(JSON.stringify(updated?.after)).not.toContain("hunter2");
  });

  it("says that -target leaves parts out", () => expect(plan("-target=terraform_data.same").isComplete).toBe(false));

  it("says that a destroy deletes everything", () => {
    const read = plan("-destroy");
    expect(read.after).toEqual([]);
    expect(new Set(read.changes.map(({ actions }) => actions.join()))).toEqual(new Set(["delete"]));
  });

  it("is no plan file and no state", () => {
    expect(() => readPlan(fs.readFileSync(path.join(folder, "plan.out"), "utf8"), "plan.out")).toThrow(
      "plan.out is a plan file",
    );
    expect(() => readPlan(terraform("show", "-json"), "state.json")).toThrow("state.json is a state and no plan");
    expect(() => readPlan(fs.readFileSync(path.join(folder, "terraform.tfstate"), "utf8"), "t")).toThrow(
      "t is a raw Terraform state",
    );
    expect(() => readPlan(terraform("plan", "-json", "-var=size=2"), "log")).toThrow(
      "it is the log of terraform plan -json",
    );
  });
});
