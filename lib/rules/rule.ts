import type { DataHorizon } from "../domain/data-horizon";
import type { Location, Model } from "../domain/model";

/**
 * `error`: applying this will fail or break a workload. `warning`: it will at the next hop, or costs money.
 * `note`: worth knowing.
 */
export type Severity = "error" | "warning" | "note";

/** A statement about a model: one file, readable whole, named after its id. */
export interface Rule {
  /** Kebab-case; never renamed, never reused. */
  readonly id: string;
  /** What is wrong when it fires, as one sentence without a full stop. */
  readonly title: string;
  /** What a violation of it means, unless the violation says less. */
  readonly severity: Severity;
  /** How to fix it, for the reader who knows nothing but the message. */
  readonly remedy: string;
  /** The outside authority that it rests on. */
  readonly source: string;
  /**
   * Judges the model. Pure: no clock, no network, no file.
   * @param earlier what the rules before this one found, unacknowledged and acknowledged; only the meta rules look at it.
   */
  check(model: Model, earlier: readonly Finding[]): Violation[];
}

/** One place that breaks a rule. */
export interface Violation {
  /** Construct path of what is wrong. */
  readonly path: string;
  /** What is wrong and where, with both values; one sentence or two. */
  readonly message: string;
  readonly location?: Location | undefined;
  readonly subject?: Subject | undefined;
  /** How to fix this very case, where more can be said than the rule's remedy. */
  readonly remedy?: string | undefined;
  /** Less than the rule's own severity, where this case is milder: only deprecated yet, or not known rather than known to be wrong. */
  readonly severity?: Severity | undefined;
}

/** The Kubernetes object that a finding is about. */
export interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A violation with all that a reader needs. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  readonly docsUrl: string;
  readonly location?: Location;
  readonly subject?: Subject;
  /** Set when somebody has decided to live with it: it is listed and does not block. */
  readonly acknowledged?: { readonly reason: string; readonly until?: string };
}

/** What judging a model gives. */
export interface Result {
  readonly model: Model;
  /** Ordered by path, then rule id, then message. */
  readonly findings: readonly Finding[];
  /** Ids of all rules that ran. */
  readonly rulesRun: readonly string[];
  readonly scanned: Scanned;
  /** Per data table: when it was retrieved and what it covers. */
  readonly dataHorizon: readonly DataHorizon[];
}

/** What was looked at, so that "no finding" can be told from "nobody looked". */
export interface Scanned {
  readonly pairs: number;
  readonly clusters: number;
  readonly nodeGroups: number;
  readonly addons: number;
  readonly releases: number;
  /** Kubernetes objects judged. */
  readonly objects: number;
  /** Documents that could not be read; each is a finding. */
  readonly unreadable: number;
  /** Custom resources that no known CustomResourceDefinition defines; each is a finding. */
  readonly notJudged: number;
}

/** Defines a rule. The types do the work; the function marks the place. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
