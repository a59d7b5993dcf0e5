import { defineRule } from "./rule";

export const planIncomplete = defineRule({
  id: "plan-incomplete",
  title: "A Terraform plan leaves out a part of the configuration, which was not judged",
  severity: "warning",
  remedy: "Plan and judge the whole as well: terraform plan without -target.",
  source: "https://developer.hashicorp.com/terraform/internals/json-format#plan-representation",
  check: ({ planned }) =>
    planned && !planned.isComplete
      ? [
          {
            path: planned.name,
            message: `The plan ${planned.name} was made with -target, or puts parts off to a later plan: what it leaves out was not judged, and may be changed next.`,
          },
        ]
      : [],
});
