import type { Model } from "../domain/model";
import type { Finding } from "../rules/rule";

/** What the reports need that list findings and no more: of a model, or of a scan, which has none. */
export interface Reportable {
  readonly findings: readonly Finding[];
  /** Ids of all rules that ran. */
  readonly rulesRun: readonly string[];
  readonly model?: Model;
  readonly scanned: object;
  readonly dataHorizon: readonly object[];
}
