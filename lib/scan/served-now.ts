import { apiLifecycle, serving } from "../domain/api-lifecycle";
import { apiNotServedYet } from "../rules/api-not-served-yet";
import { findingOf } from "../rules/findings-of";
import type { Finding } from "../rules/rule";
import { type ApiFacts, apiFacts, type Replacement, type Targets } from "./api-facts";

/** What a finding is about, and what it is called in messages. */
interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly shown: string;
}

/**
 * What is to be said of an object that the target serves and the version that the cluster runs now does not serve yet: it cannot be applied
 * before the upgrade. A warning, for after that it is in order.
 */
export function notServedYet({ apiVersion, kind, shown }: Named, targets: Targets): (Finding & ApiFacts)[] {
  const { target, targetFrom } = targets;
  if (targetFrom === undefined || serving(apiVersion, kind, targetFrom) !== "not-yet") return [];
  if (serving(apiVersion, kind, target) === "not-yet") return [];
  const facts = apiFacts(apiVersion, kind, targets);
  const introduced = apiLifecycle(apiVersion, kind)?.introduced;
  const message = `${shown} uses ${apiVersion}, which Kubernetes ${introduced} introduces; ${targetFrom}, which the cluster runs now, does not serve it yet.`;
  const remedy = facts.replacement?.servedByTargetFrom
    ? `Use ${formatReplacement(facts.replacement, kind)}, which both ${targetFrom} and ${target} serve, or apply it after the upgrade.`
    : "Apply it after the upgrade.";
  return [{ ...findingOf(apiNotServedYet, { path: "", message, remedy, severity: "warning" }), ...facts }];
}

/** A finding about the target, with what holds for the version that the cluster runs now. */
export function withNow(
  finding: Finding,
  facts: ApiFacts,
  kind: string,
  { target, targetFrom }: Targets,
): Finding & ApiFacts {
  const { replacement, servedByTargetFrom } = facts;
  if (targetFrom === undefined || servedByTargetFrom === undefined) return { ...finding, ...facts };
  const message = `${finding.message} ${targetFrom} ${servedByTargetFrom ? "serves it" : "does not serve it"}.`;
  const remedy =
    replacement &&
    (replacement.servedByTargetFrom
      ? `Use ${formatReplacement(replacement, kind)}, which both ${targetFrom} and ${target} serve.`
      : `${finding.remedy} ${targetFrom} does not serve that yet: change it with the upgrade.`);
  return { ...finding, ...facts, message, ...(remedy === undefined ? {} : { remedy }) };
}

function formatReplacement({ kind, apiVersion }: Replacement, instead: string): string {
  return kind === instead ? apiVersion : `${kind} of ${apiVersion}`;
}
