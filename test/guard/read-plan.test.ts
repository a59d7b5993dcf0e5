import { TandemError } from "../../lib/domain/tandem-error";
import { readPlan } from "../../lib/guard/read-plan";
import { aPlan, CLUSTER, clusterValues, resource, updated } from "./a-plan";

const read = (text: string) => readPlan(text, "plan.json");

describe("a Terraform plan", () => {
  it("is read with the day it was made, its changes, drift and data sources", () => {
    const before = clusterValues({ version: "1.34" });
    const cluster = resource("data.aws_eks_cluster.stage", { name: "stage", version: "1.36" });
    const plan = read(
      aPlan({
        changes: [updated(CLUSTER, before, clusterValues())],
        drift: [updated(CLUSTER, clusterValues({ version: "1.33" }), before)],
        data: [cluster],
      }),
    );
    expect(plan).toMatchObject({
      name: "plan.json",
      day: "2026-11-25",
      isComplete: true,
      after: [{ address: CLUSTER, type: "aws_eks_cluster" }],
      data: [{ address: "data.aws_eks_cluster.stage", values: { name: "stage", version: "1.36" } }],
      changes: [{ address: CLUSTER, actions: ["update"], before: { version: "1.34" }, after: { version: "1.35" } }],
      drift: [{ address: CLUSTER, before: { version: "1.33" }, after: { version: "1.34" } }],
    });
  });

  it("may be of before Terraform 1.5, without a day", () => {
    expect(read(aPlan({ more: { timestamp: undefined } }))).not.toHaveProperty("day");
  });

  it("may be empty", () => expect(read(aPlan())).toMatchObject({ changes: [], after: [] }));

  it("loses what is sensitive, whole or in part", () => {
    const values = clusterValues({
      version: "hunter2",
      tags: { owner: "hunter2", team: "shop" },
      subnets: ["hunter2", "b"],
    });
    const sensitive = { version: true, tags: { owner: true }, subnets: [true, false] };
    const text = aPlan({ changes: [{ ...updated(CLUSTER, values, values), sensitive }] });
    const [change] = read(text).changes;
    expect(JSON.stringify(change)).not.toContain("hunter2");
    expect(change?.after).toMatchObject({ tags: { team: "shop" }, subnets: [undefined, "b"] });
  });

  it.each<[string, string, string]>([
    ["nothing", "\n", "plan.json is empty; write it with terraform show -json plan.out > plan.json"],
    [
      "a plan file",
      "PK\u0003\u0004tfplan",
      "plan.json is a plan file, which only Terraform can read; give its JSON: terraform show -json plan.out > plan.json",
    ],
    [
      "a raw state",
      '{\n  "version": 4,\n  "terraform_version": "1.11.4",\n  "resources": []}',
      "plan.json is a raw Terraform state and no plan; give a plan: terraform show -json plan.out > plan.json",
    ],
    [
      "the state as JSON",
      '{"format_version":"1.0","values":{"root_module":{}}}',
      "plan.json is a state and no plan, or an empty one; give a plan, unfiltered: terraform plan -out plan.out && terraform show -json plan.out > plan.json",
    ],
    [
      "a plan that was filtered to its changes",
      '{"format_version":"1.2","resource_changes":[]}',
      "plan.json is a plan without planned_values; give a plan, unfiltered: terraform plan -out plan.out && terraform show -json plan.out > plan.json",
    ],
    [
      "a plan that was filtered to its values",
      aPlan({ changes: [updated(CLUSTER, clusterValues(), clusterValues())], more: { resource_changes: undefined } }),
      "plan.json has no resource_changes, which say what the plan does: give it unfiltered (terraform show -json plan.out > plan.json)",
    ],
    [
      "a plan that is cut short",
      aPlan().slice(0, 80),
      "plan.json is no Terraform plan: it is no JSON object, or one that breaks off; write it with terraform show -json plan.out > plan.json",
    ],
    [
      "text",
      "Plan: 1 to add, hunter2",
      "plan.json is no Terraform plan: it is no JSON object, or one that breaks off; write it with terraform show -json plan.out > plan.json",
    ],
    [
      "a list",
      "[]",
      "plan.json is no Terraform plan: it is no JSON object, or one that breaks off; write it with terraform show -json plan.out > plan.json",
    ],
    [
      "the log of terraform plan",
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
      "plan.json is no Terraform plan: it is the log of terraform plan -json; write it with terraform show -json plan.out > plan.json",
    ],
    [
      "other JSON",
      '{"apiVersion":"v1"}',
      "plan.json is no Terraform plan: it has no format_version; write it with terraform show -json plan.out > plan.json",
    ],
    [
      "a plan of a format of tomorrow",
      aPlan({ more: { format_version: "2.0" } }),
      'plan.json is JSON of Terraform in format "2.0"; 0.1 to 1.x can be read: update eks-tandem, or run terraform show -json with an older Terraform',
    ],
    [
      "a plan that ended with errors",
      aPlan({ more: { errored: true } }),
      "plan.json: the plan ended with errors, so that it lacks changes: mend them, and plan again",
    ],
  ])("is not %s", (_, text, message) => {
    expect(() => read(text)).toThrow(new TandemError(message));
  });
});
