import type { Model } from "../domain/model";
import { evaluate } from "../rules/evaluate";
import { allRules } from "../rules/index";
import type { Finding, Rule } from "../rules/rule";

/**
 * Rules that a plan is not judged by. They find what time brings about and no step does (the end of support, old tables), or speak of
 * acknowledgements, which a plan does not write.
 */
const NOT_OF_A_STEP: ReadonlySet<string> = new Set([
  "support-ended",
  "extended-support",
  "support-ending-soon",
  "stale-data",
  "expired-acknowledgement",
  "unused-acknowledgement",
]);

/** The rules that every state on the way is judged by. */
export const rulesOnTheWay: readonly Rule[] = allRules.filter(({ id }) => !NOT_OF_A_STEP.has(id));

/** What tells one error from another, whatever the versions in its message. */
export function errorKey({ rule, path, subject }: Finding): string {
  const { apiVersion = "", kind = "", namespace = "", name = "" } = subject ?? {};
  return [rule, path, apiVersion, kind, namespace, name].join(" ");
}

/** The errors of a model that nobody has acknowledged. */
export function errorsOf(model: Model): Finding[] {
  return evaluate(model, rulesOnTheWay).findings.filter(
    ({ severity, acknowledged }) => severity === "error" && !acknowledged,
  );
}
