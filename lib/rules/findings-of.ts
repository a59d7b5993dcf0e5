import type { Model } from "../domain/model";
import type { Finding, Rule, Violation } from "./rule";
import { ruleFailed } from "./rule-failed";

/** Where the page of each rule lies. */
const DOCS = "https://github.com/eks-tandem/eks-tandem/blob/main/docs/rules";

/** The page of a rule: why it is there, what violates it, how to fix it. */
export function docsUrl(id: string): string {
  return `${DOCS}/${id}.md`;
}

/** What one rule finds. One that throws gives an error finding of `rule-failed`. */
export function findingsOf(rule: Rule, model: Model, earlier: readonly Finding[] = []): Finding[] {
  try {
    return rule.check(model, earlier).map((violation) => findingOf(rule, violation));
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    return [findingOf(ruleFailed, { path: "", message: `The rule ${rule.id} could not judge the model: ${reason}` })];
  }
}

/** A violation of a rule, with all that a reader needs. */
export function findingOf(rule: Rule, { path, message, location, subject, remedy, severity }: Violation): Finding {
  return {
    rule: rule.id,
    severity: severity ?? rule.severity,
    path,
    message,
    remedy: remedy ?? rule.remedy,
    docsUrl: docsUrl(rule.id),
    ...(location && { location }),
    ...(subject && { subject }),
  };
}
