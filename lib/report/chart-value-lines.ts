import type { ValueChange } from "../domain/chart-diff";
import { changeText } from "./change-text";
import { wrap } from "./layout";
import { visible } from "./visible";

/** What a change of a default means to a release that sets the key itself. */
const SET_BY_USER: Readonly<Record<ValueChange["change"], string>> = {
  added: "this release sets it already: what did nothing until now takes effect",
  removed: "this release sets it: that value will do nothing any more",
  changed: "this release sets it: the new default does not reach it",
};

/** The section of a chart's defaults: what goes, what comes, what differs. */
export function valueLines(values: readonly ValueChange[]): string[] {
  if (values.length === 0) return [];
  const order: readonly ValueChange["change"][] = ["removed", "added", "changed"];
  const sorted = order.flatMap((change) => values.filter((value) => value.change === change));
  return ["  Default values", ...sorted.flatMap(linesOf)];
}

function linesOf(value: ValueChange): string[] {
  const note = value.isSetByUser ? [`      ${SET_BY_USER[value.change]}`] : [];
  return [...wrap(visible(changeText(value.key, value.from, value.to)), "    "), ...note];
}
