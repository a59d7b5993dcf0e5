import type { PlannedDrift } from "../domain/model";
import { changeSubject } from "./planned-changes";
import { defineRule, type Violation } from "./rule";

/** The plan is judged from what there is, not from what Terraform last knew. */
export const planDrift = defineRule({
  id: "plan-drift",
  title: "A version was changed outside of Terraform",
  severity: "note",
  remedy: "Bring the configuration to what there is, or find out who changed it before the plan changes it back.",
  source: "https://developer.hashicorp.com/terraform/internals/json-format#plan-representation",
  check: ({ planned }) => (planned?.drift ?? []).map(drifted),
});

function drifted(drift: PlannedDrift): Violation {
  const { path, version } = drift;
  const subject = capital(changeSubject(drift));
  if (!version) return { path, message: `${subject} was deleted outside of Terraform.` };
  const { argument, from, to } = version;
  return {
    path,
    message: `${subject}: ${argument} was changed outside of Terraform, from ${from ?? "nothing"} to ${to}.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
