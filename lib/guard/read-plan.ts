import { isCalendarDate } from "../domain/calendar-date";
import { TandemError } from "../domain/tandem-error";
import { isRecord } from "../manifests/is-record";
import { RAW_STATE } from "../scan/terraform-json";
import type { TerraformResource } from "../scan/terraform-manifest";
import { parseTerraformJson, requireKnownFormat, resourcesIn } from "../scan/terraform-plan";

/** A Terraform plan, as `terraform show -json` prints it. https://developer.hashicorp.com/terraform/internals/json-format */
export interface TerraformPlan {
  /** How the file is called. */
  readonly name: string;
  /** The day on which it was made, `YYYY-MM-DD`; absent in plans of Terraform before 1.5. */
  readonly day?: string;
  readonly isComplete: boolean;
  /** What there is once it has been applied. */
  readonly after: readonly TerraformResource[];
  /** The data sources, as far as they were read. */
  readonly data: readonly TerraformResource[];
  /** Of every resource, those that it leaves alone included. */
  readonly changes: readonly ResourceChange[];
  /** What was changed outside of Terraform. */
  readonly drift: readonly ResourceChange[];
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  /** Without sensitive values; undefined where there is nothing yet. */
  readonly before: Values | undefined;
  /** Without sensitive values and without what is not known yet; undefined where there is nothing any more. */
  readonly after: Values | undefined;
  /** Of the same form as `after`: true where only the apply will know. */
  readonly unknown: Values;
  readonly replacePaths: readonly unknown[];
  readonly reason?: string;
}

export type Values = Readonly<Record<string, unknown>>;

const SHOW = "terraform show -json plan.out > plan.json";

/**
 * Reads a plan.
 * @param name how the file is called, for messages
 * @throws TandemError when it is no plan as JSON, is of a format that is not known, or is not whole. No message repeats a value.
 */
export function readPlan(text: string, name: string): TerraformPlan {
  const shown = shownIn(text, name);
  requireKnownFormat(shown.format_version, name);
  refuseState(shown, name);
  if (shown.errored === true) {
    throw new TandemError(`${name}: the plan ended with errors, so that it lacks changes: mend them, and plan again`);
  }
  const after = resourcesIn(shown.planned_values, "managed");
  if (!Array.isArray(shown.resource_changes) && after.length > 0) {
    throw new TandemError(
      `${name} has no resource_changes, which say what the plan does: give it unfiltered (${SHOW})`,
    );
  }
  const day = String(shown.timestamp).slice(0, "YYYY-MM-DD".length);
  const prior = isRecord(shown.prior_state) ? shown.prior_state.values : undefined;
  return {
    name,
    ...(isCalendarDate(day) && { day }),
    isComplete: shown.complete !== false,
    after,
    data: [...resourcesIn(prior, "data"), ...resourcesIn(shown.planned_values, "data")],
    changes: changesIn(shown.resource_changes),
    drift: changesIn(shown.resource_drift),
  };
}

function shownIn(text: string, name: string): Record<string, unknown> {
  if (text.trim() === "") throw new TandemError(`${name} is empty; write it with ${SHOW}`);
  if (text.startsWith("PK"))
    throw new TandemError(`${name} is a plan file, which only Terraform can read; give its JSON: ${SHOW}`);
  if (RAW_STATE.test(text)) throw new TandemError(`${name} is a raw Terraform state and no plan; give a plan: ${SHOW}`);
  const shown = parseTerraformJson(text, name);
  if (!shown) {
    const how = /^\s*\{"@level"/.test(text)
      ? "the log of terraform plan -json"
      : "no JSON object, or one that breaks off";
    throw new TandemError(`${name} is no Terraform plan: it is ${how}; write it with ${SHOW}`);
  }
  if (shown.format_version !== undefined) return shown;
  throw new TandemError(`${name} is no Terraform plan: it has no format_version; write it with ${SHOW}`);
}

function refuseState(shown: Record<string, unknown>, name: string): void {
  if (isRecord(shown.planned_values)) return;
  const what = "resource_changes" in shown ? "a plan without planned_values" : "a state and no plan, or an empty one";
  throw new TandemError(`${name} is ${what}; give a plan, unfiltered: terraform plan -out plan.out && ${SHOW}`);
}

function changesIn(changes: unknown): ResourceChange[] {
  return (Array.isArray(changes) ? changes : []).filter(isRecord).filter(isManaged).map(changeIn);
}

function isManaged({ mode }: Record<string, unknown>): boolean {
  return mode !== "data";
}

function changeIn({ address, type, action_reason: reason, change }: Record<string, unknown>): ResourceChange {
  const planned = isRecord(change) ? change : {};
  const { actions, before, after, after_unknown: unknown, replace_paths: paths } = planned;
  return {
    address: String(address),
    type: String(type),
    actions: Array.isArray(actions) ? actions.map(String) : [],
    before: valuesOf(before, planned.before_sensitive),
    after: valuesOf(after, planned.after_sensitive),
    unknown: isRecord(unknown) ? unknown : {},
    replacePaths: Array.isArray(paths) ? paths : [],
    ...(typeof reason === "string" && { reason }),
  };
}

function valuesOf(values: unknown, marks: unknown): Values | undefined {
  return isRecord(values) ? (withoutSensitive(values, marks) as Values) : undefined;
}

/** Values without those that are marked as sensitive, so that no message can hold one. */
function withoutSensitive(value: unknown, marks: unknown): unknown {
  if (marks === true) return undefined;
  if (Array.isArray(value) && Array.isArray(marks))
    return value.map((each, index) => withoutSensitive(each, marks[index]));
  if (!isRecord(value) || !isRecord(marks)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSensitive(each, marks[key])]));
}
