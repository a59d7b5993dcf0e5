import type { Model } from "../domain/model";
import { matches, whyExpired } from "../rules/acknowledged";
import { findingsOf } from "../rules/findings-of";
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

/** The rules that every state on the way is judged by: those that can refuse one. */
const rulesOnTheWay: readonly Rule[] = allRules.filter(
  ({ id, severity }) => severity === "error" && !NOT_OF_A_STEP.has(id),
);

/** What tells one error from another, whatever the versions in its message. */
export function errorKey({ rule, path, subject }: Finding): string {
  const { apiVersion = "", kind = "", namespace = "", name = "" } = subject ?? {};
  return [rule, path, apiVersion, kind, namespace, name].join(" ");
}

/** The errors of a model that nobody has acknowledged; what `evaluate` tells besides is not asked for, hundreds of times over. */
export function errorsOf(model: Model): Finding[] {
  const valid = model.acknowledgements.filter((each) => whyExpired(each, model) === undefined);
  return rulesOnTheWay
    .flatMap((rule) => findingsOf(rule, model))
    .filter((finding) => finding.severity === "error" && !valid.some((each) => matches(each, finding)));
}
