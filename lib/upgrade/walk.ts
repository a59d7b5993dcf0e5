import { daysAfter } from "../domain/calendar-date";
import type { Cluster } from "../domain/model";
import type { Finding } from "../rules/rule";
import { blockersOf } from "./blockers";
import { errorKey, errorsOf } from "./judge";
import type { Blocker, Hop, Step } from "./plan";
import { clusterOf, deployed, described, later, type Position } from "./position";
import { type Draft, soakStep, stepOf } from "./step-of";

/**
 * Goes from step to step and has each judged. What is in the way becomes a blocker; the walk goes on as if it were out of the way, so
 * that what is in the way of later hops comes to light too.
 */
export class Walk {
  readonly steps: Step[] = [];
  readonly blockers: Blocker[] = [];
  /** Errors that are no news: those of the beginning, and those that block already. */
  private readonly known: Set<string>;

  /** The day of the first step. */
  readonly began: string;
  /** How many errors there were before the first step. */
  readonly errorsAtStart: number;
  private hop: Pick<Hop, "to"> = { to: "" };
  private pending: (() => void) | undefined;

  constructor(private at: Position) {
    this.known = new Set(errorsOf(at.model).map(errorKey));
    this.errorsAtStart = this.known.size;
    this.began = at.model.asOf;
  }

  get position(): Position {
    return this.at;
  }

  cluster(name: string): Cluster {
    return clusterOf(this.at, name);
  }

  /** The steps from now on belong to this hop. */
  enter(hop: Pick<Hop, "to">): void {
    this.hop = hop;
  }

  /** What is to be done before the next step, if there is one; it takes the place of what was to be done. */
  beforeNextStep(todo: () => void): void {
    this.pending = todo;
  }

  /** There will be a next step. */
  nowBeforeNextStep(): void {
    const todo = this.pending;
    this.pending = undefined;
    todo?.();
  }

  /** What would be refused once a cluster is described so. */
  errorsWith(after: Cluster): Finding[] {
    return errorsOf(described(this.at, after)).filter((finding) => !this.known.has(errorKey(finding)));
  }

  /**
   * Takes a step.
   * @param known what would be refused then, where that is known already
   */
  take(draft: Draft, known?: readonly Finding[]): void {
    this.nowBeforeNextStep();
    const errors = known ?? this.errorsWith(draft.after);
    for (const blocker of blockersOf(errors, this.cluster(draft.after.name), this.hop.to)) this.block(blocker);
    for (const finding of errors) this.known.add(errorKey(finding));
    this.steps.push(stepOf(draft, this.at, this.hop));
    this.at = deployed(this.at, draft.after);
  }

  /** Something is in the way. What blocks one twin as it blocks the other is told once. */
  block(blocker: Blocker): void {
    const isSame = ({ hop, kind, name, rule }: Blocker) =>
      hop === blocker.hop && kind === blocker.kind && name === blocker.name && rule === blocker.rule;
    if (!this.blockers.some(isSame)) this.blockers.push(blocker);
  }

  /** Lets days pass. */
  wait(cluster: Cluster, days: number, why: string): void {
    this.steps.push(soakStep(cluster, this.at, this.hop, days, why));
    this.at = later(this.at, daysAfter(this.at.model.asOf, days));
  }
}
