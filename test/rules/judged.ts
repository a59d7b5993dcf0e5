import type { Model } from "../../lib/domain/model";
import { evaluate } from "../../lib/rules/evaluate";
import type { Finding, Rule } from "../../lib/rules/rule";

/** What one rule finds in a model. */
export function findingsOf(rule: Rule, model: Model): readonly Finding[] {
  return evaluate(model, [rule]).findings;
}

/** What one rule finds, as pairs of rule id and path. */
export function placesOf(rule: Rule, model: Model): [string, string][] {
  return findingsOf(rule, model).map(({ rule: id, path }) => [id, path]);
}

/** What one rule tells the reader: message, then remedy, of each finding. */
export function textsOf(rule: Rule, model: Model): [string, string][] {
  return findingsOf(rule, model).map(({ message, remedy }) => [message, remedy]);
}
