import { dataHorizons } from "../domain/data-horizons";
import type { Model } from "../domain/model";
import { matches, whyExpired } from "./acknowledged";
import { findingsOf } from "./findings-of";
import { allRules } from "./index";
import type { Finding, Result, Rule, Severity } from "./rule";
import { scanned } from "./scanned";

/**
 * Judges a model by the rules.
 *
 * A rule that throws gives an error finding of `rule-failed`, so that it never passes for a clean one. A finding that somebody has
 * acknowledged stays in the result, marked.
 * @param rules in this order: the meta rules see what those before them found
 */
export function evaluate(model: Model, rules: readonly Rule[] = allRules): Result {
  const findings: Finding[] = [];
  const acknowledge = acknowledging(model);
  for (const rule of rules) findings.push(...findingsOf(rule, model, findings).map(acknowledge));
  return {
    model,
    findings: findings.sort(inOrder),
    rulesRun: rules.map(({ id }) => id),
    scanned: scanned(model),
    dataHorizon: dataHorizons(),
  };
}

const SEVERITIES: readonly Severity[] = ["note", "warning", "error"];

/**
 * Whether a result is reason to stop.
 * @param failOn the mildest severity that stops. Acknowledged findings never do.
 */
export function blocks({ findings }: Pick<Result, "findings">, failOn: Severity = "error"): boolean {
  const threshold = SEVERITIES.indexOf(failOn);
  return findings.some(({ severity, acknowledged }) => !acknowledged && SEVERITIES.indexOf(severity) >= threshold);
}

function acknowledging(model: Model): (finding: Finding) => Finding {
  const valid = model.acknowledgements.filter((acknowledgement) => whyExpired(acknowledgement, model) === undefined);
  return (finding) => {
    const acknowledgement = valid.find((each) => matches(each, finding));
    if (!acknowledgement) return finding;
    const { reason, until } = acknowledgement;
    return { ...finding, acknowledged: { reason, ...(until !== undefined && { until }) } };
  };
}

function inOrder(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.message, b.message);
}

/** By code unit, the same in every locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
