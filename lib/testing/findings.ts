import type { IConstruct } from "constructs";
import { modelOf } from "../constructs/gate";
import { evaluate } from "../rules/evaluate";
import type { Finding } from "../rules/rule";

/**
 * What the rules find in an app, without writing anything: for unit tests of your own pairs.
 * @param construct the app, or any construct of it; the whole app is judged
 * @returns errors, warnings and notes, the acknowledged ones included, ordered by path
 */
export function findings(construct: IConstruct): readonly Finding[] {
  return evaluate(modelOf(construct.node.root)).findings;
}
