import type { IConstruct } from "constructs";
import { isCalendarDate } from "../domain/calendar-date";
import { KubernetesVersion } from "../domain/kubernetes-version";
import type { Acknowledgement } from "../domain/model";
import { TandemError } from "../domain/tandem-error";
import { placed } from "./misuse";
import { ACKNOWLEDGEMENT, requireKnownOptions } from "./option-names";
import { userLine } from "./user-line";

const ACKNOWLEDGEMENTS = Symbol.for("eks-tandem/acknowledgements");
const COVERED = Symbol.for("eks-tandem/covered");

export interface AcknowledgementProps {
  /** Id of the rule, such as `removed-api`. */
  readonly rule: string;
  /** Why it may stand. Reports show it. */
  readonly reason: string;
  /**
   * The last day that it holds (`2027-01-31`), or the Kubernetes version that ends it as soon as a cluster runs it (`1.36`).
   * @default - it holds for ever
   */
  readonly until?: string;
}

type Acknowledging = IConstruct & { [ACKNOWLEDGEMENTS]?: Acknowledgements; [COVERED]?: () => readonly string[] };

/** The findings that somebody has decided to live with, on a construct and everything below it. */
export class Acknowledgements {
  /** Those of `construct`: a cluster, a node group, a release, manifests, a pair, a stack or the app. */
  static of(construct: IConstruct): Acknowledgements {
    const acknowledging = construct as Acknowledging;
    const existing = acknowledging[ACKNOWLEDGEMENTS];
    if (existing) return existing;
    const created = new Acknowledgements(acknowledging);
    Object.defineProperty(construct, ACKNOWLEDGEMENTS, { value: created });
    return created;
  }

  /** What is acknowledged on `construct` itself. @internal */
  static statedOn(construct: IConstruct): readonly Acknowledgement[] {
    const acknowledgements = (construct as Acknowledging)[ACKNOWLEDGEMENTS];
    return acknowledgements ? acknowledgements.stated() : [];
  }

  /** Makes acknowledgements on `construct` cover other paths too: a pair stands above no cluster in the tree. @internal */
  static covers(construct: IConstruct, paths: () => readonly string[]): void {
    Object.defineProperty(construct, COVERED, { value: paths });
  }

  private readonly acknowledgements: Omit<Acknowledgement, "paths">[] = [];

  private constructor(private readonly construct: Acknowledging) {}

  /**
   * Acknowledges a rule's findings here: they stay in the reports and no longer block. One that matches nothing is a finding
   * itself (`unused-acknowledgement`), and so is one that has run out (`expired-acknowledgement`).
   * @throws TandemError when the reason is empty or `until` is neither a date nor a Kubernetes version
   */
  add(props: AcknowledgementProps): this {
    placed(this.construct, undefined, () => requireAcknowledgement(props));
    const { rule, reason, until } = props;
    const location = userLine();
    this.acknowledgements.push({ rule, reason, ...(until !== undefined && { until }), ...(location && { location }) });
    return this;
  }

  private stated(): readonly Acknowledgement[] {
    const paths = [this.construct.node.path, ...(this.construct[COVERED]?.() ?? [])];
    return this.acknowledgements.map((acknowledgement) => ({ ...acknowledgement, paths }));
  }
}

function requireAcknowledgement(props: AcknowledgementProps): void {
  requireKnownOptions(props, ACKNOWLEDGEMENT);
  const { rule, reason, until } = props;
  if (typeof rule !== "string" || rule === "") {
    throw new TandemError('an acknowledgement names the rule, such as rule: "removed-api"');
  }
  if (typeof reason !== "string" || reason.trim() === "") {
    throw new TandemError(`the acknowledgement of ${rule} needs a reason; write why it may stand`);
  }
  if (until === undefined || isCalendarDate(until) || KubernetesVersion.tryParse(until)) return;
  throw new TandemError(
    `until: expected a date such as "2027-01-31" or a Kubernetes version such as "1.36", got ${JSON.stringify(until)}`,
  );
}
