import { type DifferenceAge, differenceAge } from "../domain/difference-age";
import type { Cluster, Difference, Model, Pair } from "../domain/model";
import { type AlikeParts, alikeParts } from "../domain/twin-differences";
import { type PairedClusters, pairedClusters } from "../domain/twins";
import { evaluate } from "../rules/evaluate";
import type { Finding, Result } from "../rules/rule";
import { type UndeclaredAt, undeclaredDifference, undeclaredIn } from "../rules/undeclared-difference";

/** Whether and why the clusters of a pair are not alike. */
export interface Parity {
  readonly pair: Pair;
  readonly staging: Cluster;
  readonly production: Cluster;
  /** What nobody declared, the acknowledged findings included. */
  readonly undeclared: readonly UndeclaredRow[];
  /** What `differs` declares, by path. */
  readonly declared: readonly DeclaredRow[];
  readonly alike: readonly AlikeParts[];
}

/** A finding of `undeclared-difference`. */
export interface UndeclaredRow
  extends Pick<Finding, "severity" | "path" | "message" | "remedy" | "location" | "acknowledged"> {
  /** Where it stands in the description of the pair, as in `Difference.path`. */
  readonly at: string;
  readonly age?: DifferenceAge;
}

/** A declared difference. */
export interface DeclaredRow extends Difference {
  /** True where both sides say the same by now, so that nothing is left to declare. */
  readonly isSame: boolean;
  readonly age?: DifferenceAge;
}

/** What parity gives: the pairs, and the result whose findings say whether it is in order. */
export interface ParityReport {
  readonly pairs: readonly Parity[];
  readonly result: Result;
}

/**
 * Every difference between the clusters of a model's pairs.
 * @param only the pair that is looked at; all without it
 */
export function parity(model: Model, only?: string): ParityReport {
  const pairs = pairedClusters(model).filter(({ pair }) => only === undefined || pair.name === only);
  const judged = { ...model, pairs: pairs.map(({ pair }) => pair) };
  const result = evaluate(judged, [undeclaredDifference]);
  return { pairs: pairs.map((paired) => parityOf(paired, model)), result };
}

function parityOf(paired: PairedClusters, model: Model): Parity {
  const { pair, staging, production } = paired;
  return {
    pair,
    staging,
    production,
    undeclared: undeclaredIn(paired).flatMap((each) => undeclaredRow(each, paired, model)),
    declared: pair.differences.map((each) => declaredRow(each, paired, model)).sort(byPath),
    alike: alikeParts(paired),
  };
}

function undeclaredRow({ at, violation }: UndeclaredAt, paired: PairedClusters, model: Model): UndeclaredRow[] {
  const age = differenceAge(at, paired, model);
  const { findings } = evaluate(model, [{ ...undeclaredDifference, check: () => [violation] }]);
  return findings.map((finding) => ({ ...finding, at, ...(age && { age }) }));
}

function declaredRow(difference: Difference, paired: PairedClusters, model: Model): DeclaredRow {
  const age = differenceAge(difference.path, paired, model);
  const isSame = JSON.stringify(difference.staging) === JSON.stringify(difference.production);
  return { ...difference, isSame, ...(age && !isSame && { age }) };
}

function byPath(a: DeclaredRow, b: DeclaredRow): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
