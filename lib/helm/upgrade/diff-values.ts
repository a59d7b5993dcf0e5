import type { ValueChange } from "../../domain/chart-diff";
import { isRecord } from "../../manifests/plain-value";
import { type ChartTree, isEnabled, mergedValues, type Values } from "../chart/chart-tree";
import { diffFields, type FieldPlace, fieldBelow, ROOT } from "./diff-fields";
import { shownText } from "./shown-text";

/**
 * What becomes of a chart's defaults: keys that come, keys that go, the topmost of them each, and defaults that differ.
 * @param before the old chart's, as `chartDefaults` gives them
 * @param after the new chart's
 * @param own what the release sets; none of it is shown
 */
export function diffValues(before: Values, after: Values, own: Values): ValueChange[] {
  return diffLevel(before, after, own, ROOT);
}

/**
 * The defaults of a chart and of its subcharts, each below its key, as far as the release switches them on.
 * @param own what the release sets
 */
export function chartDefaults(tree: ChartTree, own: Values): Values {
  const merged = mergedValues(tree, own);
  const below = tree.subcharts
    .filter(({ dependency }) => isEnabled(dependency, merged))
    .map(({ dependency: { key }, tree: subchart }) => {
      const ownOfSubchart = isRecord(merged[key]) ? merged[key] : {};
      return [key, chartDefaults(subchart, ownOfSubchart)] as const;
    });
  // What a chart states for its subcharts goes above their own defaults.
  return mergedValues({ ...tree, defaults: Object.fromEntries(below), subcharts: [] }, tree.defaults);
}

function diffLevel(before: Values, after: Values, own: Values, at: FieldPlace): ValueChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const place = fieldBelow(at, key, [before, after]);
    const [old, now] = [before[key], after[key]];
    if (isRecord(old) && isRecord(now)) return diffLevel(old, now, isRecord(own[key]) ? own[key] : {}, place);
    const byUser = Object.hasOwn(own, key) && { isSetByUser: true as const };
    return diffKey([Object.hasOwn(before, key), old], [Object.hasOwn(after, key), now], place).map((change) => ({
      ...change,
      ...byUser,
    }));
  });
}

/** A key may be there and hold nothing. */
type Held = readonly [isThere: boolean, value: unknown];

function diffKey([wasThere, before]: Held, [isThere, after]: Held, place: FieldPlace): ValueChange[] {
  const key = place.path;
  if (!wasThere) return [{ change: "added", key, to: textOf(after, place) }];
  if (!isThere) return [{ change: "removed", key, from: textOf(before, place) }];
  return diffFields(before, after, place).map(({ path, from, to }) => ({
    change: "changed",
    key: path,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }));
}

/** A mapping is counted and not shown, whatever its name. */
function textOf(value: unknown, { secrecy }: FieldPlace): string {
  return isRecord(value) ? shownText(value) : shownText(value, secrecy);
}
