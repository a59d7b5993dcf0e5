import type { Model, Planned, PlannedChange, PlannedDrift } from "../domain/model";
import { enumerated } from "./release-subject";
import type { Violation } from "./rule";

/** What is said of a change; where it stands is not part of it. */
export type ChangeVerdict = Omit<Violation, "path" | "location" | "subject">;

/** What `judge` says of each planned change, as violations at the resource. None where the model was not made of a plan. */
export function ofChanges(
  model: Model,
  judge: (change: PlannedChange, planned: Planned) => ChangeVerdict[],
): Violation[] {
  const { planned } = model;
  if (!planned) return [];
  return planned.changes.flatMap((change) =>
    judge(change, planned).map((verdict) => ({ path: change.path, ...verdict })),
  );
}

/** `node group general of cluster prod`, as every message names what a plan changes. */
export function changeSubject({ kind, name, cluster }: PlannedChange | PlannedDrift): string {
  if (kind === "cluster") return `cluster ${name}`;
  return `${kind} ${name}${cluster === undefined ? "" : ` of cluster ${cluster}`}`;
}

/** Whether the old one goes, with or without a new one. */
export function isDeleted({ action }: PlannedChange): boolean {
  return action === "delete";
}

export function isReplaced({ action }: PlannedChange): boolean {
  return action === "delete-create" || action === "create-delete";
}

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is marked as tainted",
  replace_by_request: "-replace asks for it",
  replace_by_triggers: "replace_triggered_by asks for it",
  delete_because_no_resource_config: "the configuration no longer has it",
  delete_because_no_module: "the configuration no longer has its module",
  delete_because_no_move_target: "a moved block leads to nothing",
  delete_because_wrong_repetition: "the configuration counts or names its instances in another way",
  delete_because_count_index: "count is lower",
  delete_because_each_key: "for_each no longer has its key",
};

/** `: instance_types forces it`, as it follows what would be done; nothing where the plan does not say why. */
export function because({ forcedBy, reason }: PlannedChange): string {
  if (forcedBy.length > 0) return `: ${enumerated(forcedBy)} ${forcedBy.length === 1 ? "forces" : "force"} it`;
  const why = reason === undefined || !Object.hasOwn(REASONS, reason) ? undefined : REASONS[reason];
  return why === undefined ? "" : `: ${why}`;
}
