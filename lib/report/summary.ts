import type { Finding, Result, Severity } from "../rules/rule";

/** How many findings of each severity; the acknowledged ones are counted apart and in no severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly acknowledged: number;
}

/** Counts findings. */
export function summarize(findings: readonly Finding[]): Summary {
  const open = findings.filter(({ acknowledged }) => !acknowledged);
  const countOf = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  return {
    errors: countOf("error"),
    warnings: countOf("warning"),
    notes: countOf("note"),
    acknowledged: findings.length - open.length,
  };
}

/** A number and its noun: `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Where a finding stands that is about everything. */
export const AS_A_WHOLE = "(as a whole)";

/** Why nothing was judged, as the end of a sentence: there was nothing to find anything in. Undefined where something was. */
export function whyNothing({ model, scanned, findings }: Result): string | undefined {
  if (scanned.clusters > 0 || findings.length > 0) return undefined;
  return model.planned ? "the plan holds no EKS cluster" : "the app describes no cluster";
}
